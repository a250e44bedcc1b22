import { cp, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { readClock } from '../emulator/media/readClock';
import { addWorkflow, goal } from './harness';
import { type N8n, startN8n } from './n8n';
import { run } from './processes';
import { projectRoot } from './project';
import { ensureRuntime } from './runtime';
import { emulated } from './service';
import { makeTemporaryFolder } from './temporaryFolder';

/** What README.md says, done word for word, by somebody who has nothing yet. */

/** Installs the dependencies of a bare copy; the first time, n8n is downloaded too. */
const LONGEST_MS = 1_200_000;

jest.setTimeout(LONGEST_MS);

const VIDEOGRAPH = /^VIDEOGRAPH_(ACCESS_TOKEN_ID|SECRET_KEY|STREAM_ID|BASE_URL)$/;

/** The variables of a person's own shell: what a run of npm adds to them would find the programs of this copy. */
function ownShell(): NodeJS.ProcessEnv {
	const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
	const unset = Object.keys(process.env).filter((name) => VIDEOGRAPH.test(name));
	return {
		...Object.fromEntries(unset.map((name) => [name, undefined])),
		NODE_ENV: undefined,
		PATH: path.join(delimiter),
	};
}

/** The commands of the first shell block below a heading of README.md, without their comments. */
async function commandsBelow(heading: string): Promise<string[]> {
	const readme = await readFile(join(projectRoot, 'README.md'), 'utf8');
	const section = readme.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
	const [, block = ''] = /^```sh\n([\s\S]*?)^```/m.exec(section) ?? [];
	const commands = block.split('\n').map((line) => line.replace(/\s+#.*$/, '').trim());
	return commands.filter((command) => command !== '');
}

async function inShell(command: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
	return await run('sh', ['-c', command], { cwd, env: { ...ownShell(), ...env } });
}

/** Copies the project as it is now, without what is installed or built. */
async function copyProject(folder: string): Promise<void> {
	const listed = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
		cwd: projectRoot,
	});
	const deleted = await run('git', ['ls-files', '--deleted', '-z'], { cwd: projectRoot });
	const gone = new Set(deleted.split('\0'));
	for (const file of listed.split('\0').filter((name) => name !== '' && !gone.has(name))) {
		await cp(join(projectRoot, file), join(folder, file));
	}
}

describe('README.md', () => {
	test('the first command of See It Run writes a clip to a file, in a copy of the repository with nothing installed', async () => {
		const commands = await commandsBelow('See it run');
		expect(commands).toEqual(['npm run demo', 'npm test']);
		const [demo = ''] = commands;
		const copy = await makeTemporaryFolder('videograph-readme-');
		try {
			await copyProject(copy.path);

			const output = await inShell(demo, copy.path, {});

			expect(output).toMatch(/The clip that came back:\n +clipId +[\w-]+/);
			expect(output).toContain('✓ The emulator holds this clip, with the same title, start and end.');
			const [, from = '', to = ''] =
				/✓ It shows exactly .* (\S+) in the first picture, (\S+) in the last/.exec(output) ?? [];
			expect(output).toContain(`startTime     ${from}`);
			expect(Date.parse(to) - Date.parse(from)).toBe(29_960);
			const [, file = ''] = /The clip as a file: (\S+)/.exec(output) ?? [];
			expect(file).toBe(join(copy.path, 'demo', 'goal.mp4'));
			expect(await readClock(file)).toHaveLength(30 * 25);
		} finally {
			copy.remove();
		}
	});

	test('the install command adds the package to an n8n that creates a clip on a webhook call', async () => {
		const commands = await commandsBelow('Install');
		expect(commands).toEqual([expect.stringMatching(/^npm install .*~\/\.n8n\/nodes.* n8n-nodes-videograph$/)]);
		const [install = ''] = commands;
		const downloads = await makeTemporaryFolder('videograph-package-');
		const service = await emulated();
		let n8n: N8n | undefined;
		try {
			const tarball = await pack(downloads.path);
			const runtime = await ensureRuntime((line) => process.stderr.write(`${line}\n`));
			n8n = await startN8n({
				runtime,
				prepare: async (home) => {
					// The package is in no registry yet.
					const command = install.replace(/n8n-nodes-videograph$/, `'${tarball}'`);
					await inShell(command, home, { HOME: home, ...(await npmSettings()) });
				},
			});
			await n8n.client.setUpOwner();
			const credential = await n8n.client.createCredential('Videograph', 'videographApi', service.credential);
			await addWorkflow({ n8n, credential });
			const sent = goal(service.streamId);

			const answer = await n8n.client.callWebhook('goal', sent);

			expect(answer).toMatchObject({ status: 200, body: { ...sent, created: true } });
			expect(service.emulator.clips.map(({ title }) => title)).toEqual([sent.title]);
		} finally {
			await n8n?.stop();
			await service.close();
			downloads.remove();
		}
	});
});

/** Makes the file that would be published; gives its path. */
async function pack(folder: string): Promise<string> {
	const env = { npm_config_pack_destination: folder };
	const name = await run('npm', ['pack', '--silent', '--ignore-scripts'], { cwd: projectRoot, env });
	return join(folder, name.trim());
}

/** Where this user's npm keeps its settings and its downloads: another home folder would hide both. */
async function npmSettings(): Promise<NodeJS.ProcessEnv> {
	const setting = async (name: string): Promise<string> =>
		(await run('npm', ['config', 'get', name], { cwd: projectRoot })).trim();
	return { npm_config_userconfig: await setting('userconfig'), npm_config_cache: await setting('cache') };
}
