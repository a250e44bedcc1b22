import { at, LIVE_SINCE, locator, NOW, useHarness } from './harness';

const harness = useHarness();
const CLIP_REFERENCE: unknown = { key: 'n8n_clip_ref', value: expect.stringMatching(/^[0-9a-f]{16}$/) };

describe('Clip Create request', () => {
	it('has whole epoch seconds, the start rounded down and the end rounded up', async () => {
		const { error } = await harness.createClip({
			startTime: '2026-11-23T20:30:00.900Z',
			endTime: '2026-11-23T20:30:30.100Z',
		});
		expect(error).toBeUndefined();
		const times = { startTime: at('20:30:00'), endTime: at('20:30:31') };
		expect(harness.created()).toEqual([{ title: 'Goal', ...times, metadata: [CLIP_REFERENCE] }]);
	});

	it('accepts a duration instead of an end', async () => {
		await harness.createClip({ timeRange: 'startDuration', duration: '1m30s', startTime: '2026-11-23T20:00:00Z' });
		expect(harness.created()).toMatchObject([{ startTime: at('20:00:00'), endTime: at('20:01:30') }]);
	});

	it.each([
		['Luxon DateTime', '={{ DateTime.fromISO("2026-11-23T20:30:00Z") }}'],
		['Luxon DateTime in another zone', '={{ DateTime.fromISO("2026-11-23T20:30:00Z").setZone("Asia/Kolkata") }}'],
		['Date', '={{ new Date("2026-11-23T20:30:00Z") }}'],
		['epoch seconds', `={{ ${at('20:30:00')} }}`],
		['epoch milliseconds', `={{ ${at('20:30:00') * 1000} }}`],
		['epoch seconds with decimals', `={{ ${at('20:30:00')}.25 }}`],
		['digits of epoch seconds', String(at('20:30:00'))],
		['digits of epoch milliseconds', String(at('20:30:00') * 1000)],
		['text with an offset', '2026-11-24T02:00:00+05:30'],
		['text without a zone, in the zone of the workflow', '2026-11-24T02:00:00'],
		['text with a space, in the zone of the workflow', '2026-11-24 02:00:00'],
		['date of a mail', 'Mon, 23 Nov 2026 21:30:00 +0100'],
	])('accepts a start as %s', async (_form, startTime) => {
		const { error } = await harness.createClip({ startTime }, { timezone: 'Asia/Kolkata' });
		expect(error).toBeUndefined();
		expect(harness.created()).toMatchObject([{ startTime: at('20:30:00') }]);
	});

	it('contains the additional fields that are set', async () => {
		await harness.createClip({
			additionalFields: {
				description: 'A header after a corner',
				tags: 'goal, first half,, goal',
				metadata: { values: [{ key: 'team', value: 'home' }], json: [{ object: '{"player": 9}' }] },
			},
		});
		expect(harness.created()).toEqual([
			{
				title: 'Goal',
				description: 'A header after a corner',
				tags: ['goal', 'first half'],
				metadata: [{ key: 'team', value: 'home' }, { key: 'player', value: '9' }, CLIP_REFERENCE],
				startTime: at('20:30:00'),
				endTime: at('20:30:30'),
			},
		]);
	});

	it('accepts tags and metadata from expressions', async () => {
		await harness.createClip({
			additionalFields: { tags: '={{ ["goal", 7] }}', metadata: { json: [{ object: '={{ ({ team: "home" }) }}' }] } },
		});
		const metadata = [{ key: 'team', value: 'home' }, CLIP_REFERENCE];
		expect(harness.created()).toMatchObject([{ tags: ['goal', '7'], metadata }]);
	});

	it.each([
		['embed page', (id: string) => `https://dashboard.videograph.ai/videos/embed?streamId=${id}`],
		['page of the dashboard', (id: string) => `https://dashboard.videograph.ai/live/${id}/overview?tab=1`],
	])('accepts the stream as the URL of an %s', async (_page, url) => {
		const { error } = await harness.createClip({ streamId: locator(url(harness.stream.streamUUID), 'url') });
		expect(error).toBeUndefined();
		expect(harness.emulator.clips).toHaveLength(1);
	});
});

