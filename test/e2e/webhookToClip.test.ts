import { setTimeout as sleep } from 'node:timers/promises';
import { Videograph } from '../../nodes/Videograph/Videograph.node';
import { VideographTrigger } from '../../nodes/Videograph/VideographTrigger.node';
import type { Emulator } from '../emulator';
import { addWorkflow, goal, type Harness, openHarness, VIDEOGRAPH_NODE } from './harness';
import type { Item, WebhookAnswer, Workflow } from './n8nClient';
import { refuseStoredSecrets } from './noSecrets';
import { isOlder } from './runtime';
import { emulated, type Service } from './service';

/** The first time, n8n is downloaded and installed. */
const START_MS = 900_000;
/** One test: a few requests to n8n, the first of which may have to wait for the webhook to appear. */
const TEST_MS = 60_000;

jest.setTimeout(TEST_MS);

describe('workflows/webhook-to-clip.json in a real n8n', () => {
	let service: Service & { emulator: Emulator };
	let harness: Harness;
	let workflow: Workflow;
	let clip: WebhookAnswer;
	let sent: ReturnType<typeof goal> & { tags: string[] };
	const opened: Array<() => Promise<void>> = [];

	beforeAll(async () => {
		service = await emulated();
		opened.push(service.close);
		const log = (line: string): boolean => process.stderr.write(`${line}\n`);
		harness = await openHarness(service, log, { N8N_LOG_LEVEL: 'debug' });
		opened.push(harness.n8n.stop);
		workflow = await addWorkflow(harness);
		sent = { ...goal(service.streamId), tags: ['goal', 'home'] };
		clip = await harness.n8n.client.callWebhook('goal', sent);
	}, START_MS);

	afterAll(async () => {
		for (const close of opened.reverse()) await close();
	}, TEST_MS);

	test('n8n has the node, and the node as a tool, under their public names', async () => {
		const names = await harness.n8n.client.nodeTypeNames();

		expect(names.filter((name) => name.startsWith('n8n-nodes-videograph.'))).toEqual(
			expect.arrayContaining([VIDEOGRAPH_NODE, `${VIDEOGRAPH_NODE}Tool`]),
		);
		expect(names.filter((name) => name.startsWith('CUSTOM.'))).toEqual([]);
	});

	test('n8n has the hints for its AI builder, and the nodes that they relate', async () => {
		const types = await harness.n8n.client.nodeTypes();

		for (const { description } of [new Videograph(), new VideographTrigger()]) {
			const served = types.find(({ name }) => name === `n8n-nodes-videograph.${description.name}`);
			expect(hintsIn(served)).toEqual(hintsIn(description));
			expect(hintsIn(served).length).toBeGreaterThan(0);
			const related = served?.builderHint?.relatedNodes?.map(({ nodeType }) => nodeType) ?? [];
			expect(related.filter((type) => !types.some(({ name }) => name === type))).toEqual([]);
		}
	});

	test('the credential test distinguishes a right secret from a wrong one', async () => {
		const { client } = harness.n8n;

		expect(await client.testCredential(harness.credential, service.credential)).toMatchObject({ status: 'OK' });
		const wrong = { ...service.credential, secretKey: 'wrong' };
		expect(await client.testCredential(harness.credential, wrong)).toMatchObject({
			status: 'Error',
			// Older versions have words of their own for HTTP 401.
			message: expect.stringMatching(isOlder ? /Authorization failed/ : /do not match/) as string,
		});
	});

	test('returns the clip as one flat object to the caller', () => {
		const { streamId, title, startTime, endTime } = sent;

		expect(clip).toEqual({
			status: 200,
			body: {
				clipId: expect.stringMatching(/^[\w-]+$/) as string,
				contentId: service.emulator.clips[0]?.contentUUID,
				streamId,
				title,
				status: 'processing',
				startTime,
				endTime,
				duration: 30,
				playbackUrl: null,
				embedUrl: expect.stringContaining(service.emulator.clips[0]?.contentUUID ?? '?') as string,
				thumbnailUrl: null,
				created: true,
			},
		});
	});

	test('sends one request for the clip, with whole epoch seconds', () => {
		expect(clipRequests(sent.title)).toEqual([
			{
				title: sent.title,
				tags: sent.tags,
				metadata: [{ key: 'n8n_clip_ref', value: expect.any(String) as string }],
				startTime: Date.parse(sent.startTime) / 1000,
				endTime: Date.parse(sent.endTime) / 1000,
			},
		]);
		expect(service.emulator.contractBreaks).toEqual([]);
	});

	test("reads a time without a zone in the workflow's time zone", async () => {
		await addWorkflow(harness, { path: 'goal-in-kolkata', settings: { timezone: 'Asia/Kolkata' } });
		const inKolkata = (time: string): string =>
			new Date(Date.parse(time) + 5.5 * 60 * 60 * 1000).toISOString().slice(0, 19);
		const { startTime, endTime } = sent;
		const local = { startTime: inKolkata(startTime), endTime: inKolkata(endTime) };

		const answer = await harness.n8n.client.callWebhook('goal-in-kolkata', { ...sent, ...local, title: 'Local time' });

		expect(answer).toMatchObject({ status: 200, body: { startTime, endTime } });
		expect(clipRequests('Local time')).toHaveLength(1);
	});

	test("responds with HTTP 422 and the API's own words if Videograph rejects the clip", async () => {
		const streamId = '00000000-0000-4000-8000-000000000000';

		const answer = await harness.n8n.client.callWebhook('goal', { ...sent, streamId, title: 'Wrong stream' });

		expect(answer).toEqual({
			status: 422,
			body: { error: expect.stringContaining(`Live stream ${streamId} not found`) as string },
		});
	});

	test('pairs the clip with the call in the stored execution', async () => {
		expect(await storedRun(sent.title)).toMatchObject({ json: clip.body as object, pairedItem: { item: 0 } });
	});

	test('stores and logs no secret', async () => {
		expect(harness.n8n.log()).toContain(workflow.id);
		await expect(refuseStoredSecrets(harness, service, 3)).resolves.toBeUndefined();
	});

	/** Bodies of the requests to create a clip of this title. */
	function clipRequests(title: string): unknown[] {
		const posted = service.emulator.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/clips'));
		return posted.map(({ body }) => body).filter((body) => (body as { title: string }).title === title);
	}

	/** The output of the Videograph node in the stored execution that created a clip of this title. */
	async function storedRun(title: string): Promise<Item> {
		for (;;) {
			const runs = await harness.n8n.client.executions(workflow);
			const items = runs.map(({ data }) => data.resultData.runData['Create clip']?.[0]?.data?.main[0]?.[0]);
			const item = items.find((candidate) => candidate?.json.title === title);
			if (item) return item;
			// n8n responds to the caller before it stores the execution. Jest ends this loop at the test's timeout.
			await sleep(200);
		}
	}
});

/** All hints in a value, at any depth. */
function hintsIn(value: unknown): unknown[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) =>
		key === 'builderHint' ? [inner] : hintsIn(inner),
	);
}
