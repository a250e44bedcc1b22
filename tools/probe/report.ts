import { type Report, shortAnswer } from './probe';

const KINDS = { livestream: 'live stream', clip: 'clip' };

/** The report as a page for people. */
export function reportPage({ date, mode, requests, stopped, results, differences, removed, left }: Report): string {
	const answered = results.filter(({ status }) => status === 'answered');
	const open = results.filter(({ status }) => status === 'unknown');
	const lines = [
		'# What the Videograph API answered',
		'',
		`${date}, mode: ${mode}. ${requests} requests, ${answered.length} of ${results.length} questions answered.`,
		...(stopped ? ['', '**The probe was stopped before its end.**'] : []),
		'',
		'## Answers',
		'',
		'| Question | Answer | Evidence |',
		'|---|---|---|',
		...answered.map((result) =>
			row(result.question, shortAnswer(result).slice(2), 'evidence' in result ? result.evidence : ''),
		),
		'',
		'## Not answered',
		'',
		'| Question | Reason |',
		'|---|---|',
		...open.map((result) => row(result.question, 'reason' in result ? result.reason : '')),
		'',
		'## Responses that differ from docs/openapi.yaml',
		'',
		...(differences.length > 0 ? differences.map((difference) => `- ${difference}`) : ['None.']),
		'',
		'## Cleaning up',
		'',
		removed + left.length === 0 ? 'Nothing was created.' : `${removed} created and deleted.`,
		...left.map(({ kind, id, marker }) => `- **Left: a ${KINDS[kind]}, ID ${id}, title begins with ${marker}**`),
		'',
	];
	return lines.join('\n');
}

function row(...cells: string[]): string {
	return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('<', '&lt;')).join(' | ')} |`;
}
