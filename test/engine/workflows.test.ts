import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { at, LIVE_SINCE, NOW, useHarness } from './harness';
import { WorkflowFile } from './workflowFile';

/** The examples of workflows/ on n8n's engine, with doubles of n8n's own nodes. */
const harness = useHarness({ readyAfterMs: 0 });

const echo = () => ({ url: `${harness.emulator.url}/echo` });
const open = (example: string, parameters?: Record<string, INodeParameters>) =>
	new WorkflowFile(harness.engine, harness.credential, example, parameters);
const told = () => harness.emulator.echoed.map((body) => (body as { text: string }).text);
/** The output of the Videograph Trigger for the live stream of the harness. */
const stream = (more: IDataObject = {}): IDataObject => ({
	streamId: harness.stream.streamUUID,
	title: 'Saturday derby',
	...more,
});
const iso = (time: string) => `2026-11-23T${time}.000Z`;

describe('webhook-to-clip', () => {
	it('responds to a call with the clip', async () => {
		const body = {
			streamId: harness.stream.streamUUID,
			title: 'Goal',
			startTime: iso('20:30:00'),
			endTime: iso('20:30:30'),
		};
		const { items, error } = await open('webhook-to-clip').run([{ body: { ...body, tags: ['home'] } }]);

		expect(error).toBeUndefined();
		expect(items('Respond with clip')).toMatchObject([{ title: 'Goal', duration: 30 }]);
		expect(harness.emulator.clips).toMatchObject([
			{ startTime: at('20:30:00'), endTime: at('20:30:30'), tags: ['home'] },
		]);
	});
});

describe('highlights-to-clips', () => {
	const call = (highlights: string) =>
		open('highlights-to-clips').run([
			{ body: { streamId: harness.stream.streamUUID, date: '2026-11-23', highlights } },
		]);

	it('responds to a list with its clips', async () => {
		const { items } = await call(`${iso('19:00:00')} Kick-off\n${iso('20:00:00')} Goal`);

		expect(items('Respond with clips').map(({ title }) => title)).toEqual(['Kick-off', 'Goal']);
		expect(items('Respond with error')).toEqual([]);
	});

	it('responds with the reason if a line is invalid', async () => {
		const { items } = await call('Kick-off');

		expect(items('Respond with error')).toEqual([{ error: expect.stringContaining('line 1') }]);
		expect(harness.emulator.clips).toEqual([]);
	});
});

describe('goal-to-chat', () => {
	const call = (parameters = echo()) =>
		open('goal-to-chat', { 'Notify chat': parameters }).run([
			{ body: { streamId: harness.stream.streamUUID, title: 'Goal 1:0' } },
		]);

	it('creates a clip of the last 30 seconds, notifies the chat and responds', async () => {
		const { items } = await call();

		const [clip] = harness.emulator.clips;
		expect((clip?.endTime ?? 0) - (clip?.startTime ?? 0)).toBe(30);
		expect(told()).toEqual([expect.stringMatching(/^Goal 1:0\nWatch: https:\S+\nHLS: http:\S+\.m3u8$/)]);
		expect(items('Respond with clip')).toEqual([
			{ clip: expect.objectContaining({ contentId: clip?.contentUUID, status: 'ready' }), chatNotified: true },
		]);
	});

	it('responds with the clip even if the chat is unreachable', async () => {
		const { items, error } = await call({ url: `${harness.emulator.url}/nothing-here` });

		expect(error).toBeUndefined();
		expect(items('Respond with clip')).toMatchObject([{ clip: { title: 'Goal 1:0' }, chatNotified: false }]);
	});

	it('responds with the reason if there is no clip, and does not notify the chat', async () => {
		harness.stream.record = false;

		const { items } = await call();

		expect(items('Respond with error')).toEqual([{ error: expect.stringContaining('not recorded') }]);
		expect(told()).toEqual([]);
	});
});

