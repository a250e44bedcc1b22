import type { Emulator } from '../emulator';
import { callAtOnce } from './burst';
import { addWorkflow, goal, type Harness, openHarness } from './harness';
import { emulated, type Service } from './service';

/** The first time, n8n is downloaded and installed. */
const START_MS = 900_000;
const TEST_MS = 300_000;
const CALLS = 100;

jest.setTimeout(TEST_MS);

describe('many webhook calls at once in a real n8n', () => {
	let service: Service & { emulator: Emulator };
	let harness: Harness;
	const opened: Array<() => Promise<void>> = [];

	beforeAll(async () => {
		service = await emulated();
		service.emulator.options.createAnswer = 'clipUUID';
		opened.push(service.close);
		harness = await openHarness(service, (line) => process.stderr.write(`${line}\n`));
		opened.push(harness.n8n.stop);
		await addWorkflow(harness);
		await addWorkflow(harness, {
			path: 'goal-ready',
			nodes: { 'Create clip': { parameters: { waitUntilReady: true } } },
		});
		for (const path of ['goal', 'goal-ready']) {
			const answer = await harness.n8n.client.callWebhook(path, { ...goal(service.streamId), title: 'Warm-up' });
			if (answer.status !== 200) throw new Error(`the webhook ${path} answered ${answer.status}`);
		}
	}, START_MS);

	afterAll(async () => {
		for (const close of opened.reverse()) await close();
	}, START_MS);

	/** Calls a webhook once per title, all at once. */
	async function burst(path: string, name: string, count: number) {
		const { emulator, streamId } = service;
		const requestsBefore = emulator.requests.length;
		const bodies = Array.from({ length: count }, (_, call) => ({ ...goal(streamId), title: `${name} ${call}` }));
		const { answers, seconds } = await callAtOnce(harness.n8n.client, path, bodies);
		const titles = emulator.clips.map(({ title }) => title).filter((title) => title.startsWith(`${name} `));
		const figures = {
			failed: answers.filter(({ status }) => status !== 200).length,
			clips: titles.length,
			different: new Set(titles).size,
		};
		const requests = emulator.requests.length - requestsBefore;
		process.stderr.write(
			`  ${name}: ${JSON.stringify(figures)}, ${requests} requests, ${Math.max(...seconds).toFixed(1)} s\n`,
		);
		return { figures, requests, answers };
	}

	test.each([
		['with Retry-After', { perSecond: 10, retryAfter: 1 }],
		['without Retry-After', { perSecond: 10, retryAfter: undefined }],
		['counting refused requests', { perSecond: 10, retryAfter: 1, countsRefused: true }],
	])('at a limit of 10 requests per second %s: each creates its clip', async (name, rateLimit) => {
		service.emulator.options.rateLimit = rateLimit;
		const { figures, requests } = await burst('goal', name, CALLS);
		expect(figures).toEqual({ failed: 0, clips: CALLS, different: CALLS });
		expect(requests).toBeLessThanOrEqual(3 * CALLS);
	});

	test('that wait until their clips are ready share their polls', async () => {
		service.emulator.options.rateLimit = undefined;
		const { figures, requests, answers } = await burst('goal-ready', 'waiting', 50);
		expect(figures).toEqual({ failed: 0, clips: 50, different: 50 });
		expect(answers.map(({ body }) => (body as { status: string }).status)).toEqual(answers.map(() => 'ready'));
		// Here it depends on the speed of the machine how many of them are ready in the same round.
		expect(requests).toBeLessThanOrEqual(3 * 50);
	});

	test('with a wrong secret do not wait for the rate limit of others, nor does the test of credentials', async () => {
		const { client } = harness.n8n;
		const wrong = { ...service.credential, secretKey: 'wrong' };
		const credential = await client.createCredential('Wrong secret', 'videographApi', wrong);
		await addWorkflow({ n8n: harness.n8n, credential }, { path: 'goal-wrong' });
		await client.callWebhook('goal-wrong', goal(service.streamId));
		service.emulator.options.rateLimit = { perSecond: 1, retryAfter: 20 };
		const limited = burst('goal', 'limited', 3);
		const first = await Promise.race([
			limited.then(() => 'limited'),
			client.callWebhook('goal-wrong', goal(service.streamId)),
		]);
		expect(first).toMatchObject({ status: 422 });
		const tested = client.testCredential(harness.credential, service.credential).then(() => 'tested');
		expect(await Promise.race([limited.then(() => 'limited'), tested])).toBe('tested');
		expect((await limited).figures).toEqual({ failed: 0, clips: 3, different: 3 });
	});
});
