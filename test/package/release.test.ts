import { notesOf, problemsOf, type Release } from '../../tools/release/problems';

const READY: Release = {
	version: '1.2.0',
	changelog:
		'# Changelog\n\n## 1.2.0 (2026-11-23)\n\n- New.\n\n### For developers\n\n- Newer.\n\n## 1.2.0-beta.1\n\n- Old.\n',
	tags: ['v1.1.0', 'v1.2.0-beta.1'],
	changes: '',
};

describe('release check', () => {
	it('accepts a release that is ready', () => {
		expect(problemsOf(READY)).toEqual([]);
	});

	it.each<[what: string, change: Partial<Release>, problem: string]>([
		[
			'a file that is not committed',
			{ changes: ' M index.js' },
			'There are files that are not committed:\n M index.js',
		],
		['a version that the changelog does not know', { version: '1.3.0' }, 'CHANGELOG.md says nothing of 1.3.0'],
		[
			'a version of which it says nothing',
			{ changelog: '## 1.2.0\n\n## 1.1.0\n\n- Old.\n' },
			'CHANGELOG.md says nothing of 1.2.0',
		],
		[
			'a version that is tagged',
			{ tags: ['v1.2.0'] },
			'The tag v1.2.0 is there already: raise the version in package.json',
		],
	])('rejects %s', (_what, change, problem) => {
		expect(problemsOf({ ...READY, ...change })).toEqual([problem]);
	});

	it('reads the notes of a version from the changelog, down to the next one', () => {
		expect(notesOf('1.2.0', READY.changelog)).toBe('- New.\n\n### For developers\n\n- Newer.');
		expect(notesOf('1.2.0-beta.1', READY.changelog)).toBe('- Old.');
		expect(notesOf('1.2', READY.changelog)).toBeUndefined();
	});
});
