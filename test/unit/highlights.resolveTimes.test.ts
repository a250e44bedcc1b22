import fc from 'fast-check';
import { DateTime, Duration } from 'luxon';
import type { RawHighlight } from '../../nodes/Videograph/clip/highlights/highlight';
import { resolveHighlights } from '../../nodes/Videograph/clip/highlights/resolveTimes';
import { InvalidValueError } from '../../nodes/Videograph/parameters/invalidValueError';
import { cases } from '../cases';
import { valueOrError } from './valueOrError';

type PlaceOptions = Parameters<typeof resolveHighlights>[1];

const CLOCK: PlaceOptions = {
	zone: 'Europe/Berlin',
	timeFormat: 'clock',
	date: '2026-11-23',
	beforeMs: 20_000,
	afterMs: 10_000,
	mergeGapMs: undefined,
};
const OFFSET: PlaceOptions = { ...CLOCK, timeFormat: 'offset', streamStartMs: Date.parse('2026-11-23T19:00:00Z') };

type Times = Partial<RawHighlight>;
const raw = (times: Times, index = 0): RawHighlight => ({ line: index + 1, title: 'Goal', tags: [], ...times });
const utc = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');
/** The times of highlights, as "start/end" in UTC. */
const ranges = (list: Times[], options: PlaceOptions) =>
	resolveHighlights(list.map(raw), options).map(({ startMs, endMs }) => `${utc(startMs)}/${utc(endMs)}`);

describe('highlights with times of day', () => {
	it.each<[string, Times, string]>([
		['a moment', { moment: '20:31:05' }, '2026-11-23T19:30:45Z/2026-11-23T19:31:15Z'],
		['a start alone', { start: ' 9:05 ' }, '2026-11-23T08:04:40Z/2026-11-23T08:05:10Z'],
		[
			'its own before and after',
			{ moment: '20:31:05', before: '5s', after: 0 },
			'2026-11-23T19:31:00Z/2026-11-23T19:31:05Z',
		],
		['start and end', { start: '20:31:05', end: '20:31:40' }, '2026-11-23T19:31:05Z/2026-11-23T19:31:40Z'],
		['start and duration', { start: '20:31:05', duration: '1m' }, '2026-11-23T19:31:05Z/2026-11-23T19:32:05Z'],
		['a moment with a duration', { moment: '20:31:05', duration: 30 }, '2026-11-23T19:31:05Z/2026-11-23T19:31:35Z'],
		[
			'all three that agree',
			{ start: '20:31:05', end: '20:31:35.4', duration: 30 },
			'2026-11-23T19:31:05Z/2026-11-23T19:31:35.400Z',
		],
		['an end on the next day', { start: '23:59:50', end: '00:00:10' }, '2026-11-23T22:59:50Z/2026-11-23T23:00:10Z'],
		['an end at 24:00', { start: '23:59:50', end: '24:00:00' }, '2026-11-23T22:59:50Z/2026-11-23T23:00:00Z'],
		['a date-time on another day', { moment: '2026-11-20T20:31:05Z' }, '2026-11-20T20:30:45Z/2026-11-20T20:31:15Z'],
		[
			'an end on the day of its start',
			{ start: '2026-11-20 20:31:05', end: '20:32' },
			'2026-11-20T19:31:05Z/2026-11-20T19:32:00Z',
		],
		['Unix time', { start: 1795466665, end: '1795466700000' }, '2026-11-23T20:44:25Z/2026-11-23T20:45:00Z'],
		[
			'a Luxon DateTime',
			{ moment: DateTime.fromMillis(1.8e12), before: Duration.fromMillis(0) },
			'2027-01-15T08:00:00Z/2027-01-15T08:00:10Z',
		],
	])('%s', (_, times, range) => {
		expect(ranges([times], CLOCK)).toEqual([range]);
	});

	it('follow a clock change', () => {
		expect(ranges([{ start: '01:59:00', end: '03:01:00' }], { ...CLOCK, date: '2026-03-29' })).toEqual([
			'2026-03-29T00:59:00Z/2026-03-29T01:01:00Z',
		]);
	});

	it('cross midnight if a time is more than 12 hours before the previous one', () => {
		const starts = ['21:00', '23:50', '2026-11-20T10:00', '00:10', '12:00', '00:00', '23:00', '10:59'];
		const list = starts.map((start) => ({ start, duration: 1 }));
		expect(ranges(list, { ...CLOCK, zone: 'UTC' }).map((range) => range.slice(5, 16))).toEqual([
			'11-23T21:00',
			'11-23T23:50',
			'11-20T10:00',
			'11-24T00:10',
			'11-24T12:00',
			'11-24T00:00',
			'11-24T23:00',
			'11-25T10:59',
		]);
	});
});

