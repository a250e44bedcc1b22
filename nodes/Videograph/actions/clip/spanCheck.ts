import { findRangeProblem, type TimeRange } from '../../clip/timeRange';
import type { ItemParameters } from '../../parameters/itemParameters';

/** The parameters that set the start and the end of a span, and are named where it is refused. */
export interface RangeFields {
	start: string;
	end: string;
	/** Where one parameter sets several spans: what is said of this one begins so. */
	label?: string;
}

/** A recording is kept for less than that: an end that is further away is a mistake. In milliseconds. */
const MAX_END_WAIT_MS = 24 * 60 * 60 * 1000;

/**
 * Gives a span that can be clipped, or refuses it by the parameter that is at fault. An end that lies in the future is
 * cut to now where the option says so, and kept where it is to be waited for.
 *
 * @param nowMs epoch milliseconds
 */
export function checkRange(parameters: ItemParameters, fields: RangeFields, span: TimeRange, nowMs: number): TimeRange {
	const refuse = (field: string, what: string, advice: string) =>
		parameters.refuse(field, `${fields.label ?? ''}${what}`, advice);
	const problem = findRangeProblem(span, nowMs);
	if (problem === null) return span;
	if (problem === 'inFuture') {
		const policy = parameters.choice('options.endInFuture', ['refuse', 'cut', 'wait']);
		if (policy === 'wait' && span.endMs > nowMs + MAX_END_WAIT_MS) {
			return refuse(
				fields.end,
				`the clip would end in more than a day, at ${new Date(span.endMs).toISOString()}`,
				'Check the time and its time zone. The option End in the Future waits for a day at the most.',
			);
		}
		if (policy === 'wait') return span;
		if (policy === 'cut') return checkRange(parameters, fields, { ...span, endMs: Math.floor(nowMs / 1000) * 1000 }, nowMs);
		return refuse(
			fields.end,
			`the clip would end in the future, at ${new Date(span.endMs).toISOString()}`,
			'A clip can be made once its end has passed. Add the option End in the Future to wait for it or to cut the clip at now.',
		);
	}
	if (problem === 'empty') {
		return refuse(
			fields.end,
			'the clip would end at or before its start',
			'The end of a clip must lie after its start.',
		);
	}
	if (problem === 'tooOld') {
		return refuse(
			fields.start,
			`the clip would begin more than 12 hours ago, at ${new Date(span.startMs).toISOString()}`,
			'Videograph keeps a recording for 12 hours from the start of the stream, so what came before is gone.',
		);
	}
	const hours = Math.round((span.endMs - span.startMs) / 360_000) / 10;
	return refuse(
		fields.end,
		`the clip would be ${hours} hours long`,
		'A recording is kept for 12 hours, so a clip cannot be longer. A length without a unit is in seconds, not in milliseconds.',
	);
}
