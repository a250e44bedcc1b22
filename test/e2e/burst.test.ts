import type { Emulator } from '../emulator';
import { callAtOnce } from './burst';
import { eventually } from './eventually';
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
	async function burst(path: string, name: string, count: number, { emulator, streamId } = service) {
		const started = Date.now();
		const bodies = Array.from({ length: count }, (_, call) => ({ ...goal(streamId), title: `${name} ${call}` }));
		const { answers, seconds } = await callAtOnce(harness.n8n.client, path, bodies);
		const titles = emulator.clips.map(({ title }) => title).filter((title) => title.startsWith(`${name} `));
		const figures = {
			failed: answers.filter(({ status }) => status !== 200).length,
			clips: titles.length,
			different: new Set(titles).size,
		};
		const requests = emulator.requests.filter(({ at }) => at >= started);
		process.stderr.write(
			`  ${name}: ${JSON.stringify(figures)}, ${requests.length} requests, ${Math.max(...seconds).toFixed(1)} s\n`,
		);
		return { figures, requests, answers };
	}

	/** Does something while calls wait for the rate limit. @returns its result, or `limited` if those calls ended first */
	async function whileLimited<Result>(name: string, act: () => Promise<Result>): Promise<Result | 'limited'> {
		const { emulator } = service;
		const started = Date.now();
		// A rate that is already known may cause no refusal, so that nothing would wait.
		emulator.options.rateLimit = { perSecond: 0, retryAfter: 10 };
		const limited = burst('goal', name, 10);
		await eventually('a refused request', () =>
			emulator.requests.find(({ at, status }) => at >= started && status === 429),
		);
		emulator.options.rateLimit = { perSecond: 5, retryAfter: 1 };
		const first = await Promise.race([limited.then(() => 'limited' as const), act()]);
		expect((await limited).figures).toEqual({ failed: 0, clips: 10, different: 10 });
		return first;
	}

	test.each([
		['with Retry-After', { perSecond: 10, retryAfter: 1 }],
		['without Retry-After', { perSecond: 10, retryAfter: undefined }],
		['counting refused requests', { perSecond: 10, retryAfter: 1, countsRefused: true }],
	])('at a limit of 10 requests per second %s: each creates its clip', async (name, rateLimit) => {
		service.emulator.options.rateLimit = rateLimit;
		const { figures, requests } = await burst('goal', name, CALLS);
		expect(figures).toEqual({ failed: 0, clips: CALLS, different: CALLS });
		expect(requests.length).toBeLessThanOrEqual(3 * CALLS);
	});

	test('that wait until their clips are ready share their polls', async () => {
		service.emulator.options.rateLimit = undefined;
		const { figures, requests, answers } = await burst('goal-ready', 'waiting', 50);
		expect(figures).toEqual({ failed: 0, clips: 50, different: 50 });
		expect(answers.map(({ body }) => (body as { status: string }).status)).toEqual(answers.map(() => 'ready'));
		// Here it depends on the speed of the machine how many of them are ready in the same round.
		expect(requests.length).toBeLessThanOrEqual(3 * 50);
	});

	test('with a wrong secret do not wait for the rate limit of others, nor does the test of credentials', async () => {
		const { client } = harness.n8n;
		const wrong = { ...service.credential, secretKey: 'wrong' };
		const credential = await client.createCredential('Wrong secret', 'videographApi', wrong);
		await addWorkflow({ n8n: harness.n8n, credential }, { path: 'goal-wrong' });
		await client.callWebhook('goal-wrong', goal(service.streamId));
		const act = async () => [
			await client.callWebhook('goal-wrong', goal(service.streamId)),
			await client.testCredential(harness.credential, service.credential),
		];
		expect(await whileLimited('beside a wrong secret', act)).toMatchObject([
			{ status: 422, body: { error: 'Unauthorized' } },
			{},
		]);
	});

	test.each(['token', 'Base URL'])('with another %s do not wait for the rate limit', async (what) => {
		const { accessTokenId, secretKey } = service.credential;
		const api = what === 'token' ? service : await emulated();
		if (api !== service) opened.push(api.close);
		const other = what === 'token' ? { accessTokenId: 'other', secretKey } : { accessTokenId, secretKey };
		Object.assign(api.emulator.options, { otherAccounts: [other], createAnswer: 'clipUUID', rateLimit: undefined });
		const data = { ...other, baseUrl: api.credential.baseUrl };
		const credential = await harness.n8n.client.createCredential(`Another ${what}`, 'videographApi', data);
		const path = `goal-${what.slice(0, 4)}`;
		await addWorkflow({ n8n: harness.n8n, credential }, { path });
		/** What the account sends for two calls. */
		const requestsOf = async (name: string) => {
			const { figures, requests } = await burst(path, name, 2, api);
			expect(figures).toEqual({ failed: 0, clips: 2, different: 2 });
			const own = requests.filter(({ account }) => account === other.accessTokenId);
			return own.map(({ method, status }) => ({ method, status }));
		};
		const alone = await requestsOf(`alone, another ${what}`);
		expect(alone.length).toBeGreaterThanOrEqual(2);
		const act = async () => await requestsOf(`another ${what}`);
		expect(await whileLimited(`beside another ${what}`, act)).toEqual(alone);
	});

	test('of which 20 are stopped: the others create their clips, and the stopped ones retain the IDs of theirs', async () => {
		const { client } = harness.n8n;
		const { emulator, streamId } = service;
		const path = 'goal-stopped';
		const nodes = { 'Create clip': { parameters: { waitUntilReady: true } } };
		const workflow = await addWorkflow(harness, { path, nodes });
		await client.callWebhook(path, { ...goal(streamId), title: 'Warm-up' });
		Object.assign(emulator.options, { readyAfterMs: 30_000, rateLimit: { perSecond: 10, retryAfter: 1 } });
		const clips = () => emulator.clips.filter(({ title }) => title.startsWith('half '));
		const calls = burst(path, 'half', CALLS);

		// Ten that wait until their clips are ready, and ten that wait for the rate limit.
		const stopped = await eventually('both kinds of executions', async () => {
			const running = (await client.runningExecutions(workflow)).map(({ id, data }) => ({ id, title: titleOf(data) }));
			const created = clips().map(({ title }) => title);
			const waiting = running.filter(({ title }) => !created.includes(title)).slice(0, 10);
			const polling = running.filter(({ title }) => created.slice(0, 10).includes(title));
			return created.length >= 40 && waiting.length === 10 && polling.length === 10
				? [...polling, ...waiting]
				: undefined;
		});
		await Promise.all(stopped.map(async ({ id }) => client.stop(id)));
		const { answers } = await calls;

		const isStopped = (title: string) => stopped.some((one) => one.title === title);
		const idOf = new Map(clips().map(({ title, clipUUID }) => [title, clipUUID]));
		const titles = answers.map((_, call) => `half ${call}`);
		expect(clips()).toHaveLength(idOf.size);
		expect(titles.map((title, call) => (isStopped(title) ? '' : answers[call]?.body))).toMatchObject(
			titles.map((title) => (isStopped(title) ? '' : { clipId: idOf.get(title), status: 'ready' })),
		);
		expect(new Set(titles.filter((title) => !isStopped(title)).map((title) => idOf.get(title))).size).toBe(80);
		// n8n saves custom data after it has ended an execution.
		const created = stopped.filter(({ title }) => idOf.has(title));
		const saved = await eventually('the custom data', async () => {
			const ids = new Set(stopped.map(({ id }) => id));
			const executions = (await client.executions(workflow)).filter(({ id }) => ids.has(id));
			const withData = executions.filter(({ customData }) => Object.keys(customData).length > 0);
			return withData.length === created.length ? executions : undefined;
		});
		expect(saved.map(({ status }) => status)).toEqual(stopped.map(() => 'canceled'));
		expect(created.length).toBeGreaterThanOrEqual(10);
		const expected = stopped.map(({ id, title }) => [id, idOf.get(title)]);
		const savedIds = new Map(saved.map(({ id, customData }) => [id, customData.videographCreated]));
		expect(stopped.map(({ id }) => [id, savedIds.get(id)])).toEqual(expected);
		const lines = harness.n8n
			.log()
			.matchAll(/Execution (\d+) was stopped. Videograph had already created clipId: \["(.*?)"\]/g);
		const logged = new Map([...lines].map(([, id, clipId]) => [id, clipId]));
		expect(stopped.map(({ id }) => [id, logged.get(id)])).toEqual(expected);
	});
});

/** The title in the call of a webhook, from the data of its execution. */
function titleOf(data: object): string {
	return /"title":"(.*?)"/.exec(JSON.stringify(data))?.[1] ?? '';
}
