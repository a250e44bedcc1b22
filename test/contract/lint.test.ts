import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redocly, writeApiPage } from '../../tools/docs/apiPage';
import { document } from './openapi';

const TIMEOUT_MS = 60_000;

describe('docs/openapi.yaml', () => {
	it(
		'passes a strict lint without a warning',
		() => {
			const { status, stdout } = redocly('lint', 'docs/openapi.yaml', '--format', 'json');
			const { totals, problems } = JSON.parse(stdout) as { totals: object; problems: object[] };
			expect({ status, problems }).toEqual({ status: 0, problems: [] });
			expect(totals).toEqual({ errors: 0, warnings: 0, ignored: 0 });
		},
		TIMEOUT_MS,
	);

	it(
		'renders to a page that names every endpoint',
		() => {
			const folder = mkdtempSync(join(tmpdir(), 'videograph-docs-'));
			try {
				writeApiPage(join(folder, 'api.html'));
				const page = readFileSync(join(folder, 'api.html'), 'utf8');
				expect(Object.keys(document.paths).filter((path) => !page.includes(path))).toEqual([]);
			} finally {
				rmSync(folder, { recursive: true });
			}
		},
		TIMEOUT_MS,
	);
});
