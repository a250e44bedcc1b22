import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { scripts } from '../../package.json';
import { projectRoot } from '../e2e/project';

interface Step {
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
}

interface Workflow {
	on: Record<string, unknown>;
	permissions: unknown;
	jobs: Record<string, { permissions?: Record<string, string>; 'timeout-minutes'?: number; steps: Step[] }>;
}

const GITHUB = join(projectRoot, '.github');
const read = (file: string) => readFileSync(join(GITHUB, file), 'utf8');
const yamlFiles = (folder: string) => readdirSync(join(GITHUB, folder)).filter((file) => /\.ya?ml$/.test(file));

/** What an action is named by: the commit, which nobody can move to another, and for people its version. */
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

const workflows = yamlFiles('workflows').map((file) => {
	const text = read(`workflows/${file}`);
	return { file, text, workflow: parse(text) as Workflow };
});

/** What the lines of a step call of the project. */
function calledBy(run: string): { named: string[]; files: string[] } {
	const named = [...run.matchAll(/\bnpm (?:run ([\w:-]+)|(test)\b)/g)].map(([, script, test]) => script ?? test ?? '');
	return { named, files: [...run.matchAll(/\.ci\/\w+/g)].map(([file]) => file) };
}

describe.each(workflows)('.github/workflows/$file', ({ text, workflow }) => {
	const jobs = Object.values(workflow.jobs);
	const steps = jobs.flatMap((job) => job.steps);

	it('pins every action to a commit, with its version', () => {
		const named = [...text.matchAll(/\buses: (.+)$/gm)].map(([, action = '']) => action);
		expect(named).toHaveLength(steps.filter(({ uses }) => uses !== undefined).length);
		expect(named.filter((action) => !PINNED.test(action))).toEqual([]);
	});

	it('has read permission only, except for the permissions of a job', () => {
		expect(workflow.permissions).toEqual({ contents: 'read' });
	});

	it('persists no credentials at checkout, and has no event that grants them to strangers', () => {
		const checkouts = steps.filter(({ uses = '' }) => uses.startsWith('actions/checkout@'));
		for (const step of checkouts) expect(step.with).toMatchObject({ 'persist-credentials': false });
		expect(Object.keys(workflow.on)).not.toEqual(expect.arrayContaining(['pull_request_target']));
	});

	it('puts no untrusted input into a command', () => {
		expect(steps.filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
	});

	it('has a timeout for each job', () => {
		for (const job of jobs) expect(job['timeout-minutes']).toBeGreaterThan(0);
	});

	it('calls only existing scripts and files', () => {
		const called = steps.map(({ run = '' }) => calledBy(run));
		expect(called.flatMap(({ named }) => named).filter((name) => !(name in scripts))).toEqual([]);
		expect(called.flatMap(({ files }) => files).filter((file) => !existsSync(join(projectRoot, file)))).toEqual([]);
	});
});

describe('GitHub', () => {
	it('grants write permission only to the jobs that publish and report vulnerabilities', () => {
		const more = workflows.flatMap(({ file, workflow }) =>
			Object.entries(workflow.jobs).flatMap(([job, { permissions = {} }]) =>
				Object.entries(permissions).flatMap(([what, level]) => (level === 'read' ? [] : [`${file} / ${job}: ${what}`])),
			),
		);
		expect(more.sort()).toEqual(['codeql.yml / analyze: security-events', 'publish.yml / publish: id-token']);
	});

	it('the publish job runs no code of the project', () => {
		const publish = workflows.find(({ file }) => file === 'publish.yml')?.workflow.jobs.publish;
		expect(publish?.steps.flatMap(({ run = [] }) => run)).toEqual(['npm publish ./*.tgz --provenance --access public']);
		expect(publish?.steps.filter(({ uses = '' }) => uses.startsWith('actions/checkout@'))).toEqual([]);
	});

	it('Dependabot updates npm packages and GitHub actions', () => {
		const { updates } = parse(read('dependabot.yml')) as { updates: Array<Record<string, unknown>> };
		expect(updates.map((update) => update['package-ecosystem'])).toEqual(['npm', 'github-actions']);
	});

	it.each(yamlFiles('ISSUE_TEMPLATE').filter((file) => file !== 'config.yml'))('the form %s is valid', (file) => {
		const { name, description, body } = parse(read(`ISSUE_TEMPLATE/${file}`)) as Record<string, unknown>;
		expect([name, description]).toEqual([expect.any(String), expect.any(String)]);
		expect(body).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'textarea' })]));
	});

	it('the bug form warns of secrets and asks for the needed details', () => {
		const form = read('ISSUE_TEMPLATE/bug.yml');
		const { body } = parse(form) as { body: Array<{ id?: string }> };
		expect(form).toContain('Paste no secrets.');
		expect(body.flatMap(({ id = [] }) => id)).toEqual(expect.arrayContaining(['n8n', 'node', 'operation', 'error']));
	});
});
