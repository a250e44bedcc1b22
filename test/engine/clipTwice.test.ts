import { TELLS_CAUSE } from './engine';
import { at, locator, useHarness } from './harness';

const harness = useHarness({ createAnswer: 'clipUUID' });
const input = Array.from({ length: 10 }, (_, index) => ({ index }));
const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };
const REFUSED = { status: 400, body: { code: 400, message: 'Not this one' } };
const badSeventh = () => locator(`={{ $json.index === 7 ? "unknown" : "${harness.stream.streamUUID}" }}`);

describe('Retry On Fail', () => {
	it('sends only missing clips, and the error has the IDs of the created ones', async () => {
		const { error } = await harness.createClip(
			{ title: '=Goal {{ $json.index }}', streamId: badSeventh(), options: { concurrency: 10 } },
			{ input, node: retry },
		);
		expect(harness.emulator.clips).toHaveLength(9);
		expect(harness.created()).toHaveLength(9 + 3);
		expect(error?.message).toBe('Live stream unknown not found');
		for (const { clipUUID } of harness.emulator.clips) expect(error?.description).toContain(clipUUID);
	});

	it('returns every item once the failure is over', async () => {
		harness.emulator.failNext({ method: 'POST', answer: REFUSED });
		const { items, error } = await harness.createClip({ title: '=Goal {{ $json.index }}' }, { input, node: retry });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.title)).toEqual(input.map(({ index }) => `Goal ${index}`));
		expect(harness.emulator.clips).toHaveLength(10);
		expect(harness.created()).toHaveLength(11);
	});

	it('sends only missing clips with Continue on Fail, too', async () => {
		const { items } = await harness.createClip(
			{
				title: '=Goal {{ $json.index }}',
				streamId: locator(`={{ $json.index === 0 ? "unknown" : "${harness.stream.streamUUID}" }}`),
			},
			{ input, node: { ...retry, onError: 'continueRegularOutput' } },
		);
		expect(items).toHaveLength(10);
		expect(harness.emulator.clips).toHaveLength(9);
		expect(harness.created()).toHaveLength(9 + 3);
	});

	it('creates no duplicate clip if a range is relative to now', async () => {
		const { error } = await harness.createClip(
			{ timeRange: 'lastSeconds', streamId: badSeventh(), options: { concurrency: 10 } },
			{ input, node: { ...retry, waitBetweenTries: 1100 } },
		);
		expect(error?.message).toBe('Live stream unknown not found');
		expect(harness.emulator.clips).toHaveLength(9);
	});
});

describe('lost response', () => {
	it.each([
		['the connection is cut', 'reset'],
		['the gateway times out', { status: 504, body: { code: 504, message: 'Gateway timeout' } }],
		['the page of a proxy comes', { status: 502, body: '<html>Bad gateway</html>' }],
	] as const)('after the clip was created: creates no duplicate clip when %s', async (_how, answer) => {
		harness.emulator.failNext({ method: 'POST', when: 'after', answer });
		const { items, error } = await harness.createClip();
		const [clip] = harness.emulator.clips;
		expect(error).toBeUndefined();
		expect(harness.emulator.clips).toHaveLength(1);
		expect(harness.created()).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({ clipId: clip?.clipUUID, contentId: clip?.contentUUID, created: true });
	});

	it('before the clip was created: resends the request', async () => {
		harness.emulator.failNext({ method: 'POST', answer: 'reset' });
		const { items, error } = await harness.createClip();
		expect(error).toBeUndefined();
		expect(harness.emulator.clips).toHaveLength(1);
		expect(items[0]?.json.clipId).toBe(harness.emulator.clips[0]?.clipUUID);
	});

	it('finds the clip among others of the same title', async () => {
		await harness.createClip({ startTime: '2026-11-23T20:10:00Z', endTime: '2026-11-23T20:10:30Z' });
		harness.emulator.failNext({ method: 'POST', when: 'after', answer: 'reset' });
		const { items } = await harness.createClip();
		expect(harness.emulator.clips).toHaveLength(2);
		expect(items[0]?.json.contentId).toBe(harness.emulator.clips[1]?.contentUUID);
	});

	it('creates no duplicate clip without the clip list', async () => {
		harness.emulator.options.clipList = 404;
		harness.emulator.failNext({ method: 'POST', when: 'after', answer: 'reset' });
		const { items } = await harness.createClip();
		const contentId = harness.emulator.clips[0]?.contentUUID;
		expect(harness.emulator.clips).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({ clipId: contentId, contentId });
	});

	it('fails with its own error if the server stays down', async () => {
		harness.emulator.failNext({
			method: 'POST',
			times: 99,
			answer: { status: 503, body: { code: 503, message: 'Maintenance' } },
		});
		const { error } = await harness.createClip();
		expect(error).toMatchObject({ message: 'Maintenance', httpCode: '503' });
		expect(error?.failure?.cause).toBe(TELLS_CAUSE ? 'temporarily-unavailable' : undefined);
		expect(error?.description).toMatch(/may have been created/);
		expect(harness.created()).toHaveLength(3);
	});
});

describe('Clip Create', () => {
	it('returns no clip for a success envelope with an error', async () => {
		harness.emulator.failNext({
			method: 'POST',
			answer: { status: 200, body: { status: 'Failed', code: 200, message: 'No capacity' } },
		});
		const { error } = await harness.createClip();
		expect(error?.message).toBe('No capacity');
		expect(harness.created()).toHaveLength(1);
	});
});

describe('Reuse Existing', () => {
	const reuse = { options: { onExisting: 'reuse' } };

	it('returns the existing clip, in another execution', async () => {
		const first = await harness.createClip(reuse);
		const second = await harness.createClip(reuse);
		expect(harness.emulator.clips).toHaveLength(1);
		expect(first.items[0]?.json.created).toBe(true);
		expect(second.items[0]?.json).toMatchObject({ created: false, clipId: first.items[0]?.json.clipId });
	});

	it('creates one clip for two equal items', async () => {
		const { items } = await harness.createClip(reuse, { input: [{}, {}] });
		expect(harness.emulator.clips).toHaveLength(1);
		expect(items.map(({ json }) => json.created)).toEqual([true, false]);
		expect(items[0]?.json.clipId).toBe(items[1]?.json.clipId);
	});

	it.each([{ title: 'Another' }, { endTime: '2026-11-23T20:30:31Z' }])(
		'creates another clip for %j',
		async (difference) => {
			await harness.createClip(reuse);
			const { items } = await harness.createClip({ ...difference, ...reuse });
			expect(harness.emulator.clips).toHaveLength(2);
			expect(items[0]?.json.created).toBe(true);
		},
	);
});

describe('Create Another', () => {
	it('is the default: creates a duplicate clip each time', async () => {
		await harness.createClip();
		await harness.createClip();
		expect(harness.emulator.clips).toHaveLength(2);
	});
});

describe('clip reference', () => {
	it('adds one clip reference to the metadata of the clip', async () => {
		await harness.createClip();
		const references = (harness.emulator.clips[0]?.metadata ?? []).filter(({ key }) => key === 'n8n_clip_ref');
		expect(references).toHaveLength(1);
		expect(at('20:30:00')).toBe(harness.emulator.clips[0]?.startTime);
	});
});
