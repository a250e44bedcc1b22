import type { Emulator } from '../emulator';
import { addWorkflow, type Harness, openHarness } from './harness';
import { installPackage } from './installPackage';
import { makeUserFolder, type N8n, type N8nOptions, startMain } from './n8n';
import type { Credential, Execution } from './n8nClient';
import { ensureRuntime, isOlder } from './runtime';
import { emulated, type Service } from './service';
import { streamEndedWorkflow, TRIGGER, untilPoll } from './triggerWorkflow';

/** The first time, n8n is downloaded and installed. */
const START_MS = 900_000;
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

	const until = async (what: string, happened: () => Promise<boolean> | boolean): Promise<void> =>
		await untilPoll(main, what, happened);

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
	let service: Service & { emulator: Emulator };
	let harness: Harness;

	beforeAll(async () => {
		service = await emulated();
		harness = await openHarness(service, (line) => process.stderr.write(`${line}\n`), DURABLE_CURSORS);
	}, START_MS);

	afterAll(async () => {
		await harness.n8n.stop();
		await service.close();
	}, TEST_MS);

	test('ends a stream when it was last seen live, and shows polls that fail', async () => {
		const { emulator } = service;
		const { n8n, credential } = harness;
		const until = async (what: string, happened: () => Promise<boolean> | boolean): Promise<void> =>
			await untilPoll(n8n, what, happened);
		emulator.options.playlist = 'missing';
		const stream = emulator.addStream({ title: 'Derby', startedAt: Date.now() });
		const workflow = await n8n.client.importWorkflow(streamEndedWorkflow(credential));
		const executions = async (status: string): Promise<Execution[]> =>
			(await n8n.client.executions(workflow)).filter((execution) => execution.status === status);
		const polls = (): number[] =>
			emulator.requests.filter(({ path }) => path === `/livestreams/${stream.streamUUID}`).map(({ at }) => at);
		await n8n.client.activate(workflow);
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
