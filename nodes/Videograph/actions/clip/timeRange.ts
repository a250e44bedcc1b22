import type { TimeRange } from '../../clip/timeRange';
import type { RecordingTimes } from '../../livestream/recordingTimes';
import type { ItemParameters } from '../../parameters/itemParameters';
import { checkRange, type RangeFields } from './spanCheck';

/**
 * The part of the stream that an item asks for. Where that depends on when the stream began or ended, it is known only
 * once the API has been asked.
 */
export type RangePlan = (askTimes: () => Promise<RecordingTimes>) => Promise<TimeRange> | TimeRange;

/**
 * The ways to say what the clip is cut from and to: values of the parameter `timeRange`. Each reads its parameters at
 * once, and refuses what can be refused without a request.
 */
const MODES = new Map<string, (parameters: ItemParameters, nowMs: number) => RangePlan>([
	['aroundMoment', aroundMoment],
	['lastSeconds', lastSeconds],
	['offset', offset],
	['startDuration', startDuration],
	['startEnd', startEnd],
	['wholeRecording', wholeRecording],
]);

/**
 * Reads the parameters of the chosen time range.
 *
 * @param nowMs the moment of execution, in epoch milliseconds
 */
export function planRange(parameters: ItemParameters, nowMs: number): RangePlan {
	const mode = parameters.text('timeRange');
	const read =
		MODES.get(mode) ??
		parameters.refuse('timeRange', `there is no "${mode}"`, `Choose one of ${[...MODES.keys()].join(', ')}.`);
	return read(parameters, nowMs);
}

function startEnd(parameters: ItemParameters, nowMs: number): RangePlan {
	const span = { startMs: parameters.dateTime('startTime'), endMs: parameters.dateTime('endTime') };
	return fixedRange(parameters, { start: 'startTime', end: 'endTime' }, span, nowMs);
}

function startDuration(parameters: ItemParameters, nowMs: number): RangePlan {
	const startMs = parameters.dateTime('startTime');
	const span = { startMs, endMs: startMs + parameters.duration('duration') };
	return fixedRange(parameters, { start: 'startTime', end: 'duration' }, span, nowMs);
}

function aroundMoment(parameters: ItemParameters, nowMs: number): RangePlan {
	const moment = parameters.dateTime('moment');
	const span = { startMs: moment - parameters.duration('before'), endMs: moment + parameters.duration('after') };
	return fixedRange(parameters, { start: 'moment', end: 'after' }, span, nowMs);
}

/** Back from now, less the stream's latency; or from the end of a stream that is over. */
function lastSeconds(parameters: ItemParameters, nowMs: number): RangePlan {
	const lengthMs = parameters.duration('duration');
	const latencyMs = parameters.optionalDuration('options.latency') ?? 0;
	const givenEnd = parameters.optionalDateTime('options.streamEnd');
	const wholeNow = Math.floor(nowMs / 1000) * 1000 - latencyMs;
	const until = (endMs: number) => ({ startMs: endMs - lengthMs, endMs });
	const fields = { start: 'duration', end: 'duration' };
	checkRange(parameters, fields, until(wholeNow), nowMs);
	if (givenEnd !== undefined) return fixedRange(parameters, fields, until(Math.min(givenEnd, wholeNow)), nowMs);

	return async (askTimes) => {
		const { live, endMs } = await askTimes();
		// Where the stream's state cannot be read, the API will say whether there is a recording to now.
		if (live !== false) return until(wholeNow);
		const span = until(endMs ?? refuseUnknown(parameters, 'streamEnd', 'the stream is not live, and when it ended'));
		return checkRange(parameters, fields, span, nowMs);
	};
}

function offset(parameters: ItemParameters, nowMs: number): RangePlan {
	const from = parameters.duration('startOffset');
	const to = parameters.duration('endOffset');
	const fields = { start: 'startOffset', end: 'endOffset' };
	// Whatever the start, this shows whether the offsets make a clip.
	checkRange(parameters, fields, { startMs: nowMs - to + from, endMs: nowMs }, nowMs);
	const start = streamStart(parameters);
	return async (askTimes) => {
		const base = await start(askTimes);
		return checkRange(parameters, fields, { startMs: base + from, endMs: base + to }, nowMs);
	};
}

function wholeRecording(parameters: ItemParameters, nowMs: number): RangePlan {
	const start = streamStart(parameters);
	const givenEnd = parameters.optionalDateTime('options.streamEnd');
	return async (askTimes) => {
		const startMs = await start(askTimes);
		const { live, endMs } = givenEnd === undefined ? await askTimes() : { live: false, endMs: givenEnd };
		const last = live ? Math.floor(nowMs / 1000) * 1000 : endMs;
		const span = { startMs, endMs: last ?? refuseUnknown(parameters, 'streamEnd', 'when the stream ended') };
		return checkRange(parameters, { start: 'options.streamStart', end: 'options.streamEnd' }, span, nowMs);
	};
}

/** When the stream began: as the option says, or as the API tells. */
export function streamStart(parameters: ItemParameters): (askTimes: () => Promise<RecordingTimes>) => Promise<number> {
	const given = parameters.optionalDateTime('options.streamStart');
	return async (askTimes) =>
		given ?? (await askTimes()).startMs ?? refuseUnknown(parameters, 'streamStart', 'when the stream began');
}

function refuseUnknown(parameters: ItemParameters, option: string, what: string): never {
	return parameters.refuse(
		`options.${option}`,
		`${what} is not known to the API`,
		'Add this option and give the time, or say in another way when it was.',
	);
}

function fixedRange(parameters: ItemParameters, fields: RangeFields, span: TimeRange, nowMs: number): RangePlan {
	const checked = checkRange(parameters, fields, span, nowMs);
	return () => checked;
}
