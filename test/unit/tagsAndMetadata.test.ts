import fc from 'fast-check';
import { InvalidValueError } from '../../nodes/Videograph/parameters/invalidValueError';
import { parseMetadata, parseTags } from '../../nodes/Videograph/parameters/tagsAndMetadata';
import { cases } from '../cases';
import { valueOrError } from './valueOrError';

describe('parseTags', () => {
	it.each<[unknown, string[]]>([
		['', []],
		['goal', ['goal']],
		[' goal , first half,,goal ', ['goal', 'first half']],
		[
			['goal', ' 9 ', 9, ''],
			['goal', '9'],
		],
		['["goal", "a, b"]', ['goal', 'a, b']],
		['[not json', ['[not json']],
	])('parses %p', (value, tags) => {
		expect(parseTags(value)).toEqual(tags);
	});

	it.each([5, true, {}, [{}], [['a']], [null], '[{}]'])('rejects %p', (value) => {
		expect(() => parseTags(value)).toThrow(InvalidValueError);
	});
});

describe('parseMetadata', () => {
	const entry = (key: string, value: string) => ({ key, value });
	it.each<[unknown, Array<{ key: string; value: string }>]>([
		['', []],
		[null, []],
		[{}, []],
		[{ team: 'home' }, [entry('team', 'home')]],
		[{ player: 9, won: true, note: null }, [entry('player', '9'), entry('won', 'true'), entry('note', '')]],
		['{"team":"home"}', [entry('team', 'home')]],
		[[{ key: 'team', value: 'home' }], [entry('team', 'home')]],
		[
			[
				{ key: null, value: 'home' },
				{ key: 9, value: 'x' },
			],
			[entry('9', 'x')],
		],
		[
			{
				values: [
					{ key: ' team ', value: 'home' },
					{ key: '', value: 'lost' },
				],
			},
			[entry('team', 'home')],
		],
		[
			{ values: [{ key: 'team', value: 'home' }], json: [{ object: '{"team":"away","player":9}' }, { object: {} }] },
			[entry('team', 'away'), entry('player', '9')],
		],
		[JSON.parse('{"__proto__": "x"}'), [entry('__proto__', 'x')]],
	])('parses %j', (value, metadata) => {
		expect(parseMetadata(value)).toEqual(metadata);
	});

	it.each([
		'text',
		'[1',
		'5',
		5,
		true,
		[5],
		['a'],
		[{ key: {}, value: 'a' }],
		{ team: {} },
		{ team: ['a'] },
		{ json: [{ object: '[1]' }] },
	])('rejects %j', (value) => {
		expect(() => parseMetadata(value)).toThrow(InvalidValueError);
	});
});

describe('tags and metadata', () => {
	it.each([parseTags, parseMetadata])('%p returns strings or an error for any input', (parse) => {
		fc.assert(
			fc.property(fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }), (value) => {
				const read: unknown = valueOrError<unknown>(() => parse(value));
				expect(read instanceof InvalidValueError || Array.isArray(read)).toBe(true);
			}),
			{ numRuns: cases(5000) },
		);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});
});