describe('highlights with offsets', () => {
	it.each<[string, Times, string]>([
		['a clock', { moment: '00:12:30' }, '2026-11-23T19:12:10Z/2026-11-23T19:12:40Z'],
		['minutes and seconds', { start: '12:30', end: '12:40' }, '2026-11-23T19:12:30Z/2026-11-23T19:12:40Z'],
		['a length', { start: '12m30s', end: 'PT13M' }, '2026-11-23T19:12:30Z/2026-11-23T19:13:00Z'],
		['seconds', { start: 750, end: '780' }, '2026-11-23T19:12:30Z/2026-11-23T19:13:00Z'],
		['more than a day', { start: '25:00:00', duration: 1 }, '2026-11-24T20:00:00Z/2026-11-24T20:00:01Z'],
		['a date-time', { start: '2026-11-23T20:31:05', end: 1795466665 }, '2026-11-23T19:31:05Z/2026-11-23T20:44:25Z'],
	])('%s', (_, times, range) => {
		expect(ranges([times], OFFSET)).toEqual([range]);
	});

	it('need the start of the stream, except for date-times', () => {
		const options = { ...OFFSET, streamStartMs: undefined };
		expect(ranges([{ start: '2026-11-23T20:31:05Z', duration: 1 }], options)).toHaveLength(1);
		expect(() => ranges([{ start: '12:30' }], options)).toThrow(
			'line 1: "12:30" is an offset from the start of the stream, which is unknown',
		);
	});
});

describe('highlights rejected', () => {
	it.each<[Times, string]>([
		[{}, '"Goal" has no time'],
		[{ end: '20:31' }, '"Goal" has no time'],
		[{ moment: '25:00' }, '"25:00" is not a valid time'],
		[{ moment: '12m30s' }, '"12m30s" is not a valid time'],
		[{ moment: '12:30:99' }, '"12:30:99" is not a valid time'],
		[{ moment: 90 }, '90 is not a valid time'],
		[{ moment: {} }, '{} is not a valid time'],
		[{ moment: '2026-11-23' }, '"2026-11-23" is not a valid time'],
		[{ start: '20:31', end: 'x' }, '"x" is not a valid time'],
		[{ start: '20:31', end: '20:31' }, '"20:31" to "20:31" is an empty time range'],
		[{ start: 1795466665, end: 1795466600 }, '1795466665 to 1795466600 is an empty time range'],
		[{ start: '20:31', duration: '0s' }, '"20:31" to "0s" is an empty time range'],
		[{ start: '20:31', duration: 'x' }, '"x" is not a valid duration'],
		[{ moment: '20:31', before: -5 }, '-5 is not a valid duration'],
		[{ moment: '20:31', before: 0, after: '0' }, '"20:31" with no time before and after it is an empty time range'],
		[{ moment: '20:31', start: '20:30' }, '{"start":"20:30","moment":"20:31"} cannot be combined'],
		[{ start: '20:30', end: '20:31', duration: 5 }, '{"end":"20:31","duration":5} cannot be combined'],
		[{ start: '20:30', end: '20:31', before: 5 }, '{"end":"20:31","before":5} cannot be combined'],
	])('%j', (times, message) => {
		const read = valueOrError(() => resolveHighlights([raw({ moment: '20:31' }), raw(times, 1)], CLOCK));
		expect(read).toBeInstanceOf(InvalidValueError);
		expect(read).toMatchObject({ message: `line 2: ${message}` });
	});

	it.each(['23.11.2026', '2026-02-30', ''])('the date %j', (date) => {
		expect(() => resolveHighlights([], { ...CLOCK, date })).toThrow(InvalidValueError);
	});
});

describe('Merge Gap', () => {
	const list: RawHighlight[] = [
		{ line: 1, title: 'Late', tags: ['c'], start: '20:40', duration: 10 },
		{ line: 2, title: 'Goal', description: 'From afar', tags: ['a'], start: '20:30:10', duration: 10 },
		{ line: 3, title: 'Alone', tags: [], start: '20:35', duration: 10 },
		{ line: 4, title: 'Pass', tags: ['b', 'a'], start: '20:30:00', duration: 5 },
		{ line: 5, title: 'Goal', description: 'Replay', tags: [], start: '20:30:12', duration: 2 },
	];
	const lines = (mergeGapMs: number | undefined) =>
		resolveHighlights(list, { ...CLOCK, mergeGapMs }).map((placed) => placed.lines);

	it('merges highlights that are close', () => {
		expect(resolveHighlights(list, { ...CLOCK, mergeGapMs: 5000 })).toEqual([
			expect.objectContaining({ lines: [1] }),
			{
				lines: [2, 4, 5],
				title: 'Pass + Goal',
				description: 'From afar\nReplay',
				tags: ['b', 'a'],
				startMs: Date.parse('2026-11-23T19:30:00Z'),
				endMs: Date.parse('2026-11-23T19:30:20Z'),
			},
			expect.objectContaining({ lines: [3] }),
		]);
	});

	it('merges up to the gap', () => {
		expect(lines(undefined)).toEqual([[1], [2], [3], [4], [5]]);
		expect(lines(0)).toEqual([[1], [2, 5], [3], [4]]);
		expect(lines(4999)).toEqual([[1], [2, 5], [3], [4]]);
		expect(lines(3_600_000)).toEqual([[1, 2, 3, 4, 5]]);
	});

	it('cuts a long title after 200 characters, without splitting a character', () => {
		const long = 'a'.repeat(195);
		const highlights = [long, '😀😀😀'].map((title, index) => raw({ title, moment: '20:30' }, index));
		expect(resolveHighlights(highlights, { ...CLOCK, mergeGapMs: 0 })).toMatchObject([{ title: `${long} + 😀😀` }]);
	});
});

