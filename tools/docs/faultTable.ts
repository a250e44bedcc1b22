import { faultKinds, type FaultKind } from '../../test/faults/kinds';
import { expected, type Expected, type Kind, type Traits } from '../../test/faults/model';
import { targets } from '../../test/faults/operations';

const MARK = '<!-- Below this line: written by `npm run docs` from the model of test/faults/. -->';

/** The kinds of operations as the page calls them, with what an operation of each needs of an answer. */
const KINDS: Array<{ name: string; traits: Traits }> = [
	{ name: 'Read', traits: { kind: 'read', needs: 'the data' } },
	{ name: 'Create a clip from a live stream', traits: { kind: 'clip' } },
	{ name: 'Create another resource', traits: { kind: 'create', needs: 'the data' } },
	{ name: 'Idempotent change', traits: { kind: 'bring' } },
	{ name: 'Request an upload URL', traits: { kind: 'address', needs: 'the data' } },
	{ name: 'Upload the file', traits: { kind: 'file' } },
	{ name: 'Wait', traits: { kind: 'wait', needs: 'the data' } },
];

/** docs/reliability.md as it should be: its own words, then what becomes of each kind of operation with each fault. */
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
	return often ? `${name}; ${lasting ? 'always' : 'once'}` : name;
}

function cell({ nature, not = [] }: FaultKind, traits: Traits): string {
	return not.includes(traits.kind) ? '—' : told(expected(traits, nature), traits.kind);
}

function told({ error, requests, exists, warns }: Expected, kind: Kind): string {
	const sent = requests === 1 ? '' : `, ${requests} requests`;
	if (error === null) return `success${sent}`;
	const left = exists === 0 ? '' : kind === 'bring' ? '; change applied' : '; created';
	return `error${sent}${left}${warns ? '; outcome unknown' : ''}`;
}