describe('instant-events', () => {
	const call = () => open('instant-events', { 'Notify chat': echo() });

	it('continues with each new video and clip once, whatever the calls contain', async () => {
		const workflow = call();
		harness.emulator.addVideo({ title: 'Old', createdAt: NOW - 25 * 60 * 60 * 1000 });
		harness.emulator.addVideo({ title: 'Interview' });
		await harness.createClip({ waitUntilReady: true });

		for (const body of [{}, { contentId: 'forged', status: 'ready' }, { title: 'Forged' }])
			await workflow.run([{ body }]);

		expect(told().map((text) => text.split('\n')[0])).toEqual(['Interview is ready', 'Goal is ready']);
	});

	it('continues with a video that has changed, but not while it is processing', async () => {
		const workflow = call();
		harness.emulator.options.readyAfterMs = 60_000;
		harness.emulator.failContent(({ title }) => title === 'Broken');
		const request = { title: 'Broken', content: [{ url: 'https://media.example/broken.mp4' }] };
		const video = harness.emulator.addVideo({ ...request, request });

		await workflow.run([{ body: {} }]);
		expect(told()).toEqual([]);

		video.createdAt -= 60_000;
		await workflow.run([{ body: {} }]);
		expect(told()).toEqual([expect.stringMatching(/^Broken is failed\n/)]);
	});

	it('continues once with a clip that the trigger finds, too', async () => {
		const workflow = call();
		const { items } = await harness.createClip({ waitUntilReady: true });

		const emitted = items.map(({ json }) => ({ event: 'clipReady', ...json }));
		const given = { 'Every 5 minutes': emitted };
		await workflow.run(emitted, given, 'Every 5 minutes');
		await workflow.run([{ body: {} }]);

		expect(told()).toEqual([expect.stringMatching(/^Goal is ready\n/)]);
	});
});

describe('live-stream-ended-to-video', () => {
	const ended = () => stream({ startTime: iso('18:00:00'), endTime: iso('20:00:00') });
	const title = 'Saturday derby (whole recording)';

	beforeEach(() => {
		harness.stream.endedAt = Date.parse(iso('20:00:00'));
	});

	it('creates a video of the whole recording, and no duplicate when it runs again', async () => {
		const workflow = open('live-stream-ended-to-video');
		const first = await workflow.run([ended()]);
		const second = await workflow.run([ended()]);

		expect(harness.emulator.clips).toMatchObject([{ title, startTime: at('18:00:00'), endTime: at('20:00:00') }]);
		const video = { contentId: harness.emulator.clips[0]?.contentUUID, status: 'ready', duration: 7200 };
		expect(first.items('Get video')).toMatchObject([video]);
		expect(second.items('Get video')).toMatchObject([video]);
	});

	it('fails with the reasons once everything else is done, so that an error workflow starts', async () => {
		const gone = { ...ended(), streamId: 'gone', title: 'Morning show' };
		const { items, error } = await open('live-stream-ended-to-video').run([gone, ended()]);

		expect(items('Get video')).toHaveLength(1);
		expect(error).toMatch(/^Morning show: .*Live stream gone not found/);
	});
});

describe('recording-expires-archive', () => {
	const run = (item: IDataObject) => open('recording-expires-archive', { 'Notify chat': echo() }).run([item]);

	it('archives a recording from its start to its end', async () => {
		harness.stream.endedAt = Date.parse(iso('20:00:00'));
		await run(stream({ startTime: iso('18:00:00'), endTime: iso('20:00:00') }));

		expect(harness.emulator.clips).toMatchObject([{ startTime: at('18:00:00'), endTime: at('20:00:00') }]);
		expect(told()).toEqual([expect.stringMatching(/^Saturday derby \(archive\): from \S+ to \S+Z\nWatch: https:/)]);
	});

	it('archives the recording up to now while the stream is still live', async () => {
		const { error } = await run(stream({ startTime: new Date(LIVE_SINCE).toISOString(), endTime: null }));

		expect(error).toBeUndefined();
		const [clip] = harness.emulator.clips;
		expect(clip?.startTime).toBe(LIVE_SINCE / 1000);
		expect(clip?.endTime).toBeGreaterThanOrEqual(NOW / 1000);
		expect(clip?.endTime).toBeLessThanOrEqual(Math.ceil(Date.now() / 1000));
		expect(told()).toEqual([expect.stringContaining('(the stream is still live; the clip ends here)')]);
	});

	it('fails with the reason if a recording cannot be archived', async () => {
		const { error } = await run(stream({ startTime: iso('17:00:00'), endTime: null }));

		expect(error).toMatch(/^Saturday derby: .*outside the recording/);
		expect(told()).toEqual([]);
	});
});

