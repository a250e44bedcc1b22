import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFaultTables } from '../../tools/docs/faultTable';
import { TARGET_CASES, targets } from '../faults/operations';

it('docs/reliability.md is up to date (npm run docs writes it)', () => {
	const page = readFileSync(join(__dirname, '../../../docs/reliability.md'), 'utf8');
	expect(page).toBe(withFaultTables(page));
});

it('the fault matrix covers exactly the operations of the node', () => {
	expect(
		targets()
			.map(({ name }) => name)
			.sort(),
	).toEqual(Object.keys(TARGET_CASES).sort());
});
