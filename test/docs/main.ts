import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeApiPage } from './apiPage';
import { brokenContract, contractPage } from './contract';
import { errorTexts } from './errorTable';
import { withFaultTables } from './faultTable';
import { withOperationTable } from './operationTable';

const ROOT = join(__dirname, '../../..');
const FILE = join(ROOT, 'docs/errors.md');
const CONTRACT = join(ROOT, 'docs/contract.json');
const RELIABILITY = join(ROOT, 'docs/reliability.md');
const README = join(ROOT, 'README.md');
const MARK = '<!-- Below this line: written by `npm run docs` from the code. -->';

/** docs/errors.md as it should be: its own words, then the table of every error text in the code. */
export function errorsPage(): string {
	const [words = ''] = readFileSync(FILE, 'utf8').split(MARK);
	const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
	const texts = ['nodes', 'credentials'].flatMap((folder) => errorTexts(join(ROOT, folder)));
	const rows = texts.map(({ message, advice }) => `| ${cell(message)} | ${cell(advice)} |`);
	return `${words}${MARK}\n\n| Message | What to do |\n|---|---|\n${rows.join('\n')}\n`;
}

if (require.main === module) {
	writeFileSync(FILE, errorsPage());
	writeFileSync(RELIABILITY, withFaultTables(readFileSync(RELIABILITY, 'utf8')));
	writeFileSync(README, withOperationTable(readFileSync(README, 'utf8')));
	writeApiPage('docs/api.html');
	const broken = brokenContract(readFileSync(CONTRACT, 'utf8'));
	if (broken) {
		console.error(broken);
		process.exitCode = 1;
	} else {
		writeFileSync(CONTRACT, contractPage());
	}
}
