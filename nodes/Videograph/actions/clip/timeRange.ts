import { type TimeRange, toWholeSeconds } from '../../clip/timeRange';
import { RECORDING_WINDOW_MS, type RecordingTimes } from '../../livestream/recordingTimes';
import type { ItemParameters } from '../../parameters/itemParameters';
import type { OperationContext } from '../operation';

/** A value that is known before the first request, or that depends on when the broadcast started or ended. */
export type Plan<T> = { kind: 'fixed'; value: T } | { kind: 'fromRecording'; resolve: (times: RecordingTimes) => T };

export type RangePlan = Plan<TimeRange>;

/** The value of a plan. Sends requests only if it depends on the recording. */
export async function resolvePlan<T>(plan: Plan<T>, context: OperationContext, streamId: string): Promise<T> {
	return plan.kind === 'fixed' ? plan.value : plan.resolve(await context.recordings.get(streamId));
}

/** The values of Time Range. Each function refuses invalid parameters before any request. */
const MODES = new Map<string, (parameters: ItemParameters, nowMs: number) => RangePlan>([
	['aroundMoment', aroundMoment],
	['lastSeconds', lastSeconds],
	['offset', offset],
	['startDuration', startDuration],
	['startEnd', startEnd],
	['wholeRecording', wholeRecording],
]);

/**
 * Reads the fields of the selected time range.
 *
 * @param nowMs the time of the execution, in epoch milliseconds
 */
export function planRange(parameters: ItemParameters, nowMs: number): RangePlan {
	const mode = parameters.text('timeRange');
	const plan =
		MODES.get(mode) ??
		parameters.refuse('timeRange', `"${mode}" is not a valid option`, `Use one of ${[...MODES.keys()].join(', ')}.`);
	return plan(parameters, nowMs);
}

function startEnd(parameters: ItemParameters, nowMs: number): RangePlan {
	const range = { startMs: parameters.dateTime('startTime'), endMs: parameters.dateTime('endTime') };
	return fixedRange(parameters, { start: 'startTime', end: 'endTime' }, range, nowMs);
}

function startDuration(parameters: ItemParameters, nowMs: number): RangePlan {
	const startMs = parameters.dateTime('startTime');
	const range = { startMs, endMs: startMs + parameters.duration('duration') };
	return fixedRange(parameters, { start: 'startTime', end: 'duration' }, range, nowMs);
}

function aroundMoment(parameters: ItemParameters, nowMs: number): RangePlan {
	const momentMs = parameters.dateTime('moment');
	const range = { startMs: momentMs - parameters.duration('before'), endMs: momentMs + parameters.duration('after') };
	return fixedRange(parameters, { start: 'moment', end: 'after' }, range, nowMs);
}

/** Back from now, less the latency of the stream; or from the end of a broadcast that is over. */
function lastSeconds(parameters: ItemParameters, nowMs: number): RangePlan {
	const durationMs = parameters.duration('duration');
	const latencyMs = parameters.optionalDuration('options.streamLatency') ?? 0;
	const streamEndMs = parameters.optionalDateTime('options.streamEnd');
	const liveEndMs = Math.floor(nowMs / 1000) * 1000 - latencyMs;
	const rangeUntil = (endMs: number) => ({ startMs: endMs - durationMs, endMs });
	const fields = { start: 'duration', end: 'duration' };
	validateRange(parameters, fields, rangeUntil(liveEndMs), nowMs);
	if (streamEndMs !== undefined) {
		return fixedRange(parameters, fields, rangeUntil(Math.min(streamEndMs, liveEndMs)), nowMs);
	}
	return {
		kind: 'fromRecording',
		resolve({ live, endMs }) {
			// If the state of the stream is unknown, Videograph decides whether it has a recording up to now.
			if (live !== false) return rangeUntil(liveEndMs);
			const range = rangeUntil(endMs ?? refuseUnknown(parameters, 'streamEnd', 'when the broadcast ended'));
			return validateRange(parameters, fields, range, nowMs);
		},
	};
}

function offset(parameters: ItemParameters, nowMs: number): RangePlan {
	const startOffsetMs = parameters.duration('startOffset');
	const endOffsetMs = parameters.duration('endOffset');
	const fields = { start: 'startOffset', end: 'endOffset' };
	// Whatever the start of the broadcast, this shows whether the offsets form a range.
	validateRange(parameters, fields, { startMs: nowMs - endOffsetMs + startOffsetMs, endMs: nowMs }, nowMs);
	return planFromStart(parameters, (startMs) => {
		const range = { startMs: startMs + startOffsetMs, endMs: startMs + endOffsetMs };
		return validateRange(parameters, fields, range, nowMs);
	});
}

