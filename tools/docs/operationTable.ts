import { resources } from '../../nodes/Videograph/actions/router';
import { operations as endpoints } from '../../test/contract/openapi';

/** The table of README.md: every operation of the node, its endpoints, and the source of each endpoint. */
export function operationTable(): string {
	const rows = resources.flatMap((resource) =>
		resource.operations.map((operation) => {
			const called = operation.endpoints.map(endpointOf);
			const calls = called.map(({ method, path }) => `\`${method} ${path}\``);
			const evidence = called.map((endpoint) => endpoint.evidence);
			const name = `${resource.name}: ${operation.name}`;
			return `| ${[name, operation.description, calls.join('<br>'), evidence.join('<br>')].join(' | ')} |`;
		}),
	);
	return ['| Operation | Description | Endpoints | Source |', '|---|---|---|---|', ...rows].join('\n');
}

/** @throws {Error} where docs/openapi.yaml has no operation of that id */
function endpointOf(operationId: string) {
	const found = endpoints.find((endpoint) => endpoint.operationId === operationId);
	if (!found) throw new Error(`docs/openapi.yaml has no operation ${operationId}`);
	const { method, path, evidence } = found;
	return { method, path, evidence: evidence === 'vendor-client' ? 'vendor' : evidence };
}

const MARKS = [
	'<!-- From here: written by `npm run docs` from the code and docs/openapi.yaml. -->',
	'<!-- To here. -->',
] as const;

/**
 * A page with the table between its marks as it should be.
 *
 * @throws {Error} where the page has no such marks
 */
export function withOperationTable(page: string): string {
	const [begin, end] = MARKS;
	const from = page.indexOf(begin);
	const to = page.indexOf(end, from);
	if (from < 0 || to < 0) throw new Error(`The marks of the table are missing: ${MARKS.join(' ')}`);
	return `${page.slice(0, from)}${begin}\n\n${operationTable()}\n\n${page.slice(to)}`;
}
