import type { Emulator, Stream } from '../emulator';
import { eventually } from './eventually';
import { addWorkflow, goal, type Harness, openHarness } from './harness';
import type { Execution, Workflow } from './n8nClient';
import { isOlder } from './runtime';
import { emulated, type Service } from './service';

/** The first time, n8n is downloaded and installed. */
const START_MS = 900_000;
/** One test: a few requests to n8n, the first of which may have to wait for the webhook to appear. */
const TEST_MS = 60_000;
/** The triggers poll once a minute. */
const POLLED_MS = 150_000;
const HOUR_MS = 60 * 60_000;

jest.setTimeout(TEST_MS);

describe('the examples of workflows/ in a real n8n', () => {
	let service: Service & { emulator: Emulator };
	let emulator: Emulator;
	let harness: Harness;
	let live: Stream;
	let old: Stream;
	let ended: Workflow;
	const opened: Array<() => Promise<void>> = [];

	/** Epoch milliseconds, whole seconds. */
	const now = Math.floor(Date.now() / 1000) * 1000;
	const iso = (ms: number): string => new Date(ms).toISOString();
	const echo = (): string => `${emulator.url}/echo`;
	const to = (url: string) => ({ parameters: { url } });
	const page = (name: string): string => `${emulator.url}/pages/${name}`;
	/** What came to the chat. */
	const told = (): string[] => emulator.echoed.flatMap((body) => (body as { text?: string }).text ?? []);
	const clipsOf = (streamId: string): Emulator['clips'] =>
		emulator.clips.filter(({ streamUUID }) => streamUUID === streamId);

	beforeAll(async () => {
		service = await emulated();
		opened.push(service.close);
		({ emulator } = service);
		live = emulator.addStream({ title: 'Evening show', startedAt: now - HOUR_MS });
		// It has an hour and a half left.
		old = emulator.addStream({ title: 'Long night', startedAt: now - 10.5 * HOUR_MS });
		harness = await openHarness(service, (line) => process.stderr.write(`${line}\n`));
		opened.push(harness.n8n.stop);
		// These poll once a minute, so they start first. They emit nothing for what exists before their first poll.
		const looked = (path: string) =>
			emulator.requests.some((request) => request.method === 'GET' && request.path === path);
		ended = await addWorkflow(harness, { example: 'live-stream-ended-to-video' });
		await eventually('the first look at the streams', () => looked('/livestreams') || undefined);
		await addWorkflow(harness, { example: 'recording-expires-archive', nodes: { 'Notify chat': to(echo()) } });
	}, START_MS);

	afterAll(async () => {
		for (const close of opened.reverse()) await close();
	}, TEST_MS);

	describe('goal-to-chat.json', () => {
		const call = (path: string, body: object) => harness.n8n.client.callWebhook(path, body);

		test('creates a clip of the last 30 seconds, notifies the chat, and responds with the clip', async () => {
			await addWorkflow(harness, { example: 'goal-to-chat', nodes: { 'Notify chat': to(echo()) } });

			const answer = await call('goal-to-chat', { streamId: service.streamId, title: 'Goal 1:0' });

			const [clip] = clipsOf(service.streamId);
			const playbackUrl = `${emulator.url}/hls/${clip?.contentUUID ?? '?'}/master.m3u8`;
			expect(answer).toMatchObject({
				status: 200,
				body: { clip: { title: 'Goal 1:0', status: 'ready', duration: 30, playbackUrl }, chatNotified: true },
			});
			expect(Math.abs((clip?.endTime ?? 0) * 1000 - Date.now())).toBeLessThan(TEST_MS);
			const [message, ...more] = told().filter((text) => text.includes('Goal 1:0'));
			expect(message).toMatch(/^Goal 1:0\nWatch: https:\S+\nHLS: http:\S+$/);
			expect(message).toContain(playbackUrl);
			expect(more).toEqual([]);
		});

		test('responds with the reason after a rejection, and does not notify the chat', async () => {
			const answer = await call('goal-to-chat', { streamId: 'gone', title: 'Goal 2:0' });

			expect(answer).toEqual({ status: 422, body: { error: expect.stringContaining('Live stream gone not found') } });
			expect(told().filter((text) => text.includes('Goal 2:0'))).toEqual([]);
		});

		test('creates the clip even if the chat is unreachable', async () => {
			const nodes = { 'Notify chat': to(`${emulator.url}/nothing-here`) };
			await addWorkflow(harness, { example: 'goal-to-chat', path: 'goal-without-chat', nodes });

			const answer = await call('goal-without-chat', { streamId: service.streamId, title: 'Goal 3:0' });

			expect(answer).toMatchObject({
				status: 200,
				body: { clip: { title: 'Goal 3:0', status: 'ready' }, chatNotified: false },
			});
		});
	});

	test('instant-events.json: a clip that is ready comes to the end once when Videograph calls three times at once', async () => {
		emulator.addVideo({ title: 'Instant goal of last week', createdAt: now - 7 * 24 * HOUR_MS });
		// Only the first history is stored atomically: it must exist before the three calls.
		emulator.addVideo({ title: 'Interview' });
		const events = await addWorkflow(harness, { example: 'instant-events', nodes: { 'Notify chat': to(echo()) } });
		const call = () => harness.n8n.client.callWebhook('videograph-events', { event: 'unknown', contentId: 'forged' });
		const ended = (count: number) =>
			eventually(`${count} executions`, async () => {
				const runs = await harness.n8n.client.executions(events);
				return runs.length >= count && runs.every(({ status }) => status === 'success') ? runs : undefined;
			});
		const messages = () => told().filter((text) => text.startsWith('Instant goal'));
		await addWorkflow(harness, { path: 'goal-for-events' });
		const { readyAfterMs } = emulator.options;
		emulator.options.readyAfterMs = Infinity;
		const clip = { ...goal(service.streamId), title: 'Instant goal' };
		await harness.n8n.client.callWebhook('goal-for-events', clip);
		await call();
		await ended(1);
		expect(messages()).toEqual([]);
		emulator.options.readyAfterMs = readyAfterMs;
		const created = clipsOf(service.streamId).find(({ title }) => title === clip.title);
		await eventually('the ready clip', () => Date.now() > (created?.createdAt ?? Infinity) + readyAfterMs || undefined);

		const calledAt = Date.now();
		const answers = await Promise.all([call(), call(), call()]);
		await eventually('the message', () => messages()[0]);
		process.stderr.write(`instant-events: ${Date.now() - calledAt} ms from the call to the end\n`);

		expect(answers).toEqual(Array(3).fill({ status: 200, body: { message: 'Workflow was started' } }));
		await ended(4);
		expect(messages()).toEqual([expect.stringContaining(`Instant goal is ready\nWatch: https:`)]);
	});

	test('sheet-to-clips.json: creates a clip per row, and the report lists the failed rows', async () => {
		const row = (title: string, start: number, tags = '') => ({
			title,
			start: iso(start),
			end: iso(start + 30_000),
			tags,
		});
		const rows = [
			row('Kick-off', now - 50 * 60_000),
			row('Arrival', now - 2 * HOUR_MS),
			{ title: 'Corner', start: 'soon', end: 'later' },
			row('Final whistle', now - 10 * 60_000, 'end, show'),
		];
		emulator.pages.set('table', { contentType: 'application/json', body: JSON.stringify(rows) });
		const stream = emulator.addStream({ title: 'Derby with a table', startedAt: now - HOUR_MS });
		const workflow = await addWorkflow(harness, {
			example: 'sheet-to-clips',
			active: false,
			nodes: {
				// In the place of Google Sheets, which gives the same items.
				Rows: { type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, ...to(page('table')) },
				'Create clip': { parameters: { streamId: { __rl: true, mode: 'list', value: stream.streamUUID } } },
				'Notify chat': to(echo()),
			},
		});
		const start = "When clicking 'Execute workflow'";

		const first = await harness.n8n.client.run(workflow, start);

		expect(itemsOf(first, 'Report')).toEqual([
			{
				created: 2,
				existing: 0,
				failed: 2,
				text: expect.stringMatching(
					/^2 of 4 clips exist\.\nFailed: Arrival \(The range is outside the recording.*\)\nFailed: Corner \(Start Time: "soon" .*\)$/,
				),
				rows: [
					expect.objectContaining({
						title: 'Kick-off',
						result: 'created',
						reason: '',
						clipId: expect.stringMatching(/\w/),
					}),
					expect.objectContaining({ title: 'Arrival', result: 'failed', clipId: '' }),
					expect.objectContaining({ title: 'Corner', result: 'failed', clipId: '' }),
					expect.objectContaining({
						title: 'Final whistle',
						result: 'created',
						reason: '',
						clipId: expect.stringMatching(/\w/),
					}),
				],
			},
		]);
		expect(told()).toContain(itemsOf(first, 'Report')[0]?.text);
		expect(
			clipsOf(stream.streamUUID)
				.map(({ title, tags }) => ({ title, tags }))
				.sort((a, b) => a.title.localeCompare(b.title)),
		).toEqual([
			{ title: 'Final whistle', tags: ['end', 'show'] },
			{ title: 'Kick-off', tags: undefined },
		]);

		const second = await harness.n8n.client.run(workflow, start);

		expect(itemsOf(second, 'Report')).toMatchObject([{ created: 0, existing: 2, failed: 2 }]);
		expect(clipsOf(stream.streamUUID)).toHaveLength(2);
	});

	test('rss-to-video.json: creates a video of each new entry that has one, once', async () => {
		const entry = (id: string, type: string): string => `<item><title>Episode ${id}</title><guid>${id}</guid>
			<description>About ${id}</description><enclosure url="https://media.example/${id}.mp4" type="${type}" length="1"/></item>`;
		const publish = (...entries: string[]): void => {
			const body = `<?xml version="1.0"?><rss version="2.0"><channel><title>Podcast</title>${entries.join('')}</channel></rss>`;
			emulator.pages.set('feed.xml', { contentType: 'application/rss+xml', body });
		};
		const feed = [entry('two', 'video/mp4'), entry('sound', 'audio/mpeg'), entry('one', 'video/mp4')];
		publish(...feed);
		const nodes = { 'Read feed': to(page('feed.xml')) };
		const workflow = await addWorkflow(harness, { example: 'rss-to-video', nodes });
		const made = (): string[] =>
			emulator.videos
				.map(({ title }) => title)
				.filter((title) => title.startsWith('Episode'))
				.sort();

		expect(itemsOf(await harness.n8n.client.run(workflow, 'Every hour'), 'Create video')).toMatchObject([
			{ title: 'Episode two', status: 'processing' },
			{ title: 'Episode one', status: 'processing' },
		]);
		expect(made()).toEqual(['Episode one', 'Episode two']);
		expect(emulator.videos.find(({ title }) => title === 'Episode one')).toMatchObject({
			description: 'About one',
			metadata: [{ key: 'rss_guid', value: 'one' }],
			request: { content: [{ url: 'https://media.example/one.mp4' }] },
		});

		await harness.n8n.client.run(workflow, 'Every hour');
		expect(made()).toEqual(['Episode one', 'Episode two']);

		publish(entry('three', 'video/mp4'), ...feed);
		await harness.n8n.client.run(workflow, 'Every hour');
		expect(made()).toEqual(['Episode one', 'Episode three', 'Episode two']);

		publish(entry('four', 'video/mp4'), entry('five', 'video/mp4').replace('https:', 'gopher:'), ...feed);
		const failed = await harness.n8n.client.run(workflow, 'Every hour');
		expect(failed.data.resultData.error?.message).toMatch(/^Episode five: URL: .*is not a valid URL$/);
		expect(made()).toContain('Episode four');
	});

	describe('ai-agent-clips.json', () => {
		let workflow: Workflow;
		const ask = (chatInput: string): Promise<Execution> =>
			harness.n8n.client.run(workflow, 'When chat message received', {
				action: 'sendMessage',
				sessionId: 'test',
				chatInput,
			});

		beforeAll(async () => {
			const login = { apiKey: 'for-the-test', url: `${emulator.url}/v1` };
			const model = await harness.n8n.client.createCredential('Chat model', 'openAiApi', login);
			const nodes = { 'OpenAI Chat Model': { credentials: { openAiApi: model } } };
			workflow = await addWorkflow(harness, { example: 'ai-agent-clips', active: false, nodes });
		}, TEST_MS);

		test('the agent finds live streams, without those that are not recorded', async () => {
			const run = await ask('List_live_streams {}');

			expect(itemsOf(run, 'AI Agent')).toEqual([{ output: expect.stringContaining(live.streamUUID) }]);
			expect(itemsOf(run, 'AI Agent')).toEqual([{ output: expect.not.stringContaining('not recorded') }]);
		});

		test('the agent creates the requested clip, once', async () => {
			const moments = { startTime: iso(now - 20 * 60_000), endTime: iso(now - 19 * 60_000) };
			const order = `Create_clip ${JSON.stringify({ streamId: live.streamUUID, title: 'Goal by Ada', ...moments })}`;

			const run = await ask(order);
			await ask(order);

			expect(clipsOf(live.streamUUID)).toMatchObject([
				{ title: 'Goal by Ada', startTime: now / 1000 - 20 * 60, endTime: now / 1000 - 19 * 60 },
			]);
			expect(itemsOf(run, 'AI Agent')).toEqual([
				{ output: expect.stringMatching(/^The tool says: .*Goal by Ada.*ready/s) },
			]);
		});

		test('the model gets the current time and the description of each tool', () => {
			const { messages, tools } = emulator.chats[0] ?? { messages: [], tools: [] };

			expect(messages[0]?.content).toMatch(/It is now \d{4}-\d\d-\d\dT/);
			const named = tools.map(({ function: { name, parameters } }) => [name, parameters.required ?? []]);
			expect(Object.fromEntries(named)).toEqual({
				List_live_streams: [],
				Create_clip: ['streamId', 'title', 'startTime', 'endTime'],
			});
		});

		test('the agent reads the reason of a rejected clip', async () => {
			const moments = { startTime: iso(now - 3 * HOUR_MS), endTime: iso(now - 2 * HOUR_MS) };

			const run = await ask(
				`Create_clip ${JSON.stringify({ streamId: live.streamUUID, title: 'Too early', ...moments })}`,
			);

			// In older versions an error of a tool ends the agent.
			const told = isOlder ? [{ output: run.data.resultData.error?.message }] : itemsOf(run, 'AI Agent');
			expect(told).toEqual([{ output: expect.stringContaining('The range is outside the recording') }]);
		});
	});

	test('failed-clip-report.json: the chat gets the failed node, the workflow, the reason and the advice', async () => {
		const report = await addWorkflow(harness, {
			example: 'failed-clip-report',
			nodes: { 'Notify chat': to(echo()) },
		});
		const failing = await addWorkflow(harness, {
			path: 'fails',
			settings: { errorWorkflow: report.id },
			nodes: { 'Create clip': { onError: 'stopWorkflow' } },
		});

		await harness.n8n.client.callWebhook('fails', { ...goal(service.streamId), streamId: 'gone' });

		const message = await eventually('the message', () =>
			told().find((text) => text.startsWith('Failed: Videograph: webhook to clip')),
		);
		const [execution] = await harness.n8n.client.executions(failing);
		expect(message.split('\n')).toEqual([
			'Failed: Videograph: webhook to clip',
			'Node: Create clip',
			expect.stringMatching(/^Reason: .*Live stream gone not found/),
			expect.stringMatching(/^Fix: Check Live Stream: /),
			expect.stringMatching(
				new RegExp(`^Execution: http\\S+/workflow/${failing.id}/executions/${execution?.id ?? '?'}$`),
			),
		]);
	});

	test(
		'recording-expires-archive.json: archives the recording of a stream that is still live, once',
		async () => {
			const message = await eventually(
				'the message',
				() => told().find((text) => text.startsWith('Long night')),
				POLLED_MS,
			);

			const [clip, ...more] = clipsOf(old.streamUUID);
			expect(more).toEqual([]);
			expect(clip).toMatchObject({ title: 'Long night (archive)', startTime: (old.startedAt ?? 0) / 1000 });
			expect(clip?.endTime).toBeGreaterThan(now / 1000);
			expect(message).toMatch(
				/^Long night \(archive\): from \S+Z to \S+Z \(the stream is still live; .*\)\nWatch: https:/,
			);
		},
		POLLED_MS,
	);

	test(
		'live-stream-ended-to-video.json: creates a video of an ended stream, and no duplicate in a second run',
		async () => {
			live.endedAt = Math.floor(Date.now() / 1000) * 1000;
			const whole = () => clipsOf(live.streamUUID).filter(({ title }) => title.endsWith('(whole recording)'));

			const run = await eventually(
				'the run',
				async () => (await harness.n8n.client.executions(ended)).find((one) => itemsOf(one, 'Get video').length > 0),
				POLLED_MS,
			);

			const [clip] = whole();
			expect(clip).toMatchObject({ startTime: (live.startedAt ?? 0) / 1000, title: 'Evening show (whole recording)' });
			expect(itemsOf(run, 'Get video')).toMatchObject([
				{ contentId: clip?.contentUUID, status: 'ready', playbackUrl: expect.stringMatching(/^http:/) },
			]);

			const [item] = itemsOf(run, 'Live stream ended');
			const again = await harness.n8n.client.run(ended, 'Live stream ended', item);

			expect(itemsOf(again, 'Get video')).toMatchObject([{ contentId: clip?.contentUUID }]);
			expect(whole()).toHaveLength(1);
		},
		POLLED_MS,
	);

	test('no request broke docs/openapi.yaml, and the credentials were sent to the API alone', () => {
		expect({ broken: emulator.contractBreaks, leaks: emulator.leaks }).toEqual({ broken: [], leaks: [] });
	});
});

/** What a node gave in a run, by its first output. */
function itemsOf({ data }: Execution, node: string): Array<Record<string, unknown>> {
	return data.resultData.runData[node]?.[0]?.data?.main[0]?.map(({ json }) => json) ?? [];
}
