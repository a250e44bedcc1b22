import type { INodeParameters } from 'n8n-workflow';
import type { Run } from './engine';
import { at, LIVE_SINCE, locator, useHarness } from './harness';

const harness = useHarness({ createAnswer: 'clipUUID' });

/** Runs Create Many on the live stream, in a workflow in UTC. */
const createMany = async (highlights: unknown, parameters: INodeParameters = {}, options: Partial<Run> = {}) =>
	await harness.run(
		{
			resource: 'clip',
			operation: 'createMany',
			streamId: locator(harness.stream.streamUUID),
			highlights: highlights as string,
			...parameters,
		},
		{ timezone: 'UTC', ...options },
	);
const list = (...lines: string[]) => lines.join('\n');
/** The created clips, as "title start-end" with the times of day. */
const madeClips = () =>
	harness.emulator.clips.map(({ title, startTime, endTime }) => `${title} ${clock(startTime)}-${clock(endTime)}`);
const clock = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 19);
/** Times of day from 20:00:00 on, ten seconds apart, with numbered titles. */
const numbered = (count: number) =>
	Array.from({ length: count }, (_, index) => `${clock(at('20:00:00') + 10 * index)} Goal ${index}`);

describe('Create Many highlights', () => {
	it.each<[string, unknown]>([
		['lines', list('20:10:30 Goal', '20:20:00 - 20:20:40 Save')],
		['CSV', list('start,end,title', '20:10:10,20:10:40,Goal', '20:20:00,20:20:40,Save')],
		['JSON', '[{"time":"20:10:30","title":"Goal"},{"start":"20:20:00","duration":"40s","title":"Save"}]'],
		[
			'an object a line',
			list('{"time":"20:10:30","title":"Goal"}', '{"start":"20:20:00","end":"20:20:40","title":"Save"}'),
		],
		[
			'an EDL',
			list(
				'TITLE: Derby',
				'001 AX V C 20:10:10:00 20:10:40:00 00:00:00:00 00:00:30:00',
				'* FROM CLIP NAME: Goal',
				'002 AX V C 20:20:00:00 20:20:40:00 00:00:30:00 00:01:10:00',
				'* FROM CLIP NAME: Save',
			),
		],
		['a list of an expression', '={{ [{ time: "20:10:30", title: "Goal" }, "20:20:00 - 20:20:40 Save"] }}'],
	])('may be %s', async (_form, highlights) => {
		const { items, error } = await createMany(highlights);
		expect(error).toBeUndefined();
		expect(madeClips().sort()).toEqual(['Goal 20:10:10-20:10:40', 'Save 20:20:00-20:20:40']);
		expect(items).toMatchObject([
			{ json: { title: 'Goal', duration: 30, created: true }, pairedItem: { item: 0 } },
			{ json: { title: 'Save', duration: 40, created: true }, pairedItem: { item: 0 } },
		]);
	});

	it('give each clip its own title, tags and description, and all additional fields', async () => {
		const metadata = [{ key: 'team', value: 'home' }];
		const highlights = list('time,title,tags,description', '20:10:30,Goal,goal,', '20:11:00,Save,,Left hand');
		await createMany(highlights, {
			additionalFields: { description: 'Derby', tags: 'derby, goal', metadata: { values: metadata } },
			options: { concurrency: 1 },
		});
		const [goal, save] = harness.created();
		const sent = [...metadata, { key: 'n8n_clip_ref', value: expect.stringMatching(/^[0-9a-f]{16}$/) }];
		expect(goal).toMatchObject({ title: 'Goal', description: 'Derby', tags: ['goal', 'derby'], metadata: sent });
		expect(save).toMatchObject({ title: 'Save', description: 'Left hand', tags: ['derby', 'goal'], metadata: sent });
	});

	it('that are close are merged with Merge Gap', async () => {
		const highlights = list('20:10:30 Goal', '20:10:45 Replay', '20:20:00 Save');
		const { items } = await createMany(highlights, { before: '5s', after: '5s', options: { mergeGap: '5s' } });
		expect(items.map(({ json }) => json.title)).toEqual(['Goal + Replay', 'Save']);
		expect(madeClips()).toContain('Goal + Replay 20:10:25-20:10:50');
	});
});

