import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { version } from '../../package.json';
import { run } from '../../test/e2e/processes';
import { step } from '../../test/e2e/progress';
import { projectRoot } from '../../test/e2e/project';
import { notesOf, problemsOf, tagOf } from './problems';

/**
 * Checks that the version of package.json can be released, of what test/setup.mjs has built just before, and says what
 * would be done (--dry-run, which is what it does without arguments). With --tag it makes the tag. It publishes nothing:
 * that is up to .github/workflows/publish.yml.
 */

interface Packed {
	filename: string;
	size: number;
	files: Array<{ path: string }>;
}

const log = (line: string): void => console.log(line);

const inProject = (program: string, ...args: string[]): Promise<string> => run(program, args, { cwd: projectRoot });
const installed = (script: string, ...args: string[]): Promise<string> =>
	inProject(process.execPath, join(projectRoot, 'node_modules', script), ...args);

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { tag: { type: 'boolean' }, 'dry-run': { type: 'boolean' } } });
	if (values.tag && values['dry-run'])
		throw new Error('--tag makes the tag, and --dry-run makes none: give one of them');

	const [changes, tags, changelog] = await Promise.all([
		inProject('git', 'status', '--porcelain'),
		inProject('git', 'tag', '--list'),
		readFile(join(projectRoot, 'CHANGELOG.md'), 'utf8'),
	]);
	const problems = problemsOf({ version, changelog, tags: tags.split('\n'), changes: changes.trimEnd() });
	if (problems.length > 0) throw new Error(problems.join('\n'));

	await step(log, 'Linting', () => installed('eslint/bin/eslint.js', '.', '--max-warnings', '0'));
	await step(log, 'Testing the package', () => installed('jest/bin/jest.js', '--selectProjects', 'package'));
	// n8n brings what the package needs from it (its peer), so only that is asked about which it would bring itself.
	const audit = ['audit', '--omit=dev', '--omit=peer'];
	await step(log, 'Asking npm for known weaknesses of what is published', () => inProject('npm', ...audit));
	const [packed] = JSON.parse(await inProject('npm', 'pack', '--dry-run', '--json', '--ignore-scripts')) as [Packed];
	tellContent(packed);

	const tag = tagOf(version);
	const message = [tag, notesOf(version, changelog)].join('\n\n');
	if (values.tag) await inProject('git', 'tag', '--annotate', '--cleanup=whitespace', '--message', message, tag);
	log(
		`\n${values.tag ? 'The tag is made. Now:' : 'Nothing was changed. To release, once the tests of .ci/run pass:'}\n`,
	);
	if (!values.tag) log('  npm run release -- --tag      makes the annotated tag, with this message:\n');
	if (!values.tag) log(message.replace(/^(?=.)/gm, '    | '));
	log(`\n  git push origin ${tag}`);
	log(`  gh release create ${tag} --verify-tag --notes-from-tag      .github/workflows/publish.yml then publishes it`);
}

function tellContent({ filename, size, files }: Packed): void {
	const above = files.map(({ path }) => path).filter((path) => !path.startsWith('dist/'));
	log(`✓ ${filename} would hold ${files.length} files, packed ${(size / 1024).toFixed(0)} KiB:`);
	log(`  ${above.join(', ')} and ${files.length - above.length} files of dist`);
}

main().catch((error: unknown) => {
	console.error(`\n✗ ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
});
