import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorTexts } from './errorTable';

const ROOT = join(__dirname, '../../..');
const MARK = '<!-- Below this line: written by `npm run docs` from the code. -->';

/** docs/errors.md as it should be: its own words, then the table of every error text in the code. */
export function errorsPage(): string {
	const [words = ''] = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8').split(MARK);
	const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
	const texts = ['nodes', 'credentials'].flatMap((folder) => errorTexts(join(ROOT, folder)));
	const rows = texts.map(({ message, advice }) => `| ${cell(message)} | ${cell(advice)} |`);
	return `${words}${MARK}\n\n| Message | What to do |\n|---|---|\n${rows.join('\n')}\n`;
}
