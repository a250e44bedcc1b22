import type { INodeParameters } from 'n8n-workflow';
import type { Run } from './engine';
import { locator, useHarness } from './harness';

const harness = useHarness();

let contentId: string;

beforeEach(() => {
	({ contentId } = harness.emulator.addVideo({ title: 'Cup final', durationMs: 90 * 60 * 1000 }));
});

const cut = async (parameters: INodeParameters = {}, options?: Partial<Run>) =>
	await harness.run(
		{
			resource: 'clip',
			operation: 'createFromVideo',
			contentId: locator(contentId),
			title: 'Save',
			startOffset: '1m',
			endOffset: '1m30s',
			...parameters,
		},
		options,
	);
const made = () => harness.emulator.videos.filter(({ source }) => source !== null);
const answerOnce = (answer: object, when: 'before' | 'after' = 'before') =>
	harness.emulator.failNext({ method: 'POST', when, answer: answer as never });

describe('Create From Video request', () => {
	it('has whole seconds from the start of the video', async () => {
		const { error } = await cut();
		expect(error).toBeUndefined();
		expect(harness.emulator.requests).toMatchObject([
			{
				method: 'POST',
				path: `/contents/${contentId}/clips`,
				body: { title: 'Save', startTimeInSecs: 60, endTimeInSecs: 90 },
			},
		]);
	});

	it('accepts the ID as plain text, as in workflows of version 0.1', async () => {
		expect((await cut({ contentId })).items[0]?.json).toMatchObject({ sourceContentId: contentId });
	});

	it.each([
		['the start is rounded down and the end up', 12.9, 13.1, [12, 14]],
		['both within one second', '12.2s', '12.7s', [12, 13]],
		['from the very start', 0, '00:00:30', [0, 30]],
		['to the very end', '1h29m', '01:30:00', [5340, 5400]],
	])('accepts offsets: %s', async (_name, startOffset, endOffset, [start, end]) => {
		await cut({ startOffset, endOffset });
		expect(harness.created()).toMatchObject([{ startTimeInSecs: start, endTimeInSecs: end }]);
	});

	it('contains the additional fields that are set', async () => {
		const metadata = { json: [{ object: '{"player": 1}' }] };
		await cut({ additionalFields: { description: 'With one hand', tags: 'save, keeper', metadata } });
		expect(harness.created()).toMatchObject([
			{ description: 'With one hand', tags: ['save', 'keeper'], metadata: [{ key: 'player', value: '1' }] },
		]);
	});
});

