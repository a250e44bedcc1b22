import { type FaultKind, faultKinds } from '../../test/faults/kinds';
import { type Expected, expected, type Kind, type Traits } from '../../test/faults/model';
import { targets } from '../../test/faults/operations';

const MARK = '<!-- Below this line: written by `npm run docs` from the model of test/faults/. -->';

/** The kinds of operations as the page names them, and what the response must contain for each. */
const KINDS: Array<{ name: string; traits: Traits }> = [
	{ name: 'Read', traits: { kind: 'read', needs: 'the data' } },
	{ name: 'Create a clip of a live stream', traits: { kind: 'clip' } },
	{ name: 'Create anything else', traits: { kind: 'create', needs: 'the data' } },
	{ name: 'Change, idempotent', traits: { kind: 'bring' } },
	{ name: 'Request an upload URL', traits: { kind: 'address', needs: 'the data' } },
	{ name: 'Upload the file', traits: { kind: 'file' } },
	{ name: 'Download a segment', traits: { kind: 'media' } },
	{ name: 'Wait', traits: { kind: 'wait', needs: 'the data' } },
];

/** docs/reliability.md: the handwritten part, then the result of each fault for each kind of operation. */
export function withFaultTables(page: string): string {
	const [words = ''] = page.split(MARK);
	return `${words}${MARK}\n\n## Kinds of operations\n\n${kindTable()}\n\n## Result of each fault\n\n${faultTable()}\n`;
}

function kindTable(): string {
	const all = targets();
	const rows = KINDS.map(({ name, traits }) => {
		const names = all.filter(({ kind }) => kind === traits.kind).map((target) => `\`${target.name}\``);
		return `| ${name} | ${names.join(', ')} |`;
	});
	return ['| Kind | Operations |', '|---|---|', ...rows].join('\n');
}

function faultTable(): string {
	const rows = faultKinds({ elsewhere: '' }).map((fault) => {
		const cells = KINDS.map(({ traits }) => cell(fault, traits));
		return `| ${nameOf(fault)} | ${cells.join(' | ')} |`;
	});
	const head = KINDS.map(({ name }) => name);
	return [`| Fault | ${head.join(' | ')} |`, `|---|${head.map(() => '---|').join('')}`, ...rows].join('\n');
}

function nameOf({ name, nature: { effect, lasting } }: FaultKind): string {
	const often = effect === 'limited' || effect === 'unclear';
	return often ? `${name}, ${lasting ? 'every time' : 'once'}` : name;
}

function cell({ nature, not = [] }: FaultKind, traits: Traits): string {
	return not.includes(traits.kind) ? '—' : result(expected(traits, nature), traits.kind);
}

function result({ error, requests, exists, warns }: Expected, kind: Kind): string {
	const count = typeof requests === 'number' ? String(requests) : `${requests.min} to ${requests.max}`;
	const sent = requests === 1 ? '' : `, ${count} requests`;
	if (error === null) return `success${sent}`;
	const left = exists === 0 ? '' : kind === 'bring' ? '; changed' : '; created';
	return `error${sent}${left}${warns ? '; says it may exist' : ''}`;
}
