import fc from 'fast-check';
import { Duration } from 'luxon';
import { parseDuration } from '../../nodes/Videograph/parameters/duration';
import { InvalidValueError } from '../../nodes/Videograph/parameters/invalidValueError';
import { cases } from '../cases';
import { valueOrError } from './valueOrError';

describe('parseDuration', () => {
	it.each<[unknown, number]>([
		[90, 90_000],
		[0, 0],
		[1.5, 1500],
		['90', 90_000],
		['1.5', 1500],
		['30s', 30_000],
		['2m', 120_000],
		['1h5m', 3_900_000],
		['1h 5m 10s', 3_910_000],
		['1.5h', 5_400_000],
		['2 minutes 30 seconds', 150_000],
		['1 hour', 3_600_000],
		['30 SEC', 30_000],
		['5 mins', 300_000],
		['01:30', 90_000],
		['1:30', 90_000],
		['90:00', 5_400_000],
		['00:01:30', 90_000],
		['1:00:00.5', 3_600_500],
		['PT1M30S', 90_000],
		['pt90s', 90_000],
		['P1DT1S', 86_401_000],
		[' 30s ', 30_000],
		[Duration.fromObject({ minutes: 2 }), 120_000],
	])('parses %p', (value, milliseconds) => {
		expect(parseDuration(value)).toBe(milliseconds);
	});

	it.each([
		'',
		' ',
		'-5',
		'5x',
		'abc',
		'1:60',
		'1:2:3',
		':30',
		'1:30:',
		'5s2m',
		'P',
		'PT',
		'PT-5S',
		's',
		'h m s',
		'1e3',
		'30 s 20',
		-1,
		Number.NaN,
		Infinity,
		1e300,
		null,
		undefined,
		true,
		{},
		[],
		[30],
		new Date(),
		10n,
		Symbol('s'),
		Duration.invalid('test'),
	])('rejects %p', (value) => {
		expect(() => parseDuration(value)).toThrow(InvalidValueError);
	});

	it('parses every notation of a whole number of seconds to that number', () => {
		const parts = fc.record({ h: fc.nat(99), m: fc.nat(59), s: fc.nat(59) });
		const two = (n: number) => String(n).padStart(2, '0');
		fc.assert(
			fc.property(parts, ({ h, m, s }) => {
				const milliseconds = ((h * 60 + m) * 60 + s) * 1000;
				const forms = [
					`${h}h${m}m${s}s`,
					`${h} hours ${m} min ${s} sec`,
					`${two(h)}:${two(m)}:${two(s)}`,
					`PT${h}H${m}M${s}S`,
					milliseconds / 1000,
					String(milliseconds / 1000),
					Duration.fromMillis(milliseconds).toISO(),
				];
				expect(forms.map(parseDuration)).toEqual(forms.map(() => milliseconds));
			}),
			{ numRuns: cases(2000) },
		);
	});

	it('returns whole milliseconds or an error for any input', () => {
		const almost = fc.stringMatching(/^[0-9hmsPTHMS:. ]{1,20}$/);
		fc.assert(
			fc.property(
				fc.oneof(fc.anything({ withDate: true, withBigInt: true }), fc.string({ unit: 'binary' }), almost),
				(value) => {
					const read = valueOrError(() => parseDuration(value));
					expect(read instanceof InvalidValueError || (Number.isSafeInteger(read) && read >= 0)).toBe(true);
				},
			),
			{ numRuns: cases(100_000) },
		);
	});
});