const zones = fc.constantFrom(
	'UTC',
	'Europe/Berlin',
	'America/St_Johns',
	'Asia/Kathmandu',
	'Australia/Lord_Howe',
	'Pacific/Chatham',
);
/** Whole seconds. */
const seconds = (max: number) => fc.integer({ min: 1, max });

describe('highlight times', () => {
	it('match Luxon for times of day, over midnights and clock changes', () => {
		const step = fc.record({ gap: seconds(10 * 3600), length: seconds(10 * 3600) });
		const steps = fc.array(step, { minLength: 1, maxLength: 6 });
		const begin = fc.integer({ min: Date.UTC(2020, 0) / 1000, max: Date.UTC(2040, 0) / 1000 });
		fc.assert(
			fc.property(zones, begin, steps, (zone, from, list) => {
				let at = DateTime.fromSeconds(from, { zone });
				const expected = list.map(({ gap, length }) => {
					at = at.plus({ seconds: gap });
					return { start: at, end: at.plus({ seconds: length }) };
				});
				const times = expected.flatMap(({ start, end }) => [start, end]);
				// A repeated time of day means its first moment, so the second has no time of day.
				fc.pre(times.every((time) => time.toMillis() === Math.min(...time.getPossibleOffsets().map(Number))));
				const date = times[0]?.toISODate() ?? '';
				// The rule cannot detect midnight between two times that are less than 12 hours apart.
				fc.pre(expected.every(({ start }, i) => isFollowable(expected[i - 1]?.start, start)));

				const clock = (time: DateTime) => time.toFormat('HH:mm:ss');
				const highlights = expected.map(({ start, end }, i) => raw({ start: clock(start), end: clock(end) }, i));
				const placed = resolveHighlights(highlights, { ...CLOCK, zone, date });
				expect(placed).toMatchObject(
					expected.map(({ start, end }) => ({ startMs: start.toMillis(), endMs: end.toMillis() })),
				);
			}),
			{ numRuns: cases(1500) },
		);
	});

	/** Whether a time is on the day of the previous one, or on the next day and more than 12 hours earlier by the clock. */
	function isFollowable(before: DateTime | undefined, time: DateTime): boolean {
		if (before === undefined || before.hasSame(time, 'day')) return true;
		const sameDay = time.set({ year: before.year, month: before.month, day: before.day });
		return before.diff(sameDay, 'hours').hours > 13;
	}

	it('match the start of the stream plus the offset', () => {
		fc.assert(
			fc.property(seconds(99 * 3600), seconds(12 * 3600), fc.boolean(), (offset, length, asClock) => {
				const start = asClock ? Duration.fromObject({ seconds: offset }).toFormat('hh:mm:ss') : `${offset}s`;
				const [placed] = resolveHighlights([raw({ start, duration: length })], OFFSET);
				const expected = DateTime.fromISO('2026-11-23T20:00:00', { zone: CLOCK.zone }).plus({ seconds: offset });
				expect(placed?.startMs).toBe(expected.toMillis());
				expect(placed?.endMs).toBe(expected.plus({ seconds: length }).toMillis());
			}),
			{ numRuns: cases(1000) },
		);
	});

	it('cover exactly the union if merged without a gap, and contain every line', () => {
		const spans = fc.array(fc.record({ start: fc.nat(100), length: seconds(15) }), { maxLength: 20 });
		fc.assert(
			fc.property(spans, (list) => {
				const highlights = list.map(({ start, length }, i) => raw({ start, duration: length }, i));
				const placed = resolveHighlights(highlights, { ...OFFSET, streamStartMs: 1.8e12, mergeGapMs: 0 });
				const secondsOf = (startMs: number, endMs: number) =>
					Array.from({ length: (endMs - startMs) / 1000 }, (_, i) => (startMs - 1.8e12) / 1000 + i);
				const covered = placed.flatMap(({ startMs, endMs }) => secondsOf(startMs, endMs)).sort((a, b) => a - b);
				const union = new Set(list.flatMap(({ start, length }) => Array.from({ length }, (_, i) => start + i)));
				// A second in two clips would be in `covered` twice.
				expect(covered).toEqual([...union].sort((a, b) => a - b));
				const lines = placed.flatMap((highlight) => highlight.lines).sort((a, b) => a - b);
				expect(lines).toEqual(highlights.map(({ line }) => line));
				const firsts = placed.map((highlight) => highlight.lines[0] ?? 0);
				expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
				for (const { startMs } of placed) expect(placed.filter(({ endMs }) => endMs === startMs)).toEqual([]);
			}),
			{ numRuns: cases(1000) },
		);
	});
});