describe('Create From Video output', () => {
	it.each([200, 201] as const)('is the clip if the response is %d', async (createStatus) => {
		harness.emulator.options.createStatus = createStatus;
		const { items } = await cut();
		const [clip] = made();
		expect(items).toEqual([
			{
				json: {
					clipId: clip?.contentId,
					contentId: clip?.contentId,
					sourceContentId: contentId,
					title: 'Save',
					status: 'processing',
					startOffset: 60,
					endOffset: 90,
					duration: 30,
					playbackUrl: null,
					embedUrl: `https://dashboard.videograph.ai/videos/embed?videoId=${clip?.contentId}`,
					thumbnailUrl: null,
					created: true,
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it.each([
		['names no ID', {}, { clipId: null, contentId: null, embedUrl: null }],
		['names another ID', { status: 'Success', code: 200, data: { uuid: 'u1' } }, { clipId: 'u1', contentId: null }],
	])('is the clip even if the response %s', async (_name, body, expected) => {
		answerOnce({ status: 200, body });
		const { items, error } = await cut();
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject(expected);
	});

	it('has the raw response too with Simplify off', async () => {
		const { items } = await cut({ options: { simplify: false } });
		const raw = { contentId: made()[0]?.contentId, status: 'Processing' };
		expect(items[0]?.json).toMatchObject({ title: 'Save', raw });
	});
});

describe('Create From Video', () => {
	it.each([
		['an unknown video', { contentId: locator('gone') }, '404', 'Content gone not found', /Check Video/],
		['a range outside of the video', { endOffset: '2h' }, '400', /outside the video/, /within the video/],
	] as const)('stops in the words of the API for %s', async (_name, parameters, httpCode, message, description) => {
		const { error } = await cut(parameters);
		expect(error).toMatchObject({ httpCode, context: { itemIndex: 0 } });
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(description);
		expect(harness.emulator.requests).toHaveLength(1);
	});
});

describe.each([
	['a failure of the server', { status: 504, body: { code: 504, message: 'Timed out' } }, 'Timed out'],
	['a cut connection', 'reset', 'No response from Videograph: the connection was interrupted'],
])('Create From Video after %s', (_name, answer, message) => {
	it('does not resend the request, and the error says that the clip may exist', async () => {
		answerOnce(answer as never, 'after');
		const { error } = await cut();
		expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
		expect(error?.description).toMatch(/^The clip may have been created\./);
		expect(harness.created()).toHaveLength(1);
		expect(made()).toHaveLength(1);
	});
});

describe('Create From Video on Retry On Fail', () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };

	it('sends only missing clips', async () => {
		const input = [{ id: contentId }, { id: 'gone' }];
		const { error } = await cut({ contentId: locator('={{ $json.id }}') }, { input, node: retry });
		expect(error).toMatchObject({ httpCode: '404', context: { created: [{ item: 0, id: made()[0]?.contentId }] } });
		expect(made()).toHaveLength(1);
	});

	it('does not resend a request with an unknown outcome', async () => {
		answerOnce('reset' as never, 'after');
		const { error } = await cut({}, { node: retry });
		expect(error?.message).toMatch(/^An earlier attempt may already have created the clip/);
		expect(harness.created()).toHaveLength(1);
		expect(made()).toHaveLength(1);
	});

	it('resends a rejected request', async () => {
		answerOnce({ status: 400, body: { code: 400, message: 'Not now' } });
		const { items } = await cut({}, { node: retry });
		expect(items[0]?.json.clipId).toBe(made()[0]?.contentId);
	});
});

describe('Create From Video with many items', () => {
	it('retries after a rate limit, since nothing was created', async () => {
		answerOnce({ status: 429, headers: { 'retry-after': '0' }, body: { code: 429, message: 'Slow down' } });
		const { error } = await cut();
		expect(error).toBeUndefined();
		expect(made()).toHaveLength(1);
	});

	const MODES = ['continueRegularOutput', 'continueErrorOutput'] as const;

	it.each(MODES)('continues with the other items (%s)', async (onError) => {
		const input = [{ id: 'gone' }, { id: contentId }];
		const { items, errorItems, error } = await cut(
			{ contentId: locator('={{ $json.id }}') },
			{ input, node: { onError } },
		);
		expect(error).toBeUndefined();
		const [failed, good] = onError === 'continueErrorOutput' ? [errorItems[0], items[0]] : items;
		expect(failed).toMatchObject({ json: { error: 'Content gone not found' }, pairedItem: { item: 0 } });
		expect(good).toMatchObject({ json: { sourceContentId: contentId }, pairedItem: { item: 1 } });
	});

	it('lists the created clips if one of them fails and the execution stops', async () => {
		const input = [{ id: contentId }, { id: 'gone' }];
		const { error } = await cut({ contentId: locator('={{ $json.id }}'), options: { concurrency: 1 } }, { input });
		expect(error?.context).toMatchObject({ itemIndex: 1, created: [{ item: 0, id: made()[0]?.contentId }] });
	});

	it.each([
		['no video', { contentId: locator('={{ "" }}') }, 'Video: must not be empty'],
		['an ID that climbs', { contentId: locator('../x') }, 'Video: "../x" is not a valid ID'],
		['no title', { title: ' ' }, 'Title: must not be empty'],
		['an end at its start', { endOffset: '1m' }, 'End Offset: the clip would end at or before its start'],
		['an end before its start', { endOffset: '30s' }, 'End Offset: the clip would end at or before its start'],
		['a negative start', { startOffset: -1 }, 'Start Offset: -1 is not a valid duration'],
		['a date', { startOffset: '2026-11-23T20:30:00Z' }, 'Start Offset: "2026-11-23T20:30:00Z" is not a valid duration'],
		['Unix time', { startOffset: 1795465800 }, 'Start Offset: 1795465800 seconds is Unix time, not an offset'],
		[
			'Unix time in milliseconds',
			{ endOffset: '1795465800000' },
			'End Offset: 1795465800000 seconds is Unix time, not an offset',
		],
	])('rejects %s without a request', async (_name, parameters, message) => {
		const { error } = await cut(parameters);
		expect(error).toMatchObject({ name: 'NodeOperationError', message, context: { itemIndex: 0 } });
		expect(error?.description).toBeTruthy();
		expect(harness.emulator.requests).toEqual([]);
	});
});
