import fc from 'fast-check';
import { DateTime } from 'luxon';
import { toWholeSeconds } from '../../nodes/Videograph/clip/timeRange';
import { parseDateTime } from '../../nodes/Videograph/parameters/dateTime';
import { InvalidValueError } from '../../nodes/Videograph/parameters/invalidValueError';
import { cases } from '../cases';
import { valueOrError } from './valueOrError';

const NUM_RUNS = cases(5000);
/**
 * Whole milliseconds from 2012 to 2200. Luxon begins with the offset that a zone has today, and is an hour off at a change of
 * clocks before 2012 in the zones that have changed the side of the date line since then.
 */
const moments = fc.integer({ min: Date.UTC(2012, 0), max: Date.UTC(2200, 0) });
/** Zones with whole, half and quarter hours, with and without clock changes, and on both sides of the date line. */
const zones = fc.constantFrom(
	'UTC',
	'Europe/Berlin',
	'America/New_York',
	'America/St_Johns',
	'America/Sao_Paulo',
	'Asia/Kolkata',
	'Asia/Kathmandu',
	'Australia/Lord_Howe',
	'Africa/Casablanca',
	'Pacific/Apia',
	'Pacific/Chatham',
);

/** Checks that a format of a moment is parsed to that moment, in any time zone of the workflow. */
function isReadAsItself(form: (ms: number, zone: string) => unknown, precisionMs = 1): void {
	fc.assert(
		fc.property(moments, zones, zones, (ms, zone, workflowZone) => {
			expect(parseDateTime(form(ms, zone), workflowZone)).toBe(Math.floor(ms / precisionMs) * precisionMs);
		}),
		{ numRuns: NUM_RUNS },
	);
}

describe('parseTime returns the same moment', () => {
	it('for ISO text with an offset', () => isReadAsItself((ms, zone) => DateTime.fromMillis(ms, { zone }).toISO()));
	it('for ISO text in UTC', () => isReadAsItself((ms) => new Date(ms).toISOString()));
	it('for ISO text with an offset and a zone name', () =>
		isReadAsItself((ms, zone) => DateTime.fromMillis(ms, { zone }).toISO({ extendedZone: true })));
	it('for basic ISO text', () =>
		isReadAsItself((ms, zone) => DateTime.fromMillis(ms, { zone }).toISO({ format: 'basic' })));
	it('for SQL text with an offset', () => isReadAsItself((ms, zone) => DateTime.fromMillis(ms, { zone }).toSQL()));
	it('for a Luxon DateTime', () => isReadAsItself((ms, zone) => DateTime.fromMillis(ms, { zone })));
	it('for a Date', () => isReadAsItself((ms) => new Date(ms)));
	it('for epoch milliseconds', () => isReadAsItself((ms) => ms));
	it('for a string of epoch milliseconds', () => isReadAsItself((ms) => ` ${ms} `));
	it('for epoch seconds', () => isReadAsItself((ms) => Math.floor(ms / 1000), 1000));
	it('for a string of epoch seconds', () => isReadAsItself((ms) => String(Math.floor(ms / 1000)), 1000));
	it('for an e-mail date', () => isReadAsItself((ms, zone) => DateTime.fromMillis(ms, { zone }).toRFC2822(), 1000));
	it('for an HTTP date', () => isReadAsItself((ms) => new Date(ms).toUTCString(), 1000));
});

