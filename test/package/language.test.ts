import { BANNED, checkedFiles, offencesIn, read } from './language';

const files = checkedFiles();
const pages = files.filter((file) => file.endsWith('.md'));
const code = files.filter((file) => /\.(ts|js|mjs)$/.test(file));

/** The words found in a file, without what surrounds them. */
const wordsIn = (file: string, content: string) =>
	offencesIn(file, content).map((offence) => /\s\s(.*?) ->/.exec(offence)?.[1]);

describe('the words of docs/glossary.md', () => {
	it('the check reads pages, code, workflows and files without an ending', () => {
		expect(pages.length).toBeGreaterThan(10);
		expect(code.length).toBeGreaterThan(150);
		expect(files).toEqual(expect.arrayContaining(['README.md', '.ci/run', 'gulpfile.js', 'docs/openapi.yaml']));
	});

	it('stand in pages, comments, editor texts and workflows in place of the banned words', () => {
		expect(files.flatMap((file) => offencesIn(file, read(file)))).toEqual([]);
	});
});

describe('a banned word', () => {
	it.each([
		['looks', 'The trigger looks at streams.'],
		['Told', 'Told by the API.'],
		['kept', 'Files are kept.'],
		['things', 'Two things.'],
		['login', 'The login of the credential.'],
		['address', 'The address of a page.'],
		['look', 'A look-up.'],
	])('%s is found in a page', (word, text) => {
		expect(wordsIn('docs/page.md', text)).toEqual([word]);
	});

	it.each([
		['to look up', 'The node looks up the clip.'],
		['a lookup', 'A lookup, something, the outlook.'],
		['an email address', 'The email address and the IP address.'],
		['the target of a link', 'See [this](docs/kept.md) and https://example.com/login.'],
	])('%s is no banned word', (_what, text) => {
		expect(wordsIn('docs/page.md', text)).toEqual([]);
	});

	it('is found in every comment, and not in code', () => {
		const source = '// kept\nconst look = `// told ${1 /* thing */}`; // login\n/** It\n * tells. */\nfoo(/address/);';
		expect(wordsIn('test/file.ts', source)).toEqual(['kept', 'thing', 'login', 'tells']);
	});

	it('is found in the editor texts of a published file alone', () => {
		const source = "const field = { description: 'It is kept', hint: `told ${1} looks` };";
		expect(wordsIn('nodes/file.ts', source)).toEqual(['kept', 'told', 'looks']);
		expect(wordsIn('test/file.ts', source)).toEqual([]);
	});

	it('is reported with its file and its line', () => {
		const [offence] = offencesIn('docs/page.md', 'One.\nIt is kept.');
		expect(offence).toMatch(/^docs\/page\.md:2 {2}kept -> stored or retained/);
	});

	it('may stand in the last column of the glossary', () => {
		expect(wordsIn('docs/glossary.md', '| Poll | A request. | `look` |')).toEqual([]);
		expect(wordsIn('docs/glossary.md', '| Poll | A look. | `look` |')).toEqual(['look']);
	});

	it('is found in the notes of a workflow, and not in its values', () => {
		expect(wordsIn('workflows/a.json', '"content": "told"\n"value": "kept"')).toEqual(['told']);
	});
});

it('every banned word has a term in its place', () => {
	for (const { use } of BANNED) expect(use).not.toBe('');
});
