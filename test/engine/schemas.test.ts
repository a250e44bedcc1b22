import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { findOperation, resources } from '../../nodes/Videograph/actions/router';
import { checkRequest } from '../contract/openapi';
import { useHarness } from './harness';
import { INPUT_FILE, OPERATION_CASES } from './operationCases';

const harness = useHarness();

/** The schema that n8n's editor shows before the first execution. */
interface OutputSchema {
	type: string;
	properties: Record<string, object>;
	version: number;
}

const FOLDER = join(__dirname, '../../../dist/nodes/Videograph/__schema__/v1.0.0');

const schemaOf = (resource: string, operation: string) =>
	JSON.parse(readFileSync(join(FOLDER, resource, `${operation}.json`), 'utf8')) as OutputSchema;

const operations = resources.flatMap((resource) =>
	resource.operations.map((operation) => `${resource.value}/${operation.value}`),
);
const operationCases = Object.entries(OPERATION_CASES).flatMap(([path, byName]) => {
	const [resource = '', operation = ''] = path.split('/');
	return Object.entries(byName).map(([name, parameters]) => ({ resource, operation, name, parameters }));
});

describe('output schemas', () => {
	it('are covered by a case for each operation', () => {
		expect(Object.keys(OPERATION_CASES)).toEqual(expect.arrayContaining(operations));
	});

	it('are the same for one clip and a batch of clips', () => {
		expect(schemaOf('clip', 'createMany')).toEqual(schemaOf('clip', 'create'));
	});
});

describe.each([0, 60_000])('output schemas with clips that are ready after %d ms', (readyAfterMs) => {
	beforeEach(async () => {
		await harness.createClip();
		harness.emulator.options.readyAfterMs = readyAfterMs;
	});

	it.each(operationCases)(
		'$resource/$operation ($name) matches its schema',
		async ({ resource, operation, parameters }) => {
			const { version, ...schema } = schemaOf(resource, operation);
			const names = Object.keys(schema.properties);
			// Unknown parts of a response have no schema.
			const complete = names.length === 0 ? schema : { ...schema, additionalProperties: false, required: names };
			const check = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(complete);
			const earlier = harness.emulator.requests.length;
			const { items, error } = await harness.run(
				{ resource, operation, ...parameters(harness) },
				{ binary: [INPUT_FILE] },
			);
			expect([version, schema.type, error]).toEqual([1, 'object', undefined]);
			expect(items).not.toEqual([]);
			for (const { json } of items) {
				check(json);
				expect(check.errors).toBeNull();
			}
			// An operation calls only its endpoints in README.md.
			const called = harness.emulator.requests
				.slice(earlier)
				.map(checkRequest)
				.flatMap((one) => (one.ok ? one.operationId : []));
			expect(findOperation(resource, operation)?.endpoints).toEqual(expect.arrayContaining(called));
		},
	);
});
