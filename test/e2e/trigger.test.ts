import { setTimeout as sleep } from 'node:timers/promises';
import type { Emulator } from '../emulator';
import { installPackage } from './installPackage';
import { makeUserFolder, type N8n, type N8nOptions, startMain } from './n8n';
import type { Credential } from './n8nClient';
import { lastLines } from './processes';
import { ensureRuntime } from './runtime';
import { addWorkflow } from './scene';
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

	test('a stream that ends while n8n is down becomes one clip of all of it', async () => {
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
