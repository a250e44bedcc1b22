import { TELLS_CAUSE } from './engine';
import { at, locator, useScene } from './scene';

const scene = useScene({ createAnswer: 'clipUUID' });
const input = Array.from({ length: 10 }, (_, index) => ({ index }));
const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };
const REFUSED = { status: 400, body: { code: 400, message: 'Not this one' } };
const badSeventh = () => locator(`={{ $json.index === 7 ? "unknown" : "${scene.stream.streamUUID}" }}`);

describe('Retry On Fail', () => {
	it('sends only what is missing, and the error has the ids of what was made', async () => {
		const { error } = await scene.createClip(
			{ title: '=Goal {{ $json.index }}', streamId: badSeventh(), options: { concurrency: 10 } },
			{ input, node: retry },
		);
		expect(scene.emulator.clips).toHaveLength(9);
		expect(scene.created()).toHaveLength(9 + 3);
		expect(error?.message).toBe('Live stream unknown not found');
		for (const { clipUUID } of scene.emulator.clips) expect(error?.description).toContain(clipUUID);
	});

	it('gives every item once the failure has passed', async () => {
		scene.emulator.failNext({ method: 'POST', answer: REFUSED });
		const { items, error } = await scene.createClip({ title: '=Goal {{ $json.index }}' }, { input, node: retry });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.title)).toEqual(input.map(({ index }) => `Goal ${index}`));
		expect(scene.emulator.clips).toHaveLength(10);
		expect(scene.created()).toHaveLength(11);
	});

	it('sends only what is missing where the node continues on errors, too', async () => {
		const { items } = await scene.createClip(
			{ title: '=Goal {{ $json.index }}', streamId: locator(`={{ $json.index === 0 ? "unknown" : "${scene.stream.streamUUID}" }}`) },
			{ input, node: { ...retry, onError: 'continueRegularOutput' } },
		);
		expect(items).toHaveLength(10);
		expect(scene.emulator.clips).toHaveLength(9);
		expect(scene.created()).toHaveLength(9 + 3);
	});

	it('makes no second clip where a clip counts back from a now that has moved on', async () => {
		const { error } = await scene.createClip(
			{ timeRange: 'lastSeconds', streamId: badSeventh(), options: { concurrency: 10 } },
			{ input, node: { ...retry, waitBetweenTries: 1100 } },
		);
		expect(error?.message).toBe('Live stream unknown not found');
		expect(scene.emulator.clips).toHaveLength(9);
	});
});

describe('an answer that is lost', () => {
	it.each([
		['the connection is cut', 'reset'],
		['the gateway times out', { status: 504, body: { code: 504, message: 'Gateway timeout' } }],
		['the page of a proxy comes', { status: 502, body: '<html>Bad gateway</html>' }],
	] as const)('after the clip was made makes no second one, when %s', async (_how, answer) => {
		scene.emulator.failNext({ method: 'POST', when: 'after', answer });
		const { items, error } = await scene.createClip();
		const [clip] = scene.emulator.clips;
		expect(error).toBeUndefined();
		expect(scene.emulator.clips).toHaveLength(1);
		expect(scene.created()).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({ clipId: clip?.clipUUID, contentId: clip?.contentUUID, created: true });
	});

	it('before the clip was made sends it again', async () => {
		scene.emulator.failNext({ method: 'POST', answer: 'reset' });
		const { items, error } = await scene.createClip();
		expect(error).toBeUndefined();
		expect(scene.emulator.clips).toHaveLength(1);
		expect(items[0]?.json.clipId).toBe(scene.emulator.clips[0]?.clipUUID);
	});

	it.each([true, false])('finds its clip among others of the same title (marker: %p)', async (marker) => {
		await scene.createClip({ startTime: '2026-11-23T20:10:00Z', endTime: '2026-11-23T20:10:30Z', options: { marker } });
		scene.emulator.failNext({ method: 'POST', when: 'after', answer: 'reset' });
		const { items } = await scene.createClip({ options: { marker } });
		expect(scene.emulator.clips).toHaveLength(2);
		expect(items[0]?.json.contentId).toBe(scene.emulator.clips[1]?.contentUUID);
	});

	it('is right without the list of clips', async () => {
		scene.emulator.options.clipList = 404;
		scene.emulator.failNext({ method: 'POST', when: 'after', answer: 'reset' });
		const { items } = await scene.createClip();
		const contentId = scene.emulator.clips[0]?.contentUUID;
		expect(scene.emulator.clips).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({ clipId: contentId, contentId });
	});

	it('is given up with its own words when the server stays down', async () => {
		scene.emulator.failNext({ method: 'POST', times: 99, answer: { status: 503, body: { code: 503, message: 'Maintenance' } } });
		const { error } = await scene.createClip();
		expect(error).toMatchObject({ message: 'Maintenance', httpCode: '503' });
		expect(error?.failure?.cause).toBe(TELLS_CAUSE ? 'temporarily-unavailable' : undefined);
		expect(error?.description).toMatch(/may have been created/);
		expect(scene.created()).toHaveLength(3);
	});
});

it('makes no clip of a success that says it failed', async () => {
	scene.emulator.failNext({ method: 'POST', answer: { status: 200, body: { status: 'Failed', code: 200, message: 'No capacity' } } });
	const { error } = await scene.createClip();
	expect(error?.message).toBe('No capacity');
	expect(scene.created()).toHaveLength(1);
});

describe('If the Clip Exists: Take It', () => {
	const reuse = { options: { onExisting: 'reuse' } };

	it('gives the clip that exists, in another execution', async () => {
		const first = await scene.createClip(reuse);
		const second = await scene.createClip(reuse);
		expect(scene.emulator.clips).toHaveLength(1);
		expect(first.items[0]?.json.created).toBe(true);
		expect(second.items[0]?.json).toMatchObject({ created: false, clipId: first.items[0]?.json.clipId });
	});

	it('makes one clip of two items that ask for the same', async () => {
		const { items } = await scene.createClip(reuse, { input: [{}, {}] });
		expect(scene.emulator.clips).toHaveLength(1);
		expect(items.map(({ json }) => json.created)).toEqual([true, false]);
		expect(items[0]?.json.clipId).toBe(items[1]?.json.clipId);
	});

	it.each([{ title: 'Another' }, { endTime: '2026-11-23T20:30:31Z' }])('makes another clip for %j', async (difference) => {
		await scene.createClip(reuse);
		const { items } = await scene.createClip({ ...difference, ...reuse });
		expect(scene.emulator.clips).toHaveLength(2);
		expect(items[0]?.json.created).toBe(true);
	});
});

it('makes another clip of the same each time, unless told otherwise', async () => {
	await scene.createClip();
	await scene.createClip();
	expect(scene.emulator.clips).toHaveLength(2);
});

it.each([
	[undefined, 1],
	[true, 1],
	[false, 0],
])('marks the clip in its metadata: marker %p', async (marker, count) => {
	await scene.createClip({ options: marker === undefined ? {} : { marker } });
	const marks = (scene.emulator.clips[0]?.metadata ?? []).filter(({ key }) => key === 'n8n_clip_ref');
	expect(marks).toHaveLength(count);
	expect(at('20:30:00')).toBe(scene.emulator.clips[0]?.startTime);
});