test('sheet-to-clips: creates a clip per row, and the report lists the failed rows', async () => {
	const rows = [
		{ title: 'Kick-off', start: iso('18:01:00'), end: iso('18:02:00') },
		{ title: 'Corner', start: 'soon', end: 'later' },
		{ title: 'Goal', start: iso('20:00:00'), end: iso('20:00:30'), tags: 'goal' },
	];
	const streamId = { __rl: true, mode: 'list', value: harness.stream.streamUUID };
	const workflow = open('sheet-to-clips', { 'Create clip': { streamId }, 'Notify chat': echo() });
	const given = { Rows: rows };

	const first = await workflow.run([{}], given);
	const second = await workflow.run([{}], given);

	expect(first.items('Report')).toMatchObject([{ created: 2, existing: 0, failed: 1 }]);
	expect(second.items('Report')).toMatchObject([{ created: 0, existing: 2, failed: 1 }]);
	expect(told()[0]).toMatch(/^2 of 3 clips exist\.\nFailed: Corner \(Start Time: "soon" .*\)$/);
	expect(harness.emulator.clips.map(({ title }) => title).sort()).toEqual(['Goal', 'Kick-off']);
});

describe('rss-to-video', () => {
	const entry = (guid: string, type = 'video/mp4') => ({
		title: `Episode ${guid}`,
		guid,
		contentSnippet: 'All of it',
		enclosure: { url: `https://media.example/${guid}.mp4`, type },
	});

	it('creates a video of each new entry that has one, once', async () => {
		const workflow = open('rss-to-video');
		const feed = [entry('two'), entry('sound', 'audio/mpeg'), entry('one'), { title: 'News', guid: 'text' }];
		await workflow.run([{}], { 'Read feed': feed });
		await workflow.run([{}], { 'Read feed': [entry('three'), ...feed] });

		expect(harness.emulator.videos.map(({ title, metadata }) => [title, metadata])).toEqual(
			['two', 'one', 'three'].map((guid) => [`Episode ${guid}`, [{ key: 'rss_guid', value: guid }]]),
		);
	});

	it('fails with the reason if an entry cannot become a video, after the others', async () => {
		const broken = { ...entry('broken'), enclosure: { url: 'nowhere', type: 'video/mp4' } };
		const { items, error } = await open('rss-to-video').run([{}], { 'Read feed': [broken, entry('fine')] });

		expect(items('Create video')).toMatchObject([{ title: 'Episode fine' }]);
		expect(error).toMatch(/^Episode broken: URL: "nowhere"/);
	});
});

test('ai-agent-clips: an agent fills in the stream, the title and the times, and nothing else', async () => {
	const tool = open('ai-agent-clips').nodes.find(({ name }) => name === 'Create clip');
	const args = {
		streamId: harness.stream.streamUUID,
		title: 'Goal',
		startTime: iso('20:30:00'),
		endTime: iso('20:30:30'),
	};

	const { parameters, answer } = await harness.engine.callTool(tool?.parameters ?? {}, harness.credential, args);

	expect(parameters.sort()).toEqual(Object.keys(args).sort());
	expect(answer).toContain('"status":"ready"');
	expect(harness.emulator.clips).toMatchObject([{ title: 'Goal', startTime: at('20:30:00'), endTime: at('20:30:30') }]);
});

describe('failed-clip-report', () => {
	const run = (failure: IDataObject) => open('failed-clip-report', { 'Notify chat': echo() }).run([failure]);
	const workflow = { id: '7', name: 'Derby clips' };

	it('reports the failed workflow and node, the reason, the advice and the URL', async () => {
		const error = { message: 'Live stream gone not found', description: 'Check Live Stream.' };
		await run({
			workflow,
			execution: { id: '231', url: 'https://n8n.example/231', lastNodeExecuted: 'Create clip', error },
		});

		expect(told()).toEqual([
			'Failed: Derby clips\nNode: Create clip\nReason: Live stream gone not found\nFix: Check Live Stream.\nExecution: https://n8n.example/231',
		]);
	});

	it('reports a failed trigger, which leaves no execution', async () => {
		await run({
			workflow,
			trigger: { mode: 'trigger', error: { message: 'Unauthorized', node: { name: 'Live stream ended' } } },
		});

		expect(told()).toEqual([
			expect.stringMatching(/^Failed: Derby clips\nNode: Live stream ended\nReason: Unauthorized\nFix: \w/),
		]);
	});
});