function wholeRecording(parameters: ItemParameters, nowMs: number): RangePlan {
	const optionStartMs = parameters.optionalDateTime('options.streamStart');
	const optionEndMs = parameters.optionalDateTime('options.streamEnd');
	const fields = { start: 'options.streamStart', end: 'options.streamEnd' };
	if (optionStartMs !== undefined && optionEndMs !== undefined) {
		return fixedRange(parameters, fields, { startMs: optionStartMs, endMs: optionEndMs }, nowMs);
	}
	return {
		kind: 'fromRecording',
		resolve(times) {
			const startMs = optionStartMs ?? startOf(parameters, times);
			const recordedEndMs = times.live ? Math.floor(nowMs / 1000) * 1000 : times.endMs;
			const endMs = optionEndMs ?? recordedEndMs ?? refuseUnknown(parameters, 'streamEnd', 'when the broadcast ended');
			return validateRange(parameters, fields, { startMs, endMs }, nowMs);
		},
	};
}

/** A plan that depends on the start of the broadcast: the option, or what Videograph reports. */
export function planFromStart<T>(parameters: ItemParameters, resolve: (startMs: number) => T): Plan<T> {
	const optionMs = parameters.optionalDateTime('options.streamStart');
	if (optionMs !== undefined) return { kind: 'fixed', value: resolve(optionMs) };
	return { kind: 'fromRecording', resolve: (times) => resolve(startOf(parameters, times)) };
}

function startOf(parameters: ItemParameters, { startMs }: RecordingTimes): number {
	return startMs ?? refuseUnknown(parameters, 'streamStart', 'when the broadcast started');
}

function refuseUnknown(parameters: ItemParameters, option: string, subject: string): never {
	return parameters.refuse(
		`options.${option}`,
		`Videograph does not report ${subject}`,
		'Set this option, or choose another Time Range.',
	);
}

function fixedRange(parameters: ItemParameters, fields: RangeFields, range: TimeRange, nowMs: number): RangePlan {
	return { kind: 'fixed', value: validateRange(parameters, fields, range, nowMs) };
}

/** The parameters that set the start and the end of a range; an error names the one that is wrong. */
export interface RangeFields {
	start: string;
	end: string;
	/** The prefix of the problem, if one parameter sets several ranges. */
	label?: string;
}

/** Recordings are retained for less than that, so an end that is further away is a mistake. In milliseconds. */
const MAX_END_WAIT_MS = 24 * 60 * 60 * 1000;

/** Reads If End Is in the Future. */
export function readEndInFuture(parameters: ItemParameters): 'fail' | 'cut' | 'wait' {
	return parameters.choice('options.endInFuture', ['fail', 'cut', 'wait']);
}

/**
 * Returns a range that can be clipped. An end in the future becomes now, or is retained, if If End Is in the Future
 * says so.
 *
 * @param nowMs epoch milliseconds
 * @throws {NodeOperationError} with the parameter that is wrong
 */
export function validateRange(
	parameters: ItemParameters,
	fields: RangeFields,
	range: TimeRange,
	nowMs: number,
): TimeRange {
	const refuse = (field: string, problem: string, advice: string) =>
		parameters.refuse(field, `${fields.label ?? ''}${problem}`, advice);
	const { startTime, endTime } = toWholeSeconds(range);
	if (range.endMs <= range.startMs) {
		return refuse(fields.end, 'the clip would end at or before its start', 'The end must be after the start.');
	}
	if ((endTime - startTime) * 1000 > RECORDING_WINDOW_MS) {
		return refuse(
			fields.end,
			`the clip would be ${Math.round((range.endMs - range.startMs) / 360_000) / 10} hours long`,
			'The maximum is 12 hours. A duration without a unit is in seconds, not in milliseconds.',
		);
	}
	if (range.startMs < nowMs - RECORDING_WINDOW_MS) {
		return refuse(
			fields.start,
			`the clip would start more than 12 hours ago, at ${new Date(range.startMs).toISOString()}`,
			'Videograph retains a recording for 12 hours from the start of the broadcast.',
		);
	}
	// An end within the current second is not in the future.
	if (endTime * 1000 <= Math.ceil(nowMs / 1000) * 1000) return range;
	const policy = readEndInFuture(parameters);
	if (policy === 'cut') {
		return validateRange(parameters, fields, { ...range, endMs: Math.floor(nowMs / 1000) * 1000 }, nowMs);
	}
	const end = new Date(range.endMs).toISOString();
	if (policy === 'fail') {
		return refuse(
			fields.end,
			`the clip would end in the future, at ${end}`,
			'Add the option If End Is in the Future to wait for the end, or to end the clip now.',
		);
	}
	if (range.endMs <= nowMs + MAX_END_WAIT_MS) return range;
	return refuse(
		fields.end,
		`the clip would end in more than a day, at ${end}`,
		'Check the time and its time zone. If End Is in the Future waits for one day at most.',
	);
}
