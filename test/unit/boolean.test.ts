import { parseBoolean } from '../../nodes/Videograph/parameters/boolean';
import { parseSubtitles } from '../../nodes/Videograph/parameters/fixedCollections';
import { InvalidValueError } from '../../nodes/Videograph/parameters/invalidValueError';

describe('parseBoolean', () => {
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
	])('parses %p', (value, flag) => {
		expect(parseBoolean(value)).toBe(flag);
	});

	it.each([1, 0, '1', 'yes', 'truefalse', {}, [], [true]])('rejects %p', (value) => {
		expect(() => parseBoolean(value)).toThrow(InvalidValueError);
	});

	it('rejects an invalid subtitle flag and names the subtitle', () => {
		const row = (closedCaptions: unknown) => ({
			url: 'https://example.com/a.vtt',
			name: 'English',
			languageCode: 'en',
			closedCaptions,
		});
		expect(
			parseSubtitles([row('TRUE'), row('false'), row(undefined)]).map((one) => one.support_closed_captions),
		).toEqual([true, false, false]);
		expect(() => parseSubtitles([row(true), row('yes')])).toThrow(
			'the closed captions of row 2: "yes" is neither true nor false',
		);
	});
});
