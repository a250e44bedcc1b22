import { type Unknown, unknowns } from '../../test/contract/openapi';

const MARK = '<!-- Below this line: written by `npm run docs` from docs/openapi.yaml. -->';

/**
 * docs/unknowns.md: the handwritten part, then every unknown with its answers and the code that depends on it.
 *
 * @param page as it is
 */
export function unknownsPage(page: string, list: readonly Unknown[] = unknowns): string {
	const [words = ''] = page.split(MARK);
	const open = list.filter(({ status }) => status === 'open').length;
	const rows = list.map((unknown) => `| ${[unknown.question, answersOf(unknown), codeOf(unknown)].join(' | ')} |`);
	const head = ['| Question | Answers | Code |', '|---|---|---|'];
	return `${words}${MARK}\n\nOpen: ${open} of ${list.length}.\n\n${[...head, ...rows].join('\n')}\n`;
}

function answersOf({ answers, answer, date, evidence }: Unknown): string {
	if (answer === undefined) return `**Open**<br>${answers.map(({ means }) => means).join('<br>')}`;
	const means = answers.find(({ id }) => id === answer)?.means ?? answer;
	return `**${means}** (${date})<br>${evidence}`;
}

function codeOf({ code, option }: Unknown): string {
	const places = code.map((place) => `[\`${place.split('#')[1]}\`](../${place.split('#')[0]})`);
	return [...places, ...(option === undefined ? [] : [`emulator: \`${option}\``])].join('<br>');
}
