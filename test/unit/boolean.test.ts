import { parseBoolean } from '../../nodes/Videograph/parameters/boolean';
import { InvalidValueError } from '../../nodes/Videograph/parameters/invalidValueError';
import { parseSubtitles } from '../../nodes/Videograph/parameters/fixedCollections';

it.each<[unknown, boolean | undefined]>([
	[true, true],
	[false, false],
	['true', true],
	[' TRUE ', true],
	['False', false],
	['FALSE', false],
	['', undefined],
	[' ', undefined],
	[null, undefined],
	[undefined, undefined],
])('reads a yes or no from %p', (value, flag) => {
	expect(parseBoolean(value)).toBe(flag);
});

it.each([1, 0, '1', 'yes', 'truefalse', {}, [], [true]])('refuses %p as a yes or no', (value) => {
	expect(() => parseBoolean(value)).toThrow(InvalidValueError);
});

it('reads that of a subtitle, and says of which where it is none', () => {
	const row = (closedCaptions: unknown) => ({ url: 'https://example.com/a.vtt', name: 'English', languageCode: 'en', closedCaptions });
	expect(parseSubtitles([row('TRUE'), row('false'), row(undefined)]).map((one) => one.support_closed_captions)).toEqual([true, false, false]);
	expect(() => parseSubtitles([row(true), row('yes')])).toThrow('the closed captions of row 2: "yes" is neither true nor false');
});
