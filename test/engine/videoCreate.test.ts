import type { INodeParameters } from 'n8n-workflow';
import type { Run } from './engine';
import { useHarness } from './harness';

const harness = useHarness({ readyAfterMs: 1500 });

const FILE = 'https://example.com/final.mp4';
const create = async (parameters: INodeParameters = {}, options?: Partial<Run>) =>
	await harness.run({ resource: 'video', operation: 'create', url: FILE, title: 'Cup final', ...parameters }, options);
const advanced = async (parameters: INodeParameters = {}, options?: Partial<Run>) =>
	await harness.run({ resource: 'video', operation: 'createAdvanced', title: 'Cup final', ...parameters }, options);
const answerOnce = (answer: object | string, when: 'before' | 'after' = 'before') =>
	harness.emulator.failNext({ method: 'POST', when, answer: answer as never });

describe('Create From URL', () => {
	it('sends the URL and the title, and returns the video', async () => {
		const { items } = await create();
		const { contentId } = harness.emulator.videos[0] ?? {};
		expect(harness.emulator.requests).toMatchObject([{ method: 'POST', path: '/contents' }]);
		expect(harness.created()).toEqual([{ title: 'Cup final', content: [{ url: FILE }] }]);
		expect(items).toEqual([
			{
				json: {
					contentId,
					title: 'Cup final',
					description: null,
					status: 'processing',
					duration: null,
					createdAt: expect.stringMatching(/^2026-11-23T20:31:/),
					playbackUrl: null,
					embedUrl: `https://dashboard.videograph.ai/videos/embed?videoId=${contentId}`,
					thumbnailUrl: null,
					tags: [],
					metadata: [],
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('sends the additional fields that are set', async () => {
		const additionalFields = {
			description: 'Extra time',
			tags: 'cup, final',
			metadata: { values: [{ key: 'team', value: 'home' }] },
			playbackPolicy: ['public', 'signed'],
			subtitles: {
				values: [{ url: 'https://example.com/en.vtt', name: 'English', languageCode: 'en_US', closedCaptions: true }],
			},
			watermarks: {
				values: [{ url: 'https://example.com/logo.png', xPosition: '10px', yMargin: '5%', width: '', opacity: '50%' }],
			},
			mp4Support: true,
			saveOriginalCopy: false,
			testVideo: true,
		};
		const { error } = await create({ additionalFields });
		expect(error).toBeUndefined();
		expect(harness.created()).toEqual([
			{
				title: 'Cup final',
				content: [{ url: FILE }],
				description: 'Extra time',
				tags: ['cup', 'final'],
				metadata: [{ key: 'team', value: 'home' }],
				playback_policy: ['public', 'signed'],
				subtitle: [
					{ url: 'https://example.com/en.vtt', name: 'English', language_code: 'en_US', support_closed_captions: true },
				],
				watermark: [{ url: 'https://example.com/logo.png', x_pos: '10px', y_margin: '5%', opacity: '50%' }],
				mp4_support: true,
				save_original_copy: false,
				test_video: true,
			},
		]);
	});

	it('waits until the videos of all items are ready', async () => {
		const input = Array.from({ length: 5 }, (_, index) => ({ index }));
		const { items } = await create({ title: '=Match {{ $json.index }}', waitUntilReady: true }, { input });
		expect(items.map(({ json, pairedItem }) => [json.title, json.status, json.duration, pairedItem])).toEqual(
			input.map(({ index }) => [`Match ${index}`, 'ready', 3600, { item: index }]),
		);
		expect(items.every(({ json }) => json.playbackUrl !== null)).toBe(true);
		const lists = harness.emulator.requests.filter(({ path }) => path === '/contents').length;
		expect(harness.emulator.requests).toHaveLength(lists);
		expect(lists).toBeLessThanOrEqual(5 + 5);
	});

	it('fails with the ID of a failed video', async () => {
		harness.emulator.failContent(() => true);
		const { error } = await create({ waitUntilReady: true });
		const { contentId } = harness.emulator.videos[0] ?? {};
		expect(error?.message).toBe(`Videograph could not create the video "Cup final" (${contentId})`);
		expect(error?.description).toContain(`contentId: ${contentId} (item 0)`);
	});

	it('returns the raw response too with Simplify off', async () => {
		const { items } = await create({ options: { simplify: false } });
		expect(items[0]?.json).toMatchObject({ title: 'Cup final', raw: { created_at: expect.any(Number) } });
	});

	it('stops in the words of the API', async () => {
		answerOnce({ status: 400, body: { code: 400, message: 'Not a video' } });
		const { error } = await create();
		expect(error).toMatchObject({ message: 'Not a video', httpCode: '400', context: { itemIndex: 0 } });
		expect(error?.description).toMatch(/Check URL/);
	});

	it('is not resent after a lost response', async () => {
		answerOnce('reset', 'after');
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };
		const { error } = await create({}, { node: retry });
		expect(error?.message).toMatch(/^An earlier attempt may already have created the video/);
		expect(harness.created()).toHaveLength(1);
	});

	it('creates only missing videos on Retry On Fail', async () => {
		answerOnce({ status: 400, body: { code: 400, message: 'Not now' } });
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };
		const { items } = await create({ options: { concurrency: 1 } }, { input: [{}, {}], node: retry });
		expect(items).toHaveLength(2);
		expect(harness.emulator.videos).toHaveLength(2);
	});

	it('continues with the other items', async () => {
		const input = [{ url: 'ftp://x' }, { url: FILE }];
		const { items } = await create({ url: '={{ $json.url }}' }, { input, node: { onError: 'continueRegularOutput' } });
		expect(items).toMatchObject([
			{ json: { error: 'URL: "ftp://x" is not a valid URL' }, pairedItem: { item: 0 } },
			{ json: { title: 'Cup final' }, pairedItem: { item: 1 } },
		]);
	});

	const subtitle = { url: FILE, name: 'English', languageCode: 'en_US', closedCaptions: false };
	const rows = (name: string, row: object) => ({ additionalFields: { [name]: { values: [row] } } }) as INodeParameters;

	it.each([
		['no URL', { url: '={{ "" }}' }, 'URL: must not be empty'],
		['a text that is not a URL', { url: 'final.mp4' }, 'URL: "final.mp4" is not a valid URL'],
		['a JavaScript URL', { url: 'javascript:alert(1)' }, 'URL: "javascript:alert(1)" is not a valid URL'],
		['no title', { title: ' ' }, 'Title: must not be empty'],
		[
			'an unknown policy',
			{ additionalFields: { playbackPolicy: '={{ ["all"] }}' } },
			'Playback Policy: "all" is not a valid option',
		],
		[
			'a subtitle without a language',
			rows('subtitles', { ...subtitle, languageCode: '' }),
			'Subtitles: the language code of row 1 must not be empty',
		],
		[
			'a subtitle without a file',
			rows('subtitles', { ...subtitle, url: 'x' }),
			'Subtitles: the URL of row 1: "x" is not a valid URL',
		],
		[
			'captions that are neither',
			rows('subtitles', { ...subtitle, closedCaptions: '={{ "yes" }}' }),
			'Subtitles: the closed captions of row 1: "yes" is neither true nor false',
		],
		[
			'an MP4 that is neither',
			{ additionalFields: { mp4Support: '={{ 1 }}' } },
			'Enable MP4: 1 is neither true nor false',
		],
		[
			'a watermark without a picture',
			rows('watermarks', { url: '' }),
			'Watermarks: the URL of row 1: must not be empty',
		],
		['a timeout that is none', { options: { timeout: 'soon' } }, 'Timeout: "soon" is not a valid duration'],
	])('rejects %s without a request', async (_name, parameters, message) => {
		const { error } = await create(parameters);
		expect(error).toMatchObject({ name: 'NodeOperationError', message, context: { itemIndex: 0 } });
		expect(error?.description).toBeTruthy();
		expect(harness.emulator.requests).toEqual([]);
	});
});

describe('Create Advanced', () => {
	const body = { title: 'No', video: [{ src: FILE, settings: { start: 0, end: 30 }, layer: 0 }] };

	it.each([
		['text', JSON.stringify(body)],
		['an object', `={{ ${JSON.stringify(body)} }}`],
	])('merges the fields into a body that is %s', async (_name, given) => {
		const additionalFields = { tags: 'cup', playbackPolicy: ['signed'] };
		const { items, error } = await advanced({ body: given, additionalFields });
		expect(error).toBeUndefined();
		expect(harness.emulator.requests).toMatchObject([{ method: 'POST', path: '/contents/adv' }]);
		expect(harness.created()).toEqual([{ ...body, title: 'Cup final', tags: ['cup'], playback_policy: ['signed'] }]);
		expect(items[0]?.json).toMatchObject({ contentId: harness.emulator.videos[0]?.contentId, status: 'processing' });
	});

	it('accepts its default body', async () => {
		expect((await advanced()).error).toBeUndefined();
	});

	it('stops in the words of the API', async () => {
		const { error } = await advanced({ body: '{ "video": [] }' });
		expect(error).toMatchObject({ httpCode: '400', context: { itemIndex: 0 } });
		expect(error?.description).toMatch(/Check Body/);
	});

	it('continues with the other items', async () => {
		const input = [{ body: '{ "video": [] }' }, { body: JSON.stringify(body) }];
		const { items } = await advanced(
			{ body: '={{ $json.body }}' },
			{ input, node: { onError: 'continueRegularOutput' } },
		);
		expect(items).toMatchObject([
			{ json: { error: expect.any(String) }, pairedItem: { item: 0 } },
			{ json: { title: 'Cup final' }, pairedItem: { item: 1 } },
		]);
	});

	it.each([
		['a list', '[1]', 'Body: "[1]" is not a JSON object'],
		['what is no JSON', '{ "video": ', 'Body: "{ \\"video\\": " is not a JSON object'],
		['an empty object', '{}', 'Body: must not be empty'],
	])('rejects %s without a request', async (_name, given, message) => {
		expect((await advanced({ body: given })).error).toMatchObject({ name: 'NodeOperationError', message });
		expect(harness.emulator.requests).toEqual([]);
	});
});
