import { countWords, wordsByPage } from './words';

const words = wordsByPage();

it('README.md has fewer than 1,800 words written by hand', () => {
	expect(words.get('README.md')).toBeLessThan(1800);
});

it('all pages together have fewer than 9,600 words written by hand', () => {
	expect([...words.values()].reduce((sum, count) => sum + count, 0)).toBeLessThan(9600);
});

it('generated parts do not count', () => {
	expect(countWords('One two.\n<!-- Below this line: written by `npm run docs`. -->\nThree.')).toBe(2);
	expect(countWords('One.\n<!-- From here: written by `npm run docs`. -->\nTwo.\n<!-- To here. -->\nThree.')).toBe(2);
	expect(countWords('| One | two | — |\n|---|---|')).toBe(2);
	expect(countWords('[One](two.md) `three`')).toBe(2);
});
