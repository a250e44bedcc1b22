import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { scripts } from '../../package.json';
import { projectRoot } from '../e2e/project';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const pages = ['SECURITY.md', 'CONTRIBUTING.md', 'docs/verification.md'].map((file) => ({ file, text: read(file) }));

/** What stands between two marks, on one line or over two. */
const allOf = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found);

describe.each(pages)('$file', ({ file, text }) => {
	it('names only existing files', () => {
		const named = allOf(text, /`((?:nodes|credentials|test|docs|workflows|\.github|\.ci)\/[^`\s]*)`/g);
		const linked = allOf(text, /\]\((?!https?:)([^)#]+)/g).map((link) => join(dirname(file), link));
		expect([...named, ...linked].filter((path) => !existsSync(join(projectRoot, path)))).toEqual([]);
	});

	it('names only existing commands', () => {
		expect(allOf(text, /\bnpm run ([\w:]+)/g).filter((name) => !(name in scripts))).toEqual([]);
	});

	it('names only existing tests', () => {
		const tests = [...text.matchAll(/`(test\/[^`]+\.ts)`\s\(\*([^*]+)\*\)/g)];
		const gone = tests.filter(([, path = '', name = '']) => !read(path).includes(name.replace(/\s+/g, ' ')));
		// Every name in slanted brackets is one of a test.
		expect(tests).toHaveLength(text.split('(*').length - 1);
		expect(gone.map(([whole]) => whole)).toEqual([]);
	});
});

describe('docs/verification.md', () => {
	it('names a test or a person for each guideline that is met', () => {
		const rows = read('docs/verification.md')
			.split('\n')
			.filter((line) => /^\| [✓○✗] /u.test(line));
		expect(rows.length).toBeGreaterThan(30);
		const unproved = rows.filter(
			(row) => row.startsWith('| ✓') && !/(?:`test\/[^`]+`.*|Read by people|—) \|$/u.test(row),
		);
		expect(unproved).toEqual([]);
	});
});