describe('Clip Create output', () => {
	const flat = {
		title: 'Goal',
		status: 'processing',
		startTime: '2026-11-23T20:30:00.000Z',
		endTime: '2026-11-23T20:30:30.000Z',
		duration: 30,
		playbackUrl: null,
		thumbnailUrl: null,
		created: true,
	};

	it('is the clip if the response has a clipUUID', async () => {
		harness.emulator.options.createAnswer = 'clipUUID';
		const { items } = await harness.createClip();
		const clipId = harness.emulator.clips[0]?.clipUUID;
		const json = { ...flat, clipId, contentId: null, embedUrl: null, streamId: harness.stream.streamUUID };
		expect(items).toEqual([{ json, pairedItem: { item: 0 } }]);
	});

	it.each(['empty', 'bare'] as const)('is the clip found in the lists if the response is %s', async (createAnswer) => {
		harness.emulator.options.createAnswer = createAnswer;
		const { items } = await harness.createClip();
		const [clip] = harness.emulator.clips;
		expect(items[0]?.json).toMatchObject({ ...flat, clipId: clip?.clipUUID, contentId: clip?.contentUUID });
	});

	it('is the clip with its video if the response has a contentId', async () => {
		harness.emulator.options.createAnswer = 'contentId';
		const { items } = await harness.createClip();
		const id = harness.emulator.clips[0]?.contentUUID;
		expect(items[0]?.json).toEqual({
			...flat,
			clipId: id,
			contentId: id,
			embedUrl: `https://dashboard.videograph.ai/videos/embed?videoId=${id}`,
			streamId: harness.stream.streamUUID,
		});
	});

	it('is the right clip among others of the same title if the response has no ID', async () => {
		await harness.createClip({ startTime: '2026-11-23T20:00:00Z', endTime: '2026-11-23T20:00:10Z' });
		harness.emulator.options.readyAfterMs = 0;
		const { items } = await harness.createClip();
		const mine = harness.emulator.clips[1];
		expect(items[0]?.json).toMatchObject({ clipId: mine?.clipUUID, contentId: mine?.contentUUID });
	});

	it('has no ID if the lookup is ambiguous', async () => {
		hideVideos();
		await harness.createClip({ startTime: '2026-11-23T20:00:00Z', endTime: '2026-11-23T20:00:10Z' });
		const { items } = await harness.createClip();
		expect(items[0]?.json).toMatchObject({ clipId: null, contentId: null, created: true });
	});

	it.each([404, 405] as const)('is found among the videos if the clip list returns %d', async (status) => {
		harness.emulator.options.clipList = status;
		const { items } = await harness.createClip();
		const contentId = harness.emulator.clips[0]?.contentUUID;
		expect(items[0]?.json).toMatchObject({ ...flat, clipId: contentId, contentId });
	});

	it('is a clip without an ID if the lookup is absent', async () => {
		hideVideos();
		harness.emulator.options.clipList = 404;
		const { items, error } = await harness.createClip();
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ ...flat, clipId: null });
		expect(harness.emulator.clips).toHaveLength(1);
	});

	function hideVideos() {
		const answer = { status: 404, body: { code: 404, message: 'Not here' } };
		harness.emulator.failNext({ method: 'GET', path: /^\/contents/, times: Infinity, answer });
	}

	it('has the raw response too with Simplify off', async () => {
		harness.emulator.options.createAnswer = 'clipUUID';
		const { items } = await harness.createClip({ options: { simplify: false } });
		const clipUUID = harness.emulator.clips[0]?.clipUUID;
		expect(items[0]?.json).toMatchObject({ clipId: clipUUID, raw: { clipUUID } });
	});
});

describe('Clip Create with many items', () => {
	const input = Array.from({ length: 20 }, (_, index) => ({ index }));

	it('retains their order and pairs them with their input', async () => {
		harness.emulator.options.createAnswer = 'clipUUID';
		const { items } = await harness.createClip({ title: '=Goal {{ $json.index }}' }, { input });
		expect(items.map(({ json, pairedItem }) => [json.title, pairedItem])).toEqual(
			input.map(({ index }) => [`Goal ${index}`, { item: index }]),
		);
		expect(harness.emulator.clips).toHaveLength(20);
	});

	it('validates all items first, so that an invalid one costs no request', async () => {
		const { error } = await harness.createClip({ title: '={{ $json.index === 19 ? "" : "Goal" }}' }, { input });
		expect(error).toMatchObject({ message: 'Title: must not be empty', context: { itemIndex: 19 } });
		expect(harness.emulator.requests).toEqual([]);
	});

	it('lists the created clips if one of them fails and the execution stops', async () => {
		harness.emulator.options.createAnswer = 'clipUUID';
		const { error } = await harness.createClip(
			{
				streamId: locator('={{ $json.index === 3 ? "unknown" : "' + harness.stream.streamUUID + '" }}'),
				options: { concurrency: 1 },
			},
			{ input },
		);
		const made = harness.emulator.clips.map(({ clipUUID }) => clipUUID);
		expect(made).toHaveLength(3);
		expect(error?.context).toMatchObject({ itemIndex: 3, created: made.map((id, item) => ({ item, id })) });
		for (const id of made) expect(error?.description).toContain(id);
	});
});

describe('Clip Create', () => {
	it('creates a clip of a stream that has ended', async () => {
		const ended = harness.emulator.addStream({ startedAt: LIVE_SINCE, endedAt: NOW - 60_000 });
		const { error } = await harness.createClip({
			streamId: locator(ended.streamUUID),
			endTime: '2026-11-23T20:30:00Z',
			startTime: '2026-11-23T20:29:00Z',
		});
		expect(error).toBeUndefined();
	});
});
