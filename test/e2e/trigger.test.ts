import { setTimeout as sleep } from 'node:timers/promises';
import type { Emulator } from '../emulator';
import { addWorkflow } from './harness';
import { installPackage } from './installPackage';
import { makeUserFolder, type N8n, type N8nOptions, startMain } from './n8n';
import type { Credential, Execution } from './n8nClient';
import { lastLines } from './processes';
import { ensureRuntime, isOlder } from './runtime';
import { emulated, type Service } from './service';

/** The first time, n8n is downloaded and installed. */
const START_MS = 900_000;
/** n8n polls at most once a minute. */
const POLL_WITHIN_MS = 150_000;
const TEST_MS = 600_000;

jest.setTimeout(TEST_MS);

describe('workflows/live-stream-ended-to-video.json in an n8n that crashes', () => {
	let service: Service & { emulator: Emulator };
	let options: N8nOptions;
	let main: N8n;
	let credential: Credential;
	const opened: Array<() => Promise<void> | void> = [];

	beforeAll(async () => {
		service = await emulated();
		opened.push(service.close);
		const runtime = await ensureRuntime((line) => process.stderr.write(`${line}\n`));
		const folder = await makeUserFolder();
		opened.push(() => folder.remove());
		await installPackage(folder.path);
		options = { runtime, userFolder: folder.path };
		main = await startMain(options);
		opened.push(() => main.stop());
		await main.client.setUpOwner();
		credential = await main.client.createCredential('Videograph', 'videographApi', service.credential);
	}, START_MS);

	afterAll(async () => {
		for (const close of opened.reverse()) await close();
	}, TEST_MS);

	async function until(what: string, happened: () => Promise<boolean> | boolean): Promise<void> {
		const deadline = Date.now() + POLL_WITHIN_MS;
		while (!(await happened())) {
			if (Date.now() > deadline) throw new Error(`${what} did not come. n8n's log:\n${lastLines(main.log(), 20)}`);
			await sleep(200);
		}
	}

	/** Waits for the trigger's next poll. */
	async function polled(): Promise<void> {
		const { requests } = service.emulator;
		const polls = (): number =>
			requests.filter(({ method, path }) => method === 'GET' && path === '/livestreams').length;
		const before = polls();
		await until('A poll', () => polls() > before);
	}

	test('creates one clip of the whole stream if it ends while n8n is down', async () => {
		const { emulator } = service;
		const { client } = main;
		const stream = emulator.addStream({ title: 'Derby' });
		const workflow = await addWorkflow({ n8n: main, credential }, { example: 'live-stream-ended-to-video' });
		await until('The first poll', () => emulator.requests.some(({ path }) => path === '/livestreams'));
		stream.startedAt = Date.now();
		const runs = async (): Promise<number> => (await client.executions(workflow)).length;
		await until('The execution that persists the start', async () => (await runs()) > 0);

		await main.kill();
		stream.endedAt = Date.now();
		const port = Number(new URL(main.url).port);
		main = await startMain({ ...options, port });
		const clips = (): Emulator['clips'] => emulator.clips.filter(({ streamUUID }) => streamUUID === stream.streamUUID);
		await until('The clip', () => clips().length > 0);
		await polled();
		await polled();

		expect(clips()).toEqual([
			expect.objectContaining({
				title: 'Derby (whole recording)',
				startTime: Math.floor(stream.startedAt / 1000),
				endTime: Math.ceil(stream.endedAt / 1000),
			}),
		]);
		expect(emulator.contractBreaks).toEqual([]);
	});
});

/** n8n stores the state of a trigger in its database after each poll, and runs the polls from a queue of jobs. */
const DURABLE_CURSORS = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};

(isOlder ? describe.skip : describe)('the Videograph Trigger with durable poll cursors', () => {
	const TRIGGER = 'Stream ended';
	let service: Service & { emulator: Emulator };
	let main: N8n;
	let credential: Credential;
	const opened: Array<() => Promise<void> | void> = [];

	beforeAll(async () => {
		service = await emulated();
		opened.push(service.close);
		const runtime = await ensureRuntime((line) => process.stderr.write(`${line}\n`));
		const folder = await makeUserFolder();
		opened.push(() => folder.remove());
		await installPackage(folder.path);
		main = await startMain({ runtime, userFolder: folder.path, env: DURABLE_CURSORS });
		opened.push(() => main.stop());
		await main.client.setUpOwner();
		credential = await main.client.createCredential('Videograph', 'videographApi', service.credential);
	}, START_MS);

	afterAll(async () => {
		for (const close of opened.reverse()) await close();
	}, TEST_MS);

	async function until(what: string, happened: () => Promise<boolean> | boolean): Promise<void> {
		const deadline = Date.now() + POLL_WITHIN_MS;
		while (!(await happened())) {
			if (Date.now() > deadline) throw new Error(`${what} did not come. n8n's log:\n${lastLines(main.log(), 20)}`);
			await sleep(200);
		}
	}

	test('ends a stream when it was last seen live, and shows polls that fail', async () => {
		const { emulator } = service;
		emulator.options.playlist = 'missing';
		const stream = emulator.addStream({ title: 'Derby', startedAt: Date.now() });
		const file = {
			name: 'A live stream has ended',
			nodes: [
				{
					id: TRIGGER,
					name: TRIGGER,
					type: 'n8n-nodes-videograph.videographTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] } },
					credentials: { [credential.type]: credential },
				},
				{ id: 'Done', name: 'Done', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [200, 0], parameters: {} },
			],
			connections: { [TRIGGER]: { main: [[{ node: 'Done', type: 'main', index: 0 }]] } },
			settings: {},
		};
		const workflow = await main.client.importWorkflow(file);
		const executions = async (status: string): Promise<Execution[]> =>
			(await main.client.executions(workflow)).filter((execution) => execution.status === status);
		const polls = (): number[] =>
			emulator.requests.filter(({ path }) => path === `/livestreams/${stream.streamUUID}`).map(({ at }) => at);
		await main.client.activate(workflow);
		await until('The first poll', () => polls().length > 0);
		await until('The second poll', () => polls().length > 1);
		const lastSeenMs = polls().at(-1) ?? 0;
		stream.endedAt = Date.now();
		await until('The end of the stream', async () => (await executions('success')).length > 0);

		const [execution] = await executions('success');
		const [item] = execution?.data.resultData.runData[TRIGGER]?.[0]?.data?.main[0] ?? [];
		expect(item?.json).toMatchObject({ event: 'livestreamEnded', streamId: stream.streamUUID, timesFrom: 'polls' });
		const endMs = Date.parse(String(item?.json.endTime));
		expect(Math.abs(endMs - lastSeenMs)).toBeLessThan(5000);

		emulator.failNext({ path: /^\/livestreams\/.+/, times: Infinity, answer: { status: 403 } });
		await until('The poll that fails', async () => (await executions('error')).length > 0);
		expect(emulator.contractBreaks).toEqual([]);
	});
});
