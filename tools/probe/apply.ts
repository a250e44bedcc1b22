import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { type Report } from './probe';

/**
 * docs/openapi.yaml with the answers of a report in `x-unknowns`. Everything else stays as it is, to the letter.
 *
 * @throws {Error} if the file has no such list, or an unknown has no such answer
 */
export function withAnswers(openapi: string, { date, results }: Pick<Report, 'date' | 'results'>): string {
	const list = parseDocument(openapi).get('x-unknowns');
	if (!isSeq(list)) throw new Error('docs/openapi.yaml has no x-unknowns');
	let text = openapi;
	// From the end, so that the positions of the entries before stay right.
	for (const entry of list.items.toReversed()) {
		if (!isMap(entry)) continue;
		const result = results.find(({ id }) => id === entry.get('id'));
		if (result?.status !== 'answered') continue;
		const answers = entry.get('answers');
		const ids = isSeq(answers) ? answers.items.map((one) => (isMap(one) ? one.get('id') : undefined)) : [];
		if (!ids.includes(result.answer)) throw new Error(`${result.id} has no answer ${result.answer}`);
		const status = entry.items.find(({ key }) => isScalar(key) && key.value === 'status');
		const last = entry.items.at(-1)?.value;
		const from = isScalar(status?.key) ? status.key.range?.[0] : undefined;
		const to = isScalar(last) ? last.range?.[1] : undefined;
		if (from === undefined || to === undefined) throw new Error(`${result.id} does not end with its status`);
		const fields = { status: 'answered', answer: result.answer, date, evidence: result.evidence };
		const lines = Object.entries(fields).map(
			([name, value]) => `${name}: ${name === 'status' ? value : quoted(value)}`,
		);
		text = `${text.slice(0, from)}${lines.join('\n    ')}${text.slice(to)}`;
	}
	return text;
}

function quoted(value: string): string {
	return `'${value.replaceAll("'", "''")}'`;
}