describe('Create Many times', () => {
	const NIGHT = Date.parse('2026-11-24T00:30:00+01:00');

	it('are of today in the time zone of the workflow', async () => {
		const { items } = await createMany('21:10:30 Goal', {}, { timezone: 'Europe/Berlin' });
		expect(items[0]?.json.startTime).toBe('2026-11-23T20:10:10.000Z');
	});

	it('are of the given date, and continue past midnight', async () => {
		jest.setSystemTime(NIGHT);
		const highlights = list('23:59:50 - 00:00:10 Last', '00:10:00 First');
		const { items } = await createMany(highlights, { date: '2026-11-23' }, { timezone: 'Europe/Berlin' });
		expect(items.map(({ json }) => [json.startTime, json.endTime])).toEqual([
			['2026-11-23T22:59:50.000Z', '2026-11-23T23:00:10.000Z'],
			['2026-11-23T23:09:40.000Z', '2026-11-23T23:10:10.000Z'],
		]);
	});

	it.each<[string, string, INodeParameters, string]>([
		['of today without Date: the error asks for Date', '20:31:05 Goal', {}, 'If Date is empty'],
		['of today without Date, as a list with an end', '20:31:05 - 20:31:40 Goal', {}, 'If Date is empty'],
		['of a Date that is given', '20:31:05 Goal', { date: '2026-11-24' }, 'to wait for the end, or to end the clip now'],
		['that say their own day', '2026-11-24T20:31:05 Goal', {}, 'to wait for the end, or to end the clip now'],
		['that have only just been', '00:30:05 Goal', {}, 'to wait for the end, or to end the clip now'],
	])('in the future are rejected, those %s', async (_which, highlights, parameters, advice) => {
		jest.setSystemTime(NIGHT);
		const { error } = await createMany(highlights, parameters, { timezone: 'Europe/Berlin' });
		expect(error?.message).toMatch(/^Highlights: line 1: the clip would end in the future, at 2026-11-2/);
		expect(error?.description).toContain(advice);
		expect(harness.emulator.requests).toEqual([]);
	});

	it('in the future cannot end now: the error asks for Date', async () => {
		jest.setSystemTime(NIGHT);
		const { error } = await createMany(
			'20:31:05 Goal',
			{ options: { endInFuture: 'cut' } },
			{ timezone: 'Europe/Berlin' },
		);
		expect(error?.description).toContain('If Date is empty');
	});

	const offset = (options: INodeParameters = {}) => ({ timeFormat: 'offset', options });

	it('count from the start of the stream in the API', async () => {
		const { error } = await createMany(list('2:10:30 Goal', '2:20:00 Save'), offset());
		expect(error).toBeUndefined();
		expect(madeClips().sort()).toEqual(['Goal 20:10:10-20:10:40', 'Save 20:19:40-20:20:10']);
	});

	it('count from the option Stream Start', async () => {
		await createMany('10:30 Goal', offset({ streamStart: '2026-11-23T20:00:00Z', onExisting: 'create' }));
		expect(madeClips()).toEqual(['Goal 20:10:10-20:10:40']);
		expect(harness.emulator.requests).toHaveLength(1);
	});

	it('need a stream start: without one the error asks for Stream Start', async () => {
		harness.emulator.options.playlist = 'missing';
		const ended = harness.emulator.addStream({ startedAt: LIVE_SINCE, endedAt: at('20:30:00') * 1000 });
		const { error } = await createMany('10:30 Goal', { streamId: locator(ended.streamUUID), ...offset() });
		expect(error?.message).toBe('Stream Start: Videograph does not report when the broadcast started');
		expect(harness.created()).toEqual([]);
	});

	it('are validated for all items before the first clip is created', async () => {
		const highlights = '={{ $json.highlights }}';
		const input = [{ highlights: '2:10:30 Goal' }, { highlights: list('2:20:00 Save', '3:00:00 Late') }];
		const { error } = await createMany(highlights, offset(), { input });
		expect(error?.message).toBe('Highlights: line 2: the clip would end in the future, at 2026-11-23T21:00:10.000Z');
		expect(error?.context.itemIndex).toBe(1);
		expect(harness.created()).toEqual([]);
	});
});

describe('Create Many rejects without any request:', () => {
	it.each<[string, unknown, INodeParameters, string]>([
		['nothing', '={{ "" }}', {}, 'Highlights: must not be empty'],
		['an empty list', '={{ [] }}', {}, 'Highlights: there are no highlights'],
		[
			'a line that cannot be read',
			list('20:10:30 Goal', '', 'Save'),
			{},
			'Highlights: line 3: "Save" does not start with a time',
		],
		['a time that is none', list('20:10:30 Goal', '25:10 Save'), {}, 'Highlights: line 2: "25:10" is not a valid time'],
		[
			'a clip in the future',
			list('20:10:30 Goal', '20:31:05 Save'),
			{},
			'Highlights: line 2: the clip would end in the future, at 2026-11-23T20:31:15.000Z',
		],
		[
			'a clip that is too old',
			list('20:10:30 Goal', '2026-11-23T08:00:00 Save'),
			{},
			'Highlights: line 2: the clip would start more than 12 hours ago, at 2026-11-23T07:59:40.000Z',
		],
		[
			'merged highlights',
			list('20:10:30 Goal', '20:30:50 Save', '20:31:05 Save'),
			{ options: { mergeGap: 0 } },
			'Highlights: lines 2, 3: the clip would end in the future, at 2026-11-23T20:31:15.000Z',
		],
		['a date that is none', '20:10:30 Goal', { date: '23.11.2026' }, 'Date: "23.11.2026" is not a valid date'],
		['an unknown kind of times', '20:10:30 Goal', { timeFormat: 'wall' }, 'Time Format: "wall" is not a valid option'],
	])('%s', async (_what, highlights, parameters, message) => {
		const { error } = await createMany(highlights, parameters);
		expect(error?.message).toBe(message);
		expect(harness.emulator.requests).toEqual([]);
	});
});

