import { spanProblem, type Span } from '../../clip/timeRange';
import type { ItemParameters } from '../parameters';

/** The parameters that set the start and the end of a span, and are named where it is refused. */
export interface SpanFields {
	start: string;
	end: string;
}

/**
 * Gives a span that can be clipped, or refuses it by the parameter that is at fault. An end that lies in the future is
 * cut to now where the option says so, and kept where it is to be waited for.
 *
 * @param nowMs epoch milliseconds
 */
export function checkSpan(parameters: ItemParameters, fields: SpanFields, span: Span, nowMs: number): Span {
	const problem = spanProblem(span, nowMs);
	if (problem === null) return span;
	if (problem === 'inFuture') {
		const policy = parameters.choice('options.endInFuture', ['refuse', 'cut', 'wait']);
		if (policy === 'wait') return span;
		if (policy === 'cut') return checkSpan(parameters, fields, { ...span, endMs: Math.floor(nowMs / 1000) * 1000 }, nowMs);
		return parameters.refuse(
			fields.end,
			`the clip would end in the future, at ${new Date(span.endMs).toISOString()}`,
			'A clip can be made once its end has passed. Add the option End in the Future to wait for it or to cut the clip at now.',
		);
	}
	const [field, text, advice] = REFUSALS[problem](span, fields);
	return parameters.refuse(field, text, advice);
}

/** What is said of the other problems: the parameter, what is wrong, and what would be right. */
const REFUSALS = {
	empty: (_: Span, { end }: SpanFields) => [
		end,
		'the clip would end at or before its start',
		'The end of a clip must lie after its start.',
	],
	tooLong: ({ startMs, endMs }: Span, { end }: SpanFields) => [
		end,
		`the clip would be ${Math.round((endMs - startMs) / 360_000) / 10} hours long`,
		'A recording is kept for 12 hours, so a clip cannot be longer. A length without a unit is in seconds, not in milliseconds.',
	],
	tooOld: ({ startMs }: Span, { start }: SpanFields) => [
		start,
		`the clip would begin more than 12 hours ago, at ${new Date(startMs).toISOString()}`,
		'Videograph keeps a recording for 12 hours from the start of the stream, so what came before is gone.',
	],
} satisfies Record<string, (span: Span, fields: SpanFields) => [string, string, string]>;
