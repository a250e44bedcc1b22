// Writes what the last run of Stryker has found into docs/reliability.md, by folder.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const PAGE = 'docs/reliability.md';
const [BEGIN, END] = ['<!-- Mutants: written by `npm run test:mutation`. -->', '<!-- End of the mutants. -->'];
/** The states of a mutant that the page has a column for; NoCoverage counts as survived, as no test has noticed it. */
const STATES = { killed: ['Killed'], timeout: ['Timeout'], survived: ['Survived', 'NoCoverage'] };

const { files } = JSON.parse(readFileSync('.build/mutation.json', 'utf8'));
const folders = new Map();
for (const [file, { mutants }] of Object.entries(files)) {
	const folder = dirname(file).replace('nodes/Videograph/', '');
	folders.set(folder, [...(folders.get(folder) ?? []), ...mutants]);
}
const rows = [...folders].sort(([a], [b]) => a.localeCompare(b));
const table = [
	'| Folder | Mutants | Killed | Timeout | Survived | Score | Constants, excluded |',
	'|---|---|---|---|---|---|---|',
	...[...rows, ['all', rows.flatMap(([, mutants]) => mutants)]].map(row),
].join('\n');

const page = readFileSync(PAGE, 'utf8');
const begin = page.indexOf(BEGIN);
const end = page.indexOf(END);
if (begin < 0 || end < begin) throw new Error(`${PAGE} has no place for the mutants`);
writeFileSync(PAGE, `${page.slice(0, begin)}${BEGIN}\n\n${table}\n\n${page.slice(end)}`);

function row([folder, mutants]) {
	const count = (states) => mutants.filter(({ status }) => states.includes(status)).length;
	const [killed, timeout, survived] = Object.values(STATES).map(count);
	const constants = mutants.filter(
		({ status, statusReason = '' }) => status === 'Ignored' && /static/i.test(statusReason),
	).length;
	const all = killed + timeout + survived;
	return `| ${folder} | ${all} | ${killed} | ${timeout} | ${survived} | ${((100 * (killed + timeout)) / all).toFixed(1)} % | ${constants} |`;
}
