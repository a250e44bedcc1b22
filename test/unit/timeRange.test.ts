import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { IExecuteFunctions } from 'n8n-workflow';
import { planRange, resolvePlan, validateRange } from '../../nodes/Videograph/actions/clip/timeRange';
import type { OperationContext } from '../../nodes/Videograph/actions/operation';
import { type TimeRange, toWholeSeconds } from '../../nodes/Videograph/clip/timeRange';
import { ItemParameters } from '../../nodes/Videograph/parameters/itemParameters';
import { ParameterCache } from '../../nodes/Videograph/parameters/parameterCache';
import { cases } from '../cases';

const HOUR = 3_600_000;
const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe');
/** The moment of execution: from 2020 to 2100, to the millisecond. */
const moments = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2100, 0) });
const lengths = fc.integer({ min: 1, max: 6 * 3600 });

/** The parameters of an item with fixed values, as in n8n. */
function parametersOf(values: Record<string, unknown>, zone: string): ItemParameters {
	const context = {
		getNodeParameter: (name: string, _item: number, fallback: unknown) => values[name] ?? fallback,
		getTimezone: () => zone,
		getNode: () => ({ id: '1', name: 'Videograph', type: 'test', typeVersion: 1, position: [0, 0], parameters: {} }),
	};
	const run = context as unknown as IExecuteFunctions;
	return new ItemParameters(run, 0, [], new ParameterCache(run));
}

/** Each mode with parameters for the range from `start` with `length` seconds, in any notation. */
const MODES: Record<string, (start: DateTime, length: number, streamStart: DateTime) => Record<string, unknown>> = {
	startEnd: (start, length) => ({ startTime: start.toISO(), endTime: start.plus({ seconds: length }) }),
	startDuration: (start, length) => ({ startTime: start.toMillis(), duration: `${length}s` }),
	aroundMoment: (start, length) => ({
		moment: start.plus({ seconds: Math.floor(length / 2) }),
		before: Math.floor(length / 2),
		after: `PT${Math.ceil(length / 2)}S`,
	}),
	offset: (start, length, streamStart) => ({
		startOffset: start.diff(streamStart).as('seconds'),
		endOffset: start.plus({ seconds: length }).diff(streamStart).as('seconds'),
	}),
	wholeRecording: (start, length) => ({
		'options.streamStart': start,
		'options.streamEnd': start.plus({ seconds: length }).toISO(),
	}),
	lastSeconds: (start, length) => ({ duration: length, 'options.streamEnd': start.plus({ seconds: length }) }),
};

const validate = (range: TimeRange) =>
	validateRange(parametersOf({}, 'UTC'), { start: 'start', end: 'end' }, range, 24 * HOUR);

describe('time range', () => {
	it.each(Object.entries(MODES))(
		'%s matches an independent calculation in whole seconds',
		async (timeRange, valuesFor) => {
			await fc.assert(
				fc.asyncProperty(
					moments,
					zones,
					lengths,
					fc.nat(4 * HOUR),
					fc.nat(HOUR),
					async (nowMs, zone, length, agoMs, lateMs) => {
						const start = DateTime.fromMillis(nowMs - agoMs - length * 1000, { zone });
						const streamStart = start.minus(lateMs);
						const parameters = parametersOf({ timeRange, ...valuesFor(start, length, streamStart) }, zone);
						const recordings = { get: () => Promise.resolve({ live: false, startMs: streamStart.toMillis() }) };
						const context = { recordings } as unknown as OperationContext;
						const span = await resolvePlan(planRange(parameters, nowMs), context, 'stream');
						const { startTime, endTime } = toWholeSeconds(span);
						const end = start.plus({ seconds: length });
						// Last Seconds counts back from a whole second, which preserves the duration.
						const floor =
							timeRange === 'lastSeconds' ? Math.min(end.toMillis(), Math.floor(nowMs / 1000) * 1000) : end.toMillis();
						expect(startTime).toBe(Math.floor((floor - length * 1000) / 1000));
						expect(endTime).toBe(Math.ceil(floor / 1000));
						expect(startTime).toBeLessThan(endTime);
						expect(Number.isSafeInteger(startTime) && Number.isSafeInteger(endTime)).toBe(true);
					},
				),
				{ numRuns: cases(2000) },
			);
		},
	);

	it.each([
		[{ startMs: 1000, endMs: 1000 }, 'end: the clip would end at or before its start'],
		[{ startMs: 2000, endMs: 1000 }, 'end: the clip would end at or before its start'],
		[{ startMs: 0, endMs: 12 * HOUR + 1001 }, 'end: the clip would be 12 hours long'],
		[
			{ startMs: 12 * HOUR - 1, endMs: 13 * HOUR },
			'start: the clip would start more than 12 hours ago, at 1970-01-01T11:59:59.999Z',
		],
		[{ startMs: 12 * HOUR, endMs: 24 * HOUR + 1000 }, 'end: the clip would be 12 hours long'],
		[
			{ startMs: 23 * HOUR, endMs: 24 * HOUR + 1 },
			'end: the clip would end in the future, at 1970-01-02T00:00:00.001Z',
		],
	])('reports the problem of %j', (range, problem) => {
		expect(() => validate(range)).toThrow(problem);
	});

	it('accepts the whole recording window, up to now', () => {
		const range = { startMs: 12 * HOUR, endMs: 24 * HOUR };
		expect(validate(range)).toBe(range);
	});
});