describe('parseTime of text without a zone', () => {
	it.each([
		["yyyy-MM-dd'T'HH:mm:ss.SSS", 1],
		["yyyy-MM-dd'T'HH:mm:ss", 1000],
		['yyyy-MM-dd HH:mm:ss', 1000],
		["yyyy-MM-dd'T'HH:mm", 60_000],
	])('uses the time zone of the workflow (%s)', (format, precisionMs) => {
		fc.assert(
			fc.property(moments, zones, (ms, zone) => {
				const text = DateTime.fromMillis(ms, { zone }).toFormat(format);
				const read = parseDateTime(text, zone);
				// A repeated local time means its first moment, so the result may be an earlier moment of the same text.
				expect(DateTime.fromMillis(read, { zone }).toFormat(format)).toBe(text);
				expect(read).toBeLessThanOrEqual(ms);
				expect(ms - read).toBeLessThan(precisionMs + 2 * 3_600_000);
			}),
			{ numRuns: NUM_RUNS },
		);
	});

	it('moves past a clock change that skips it', () => {
		expect(parseDateTime('2026-03-29T02:30:00', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T01:30:00Z'));
	});

	it.each([
		['Europe/Berlin', '2026-10-25T02:30:00', '2026-10-25T00:30:00Z'],
		['America/New_York', '2026-11-01T01:30:00', '2026-11-01T05:30:00Z'],
		['Australia/Lord_Howe', '2026-04-05T01:45:00', '2026-04-04T14:45:00Z'],
	])('returns the first of two moments in %s', (zone, text, utc) => {
		expect(parseDateTime(text, zone)).toBe(Date.parse(utc));
	});

	it.each(['', '[Europe/Berlin]'])('returns either of two moments by its offset %s', (name) => {
		expect(parseDateTime(`2026-10-25T02:30:00+01:00${name}`, 'UTC')).toBe(Date.parse('2026-10-25T01:30:00Z'));
		expect(parseDateTime(`2026-10-25T02:30:00+02:00${name}`, 'UTC')).toBe(Date.parse('2026-10-25T00:30:00Z'));
	});
});

describe('parseTime of invalid input', () => {
	it.each([
		'',
		'2026-11-23',
		'20:30',
		'tomorrow',
		'2026-02-30T10:00',
		'2026-11-23T25:00',
		'1999-12-31T23:59:59Z',
		'NaN',
		'20261123',
		'1e12',
		'-1760000000',
		"2026-11-23T20:30 o'clock",
		'23.11.2026 20:30',
		'0',
		0,
		-5,
		90,
		Number.NaN,
		Infinity,
		1e11,
		1e13,
		null,
		undefined,
		true,
		{},
		[],
		[1760000000],
		new Date(Number.NaN),
		DateTime.invalid('test'),
		10n,
		Symbol('s'),
		() => 0,
	])('rejects it with advice: %p', (value) => {
		expect(() => parseDateTime(value, 'UTC')).toThrow(InvalidValueError);
	});

	it('returns a time in range or an error for any input', () => {
		fc.assert(
			fc.property(fc.anything({ withDate: true, withBigInt: true }), zones, (value, zone) => {
				const read = valueOrError(() => parseDateTime(value, zone));
				expect(read instanceof InvalidValueError || (read >= 1e12 && read < 1e13)).toBe(true);
			}),
			{ numRuns: NUM_RUNS },
		);
	});

	it('returns a time in range or an error for text that resembles a time', () => {
		const almost = fc.stringMatching(/^[0-9TZ:+ .-]{8,30}$/);
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'binary' }), almost), zones, (text, zone) => {
				const read = valueOrError(() => parseDateTime(text, zone));
				expect(read instanceof InvalidValueError || (read >= 1e12 && read < 1e13)).toBe(true);
			}),
			{ numRuns: cases(100_000) },
		);
	});
});

describe('whole seconds', () => {
	it('contain the range, and are never milliseconds', () => {
		const lengths = fc.integer({ min: 1, max: 12 * 3_600_000 });
		fc.assert(
			fc.property(moments, lengths, (start, length) => {
				const { startTime, endTime } = toWholeSeconds({ startMs: start, endMs: start + length });
				expect(Number.isInteger(startTime) && Number.isInteger(endTime)).toBe(true);
				expect(startTime * 1000 <= start && start < (startTime + 1) * 1000).toBe(true);
				expect(endTime * 1000 >= start + length && start + length > (endTime - 1) * 1000).toBe(true);
				expect(startTime).toBeLessThan(endTime);
				expect(endTime).toBeLessThan(1e10);
			}),
			{ numRuns: NUM_RUNS },
		);
	});
});
