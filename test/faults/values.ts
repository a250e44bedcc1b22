import fc from 'fast-check';
import { DateTime, Duration } from 'luxon';
import { POLLUTED } from './hostile';

/** Values of expressions: any value that a parameter of n8n can have, whatever its type. */

const HOSTILE_JSON = [
	`{"__proto__":{"${POLLUTED}":true}}`,
	`{"constructor":{"prototype":{"${POLLUTED}":true}}}`,
	'{"toString":1,"valueOf":1}',
	'{"then":1,"length":1e9,"0":"a"}',
	'[["a","b"],{"key":"__proto__","value":"x"}]',
	`[{"key":"constructor","value":{"${POLLUTED}":true}}]`,
	'{"values":[{"key":"__proto__","value":"x"},null,1]}',
	'{"values":{"length":1e9},"json":[{"object":{"__proto__":[]}}]}',
	'{"__rl":true,"mode":"id","value":{"__rl":true}}',
	'{"__rl":true,"mode":"url","value":"https://dashboard.videograph.ai/videos/embed?streamId=../x"}',
];

/** Nested lists, deeper than in any workflow. n8n cannot store much deeper ones. */
const deep = Array.from({ length: 200 }).reduce<unknown>((inner) => [inner], 'core');

const texts: fc.Arbitrary<string> = fc.oneof(
	fc.string(),
	fc.string({ unit: 'binary' }),
	// Lone surrogates, too.
	fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 }).map((units) => String.fromCharCode(...units)),
	fc.constantFrom(
		'__proto__',
		'constructor',
		'prototype',
		'toString',
		'..',
		'.',
		'/',
		'%2e%2e',
		'\u0000',
		' ',
		'\u00a0',
		'\ufeff',
		'\ud800',
		'null',
		'undefined',
		'NaN',
		'-1',
		'1e999',
		'0x10',
		'{{ $json.x }}',
		'={{ 1 }}',
		'[object Object]',
		'{',
		'[',
		'[]',
		'{}',
		'[null]',
		'["a"',
		'"',
		'<script>',
	),
	fc.constantFrom(
		'x'.repeat(50_000),
		'1'.repeat(50_000),
		' '.repeat(50_000),
		'😀'.repeat(5000),
		'a,'.repeat(5000),
		'0:'.repeat(5000),
		'1h'.repeat(5000),
	),
	fc.constantFrom(...HOSTILE_JSON),
	fc.webUrl(),
	fc.uuid(),
);

const numbers: fc.Arbitrary<number> = fc.oneof(
	fc.integer(),
	fc.double(),
	fc.constantFrom(
		0,
		-0,
		1,
		-1,
		0.5,
		Number.NaN,
		Infinity,
		-Infinity,
		Number.MAX_SAFE_INTEGER,
		Number.MAX_VALUE,
		Number.MIN_VALUE,
		1e21,
		1e10,
		1e12,
	),
);

const dates: fc.Arbitrary<unknown> = fc.oneof(
	fc.date({ noInvalidDate: false }),
	fc.constantFrom<unknown>(
		DateTime.fromMillis(0),
		DateTime.invalid('test'),
		DateTime.fromMillis(8.64e15),
		Duration.fromMillis(1500),
		Duration.fromObject({ months: 1 }),
		Duration.invalid('test'),
		Duration.fromMillis(-1),
	),
);

/** Values that are valid for some field. @param moment a valid time of a clip, in epoch milliseconds */
function sensible(moment: number): fc.Arbitrary<unknown> {
	const iso = (awayMs: number) => new Date(moment + awayMs).toISOString();
	return fc.constantFrom<unknown>(
		iso(0),
		iso(30_000),
		moment,
		moment / 1000,
		DateTime.fromMillis(moment),
		new Date(moment),
		'30s',
		'90',
		5,
		'00:01:30',
		'PT30S',
		10,
		'goal, first half',
		['goal', 'half'],
		{ team: 'home' },
		'{"team":"home"}',
		true,
		false,
		'TRUE',
		' false ',
		`${iso(0)} Corner`,
		[{ time: iso(0), title: 'Corner' }],
		`time,title\n${iso(0)},Corner`,
		'data',
		'https://example.com/a.mp4',
		'public',
		['public', 'signed'],
	);
}

/** Any value of an expression. */
export function anyValue(moment: number): fc.Arbitrary<unknown> {
	return fc.oneof(
		fc.constantFrom<unknown>(null, undefined, true, false, {}, [], ''),
		numbers,
		texts,
		dates,
		{ arbitrary: sensible(moment), weight: 3 },
		fc.constantFrom(...HOSTILE_JSON).map((text): unknown => JSON.parse(text)),
		fc.array(texts, { maxLength: 4 }),
		fc.jsonValue(),
		fc.anything({ withBigInt: false, withDate: true, withNullPrototype: false, withObjectString: true }),
		fc.constant(deep),
	);
}
