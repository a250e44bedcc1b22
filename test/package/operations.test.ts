import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resources } from '../../nodes/Videograph/actions/router';
import { fieldsPage } from '../../tools/docs/fieldsPage';
import { withOperationTable } from '../../tools/docs/operationTable';
import { probeExample } from '../../tools/docs/probeExample';
import { unknownsPage } from '../../tools/docs/unknownsPage';
import { operations as endpoints } from '../contract/openapi';

const operations = resources.flatMap((resource) =>
	resource.operations.map((operation) => ({
		name: `${resource.value}/${operation.value}`,
		called: operation.endpoints,
	})),
);
const described = endpoints.map(({ operationId }) => operationId);

it.each(operations)('$name calls the endpoints of docs/openapi.yaml that it lists', ({ called }) => {
	expect(described).toEqual(expect.arrayContaining(called));
	expect(new Set(called).size).toBe(called.length);
});

it('every operation of docs/openapi.yaml is called by an operation of the node', () => {
	const called = new Set<string>(operations.flatMap((operation) => operation.called));
	expect(described.filter((operationId) => !called.has(operationId))).toEqual([]);
});

it('the table of operations in README.md is up to date (npm run docs writes it)', () => {
	const page = readFileSync(join(__dirname, '../../../README.md'), 'utf8');
	expect(page).toBe(withOperationTable(page));
});

it('docs/fields.md is up to date (npm run docs writes it)', () => {
	const page = readFileSync(join(__dirname, '../../../docs/fields.md'), 'utf8');
	expect(page).toBe(fieldsPage(page));
});

it('docs/unknowns.md is up to date (npm run docs writes it)', () => {
	const page = readFileSync(join(__dirname, '../../../docs/unknowns.md'), 'utf8');
	expect(page).toBe(unknownsPage(page));
});

it('docs/probe-report.md is up to date (npm run docs writes it)', async () => {
	const page = readFileSync(join(__dirname, '../../../docs/probe-report.md'), 'utf8');
	expect(page).toBe(await probeExample(page));
});