describe('Create Many', () => {
	it('reuses existing clips when it runs again', async () => {
		harness.emulator.options.readyAfterMs = 0;
		const first = await createMany(list('20:10:30 Goal', '20:20:00 Save'));
		const second = await createMany(list('20:10:30 Goal', '20:15:00 Corner', '20:20:00 Save'));
		expect(second.items.map(({ json }) => json.created)).toEqual([false, true, false]);
		expect([0, 2].map((index) => second.items[index]?.json.clipId)).toEqual(first.items.map(({ json }) => json.clipId));
		expect(harness.created()).toHaveLength(3);
	});

	it('ends a clip now with If End Is in the Future: End Clip Now', async () => {
		await createMany('20:30:55 Goal', { options: { endInFuture: 'cut' } });
		expect(madeClips()).toEqual([expect.stringMatching(/^Goal 20:30:35-20:31:0[0-4]$/)]);
	});

	it('creates duplicate clips with If Clip Exists: Create Another', async () => {
		await createMany('20:10:30 Goal', { options: { onExisting: 'create' } });
		await createMany('20:10:30 Goal', { options: { onExisting: 'create' } });
		expect(harness.emulator.clips).toHaveLength(2);
	});

	it('limits concurrency over the highlights of all items together', async () => {
		harness.emulator.options.latencyMs = 20;
		const input = [{ highlights: numbered(60) }, { highlights: numbered(70).slice(60) }];
		const { items } = await createMany('={{ $json.highlights }}', { options: { concurrency: 5 } }, { input });
		expect(items.map(({ json }) => json.title)).toEqual(Array.from({ length: 70 }, (_, index) => `Goal ${index}`));
		expect(harness.emulator.mostAtOnce).toBe(5);
	});

	it('waits until all clips are ready', async () => {
		const { items } = await createMany(list(...numbered(10)), { waitUntilReady: true });
		expect(items.map(({ json }) => json.status)).toEqual(items.map(() => 'ready'));
	});
});

describe('Create Many with a failed highlight', () => {
	/** The third is before the start of the stream, which only the API knows. */
	const highlights = list('20:10:00 Goal', '20:11:00 Save', '17:50:00 Kick-off', '20:12:00 Corner');
	const outside = /^Highlights: line 3: The range is outside the recording/;
	const ids = () => harness.emulator.clips.map(({ clipUUID }) => clipUUID);

	it('reports the highlight and the IDs of the created clips', async () => {
		const { error } = await createMany(highlights, { options: { concurrency: 1 } });
		expect(error?.message).toMatch(outside);
		expect(ids()).toHaveLength(2);
		expect(error?.context).toMatchObject({ itemIndex: 0, created: ids().map((id) => ({ item: 0, id })) });
		for (const id of ids()) expect(error?.description).toContain(id);
	});

	it('returns the others with Continue on Fail', async () => {
		const { items } = await createMany(highlights, {}, { node: { onError: 'continueRegularOutput' } });
		expect(items).toMatchObject([
			{ json: { title: 'Goal' } },
			{ json: { title: 'Save' } },
			{ json: { error: expect.stringMatching(outside) } },
			{ json: { title: 'Corner' } },
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map(() => ({ item: 0 })));
	});

	it('sends only that one to the error output', async () => {
		const { items, errorItems } = await createMany(highlights, {}, { node: { onError: 'continueErrorOutput' } });
		expect(items.map(({ json }) => json.title)).toEqual(['Goal', 'Save', 'Corner']);
		expect(errorItems.map(({ json }) => json.error)).toEqual([expect.stringMatching(outside)]);
	});

	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };

	it('creates no duplicate clip on Retry On Fail', async () => {
		const options = { concurrency: 4, onExisting: 'create' };
		const { error } = await createMany(highlights, { options }, { node: retry });
		expect(ids()).toHaveLength(3);
		expect(harness.created()).toHaveLength(3 + 3);
		for (const id of ids()) expect(error?.description).toContain(id);
	});

	it('returns all clips on Retry On Fail once the failure is over', async () => {
		const answer = { status: 400, body: { code: 400, message: 'Not now' } };
		harness.emulator.failNext({ method: 'POST', answer });
		const options = { onExisting: 'create' };
		const { items, error } = await createMany(list(...numbered(8)), { options }, { node: retry });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.title)).toEqual(numbered(8).map((_, index) => `Goal ${index}`));
		expect(ids()).toHaveLength(8);
	});
});

describe('Create Many with many items', () => {
	it('pairs clips with their items, and an invalid item costs only its own clips', async () => {
		const input = [{ list: numbered(2) }, { list: ['Goal'] }, { list: numbered(5).slice(2) }];
		const { items } = await createMany('={{ $json.list }}', {}, { input, node: { onError: 'continueRegularOutput' } });
		expect(items.map(({ json, pairedItem }) => [json.title ?? json.error, pairedItem])).toEqual([
			['Goal 0', { item: 0 }],
			['Goal 1', { item: 0 }],
			['Highlights: line 1: "Goal" does not start with a time', { item: 1 }],
			['Goal 2', { item: 2 }],
			['Goal 3', { item: 2 }],
			['Goal 4', { item: 2 }],
		]);
	});
});
