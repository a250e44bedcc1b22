import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Answer, Stream } from '../emulator';
import { Poller } from './poller';
import { LIVE_SINCE, locator, NOW, useHarness } from './harness';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const harness = useHarness({ newestFirst: true });

function trigger(parameters: INodeParameters): Poller {
	return new Poller(harness.engine, harness.credential, parameters);
}

function pass(milliseconds: number): void {
	jest.setSystemTime(Date.now() + milliseconds);
}

/** The paths of the API requests that a poll sends. */
async function requestsOf(poll: Promise<unknown>): Promise<string[]> {
	const before = harness.emulator.requests.length;
	await poll;
	return harness.emulator.requests
		.slice(before)
		.map(({ path }) => path)
		.filter((path) => !path.startsWith('/hls'));
}

function goLive(stream: Stream): void {
	stream.startedAt = Date.now();
	stream.endedAt = null;
}

function eventsOf(items: IDataObject[] | undefined): unknown[] {
	return (items ?? []).map(({ event, streamId, contentId }) => [event, streamId ?? contentId]);
}

describe('Live Stream Went Live', () => {
	test('does not emit for streams already live; emits once when one goes live', async () => {
		const other = harness.emulator.addStream({ title: 'Sunday cup' });
		const poller = trigger({ events: ['livestreamWentLive'] });

		expect(await poller.activate()).toEqual({ items: undefined });
		pass(MINUTE_MS);
		goLive(other);
		const { items } = await poller.poll();

		expect(items).toEqual([
			expect.objectContaining({
				event: 'livestreamWentLive',
				streamId: other.streamUUID,
				title: 'Sunday cup',
				live: true,
				recorded: true,
				activeSince: new Date(other.startedAt ?? 0).toISOString(),
			}),
		]);
		expect(await poller.poll()).toEqual({ items: undefined });
	});

	test('emits for streams that are live at publishing with Include Existing', async () => {
		const poller = trigger({ events: ['livestreamWentLive'], options: { includeExisting: true } });

		expect(eventsOf((await poller.activate()).items)).toEqual([['livestreamWentLive', harness.stream.streamUUID]]);
	});

	test('emits for another broadcast of the same stream even if n8n did not run in between', async () => {
		const poller = trigger({ events: ['livestreamWentLive'] });
		await poller.activate();
		pass(HOUR_MS);
		goLive(harness.stream);

		expect(eventsOf((await poller.activate()).items)).toEqual([['livestreamWentLive', harness.stream.streamUUID]]);
	});
});

describe('Live Stream Went Live for streams that become watched while live', () => {
	const events = ['livestreamWentLive', 'livestreamEnded'];
	const unrecorded = (): Stream => harness.emulator.addStream({ record: false, startedAt: NOW - 3 * HOUR_MS });
	const selected = (...streams: Stream[]): INodeParameters => ({
		streams: 'selected',
		streamIds: streams.map(({ streamUUID }) => streamUUID),
	});

	test.each<[string, (stream: Stream) => INodeParameters, (stream: Stream) => INodeParameters]>([
		['All instead of All Recorded', () => ({ streams: 'recorded' }), () => ({ streams: 'all' })],
		['Selected instead of All Recorded', () => ({ streams: 'recorded' }), selected],
		['another stream selected', () => selected(harness.stream), (stream) => selected(harness.stream, stream)],
		['All Recorded instead of Selected', selected, () => ({ streams: 'recorded' })],
	])('does not emit: %s', async (_change, before, after) => {
		const stream = unrecorded();
		const poller = trigger({ events, ...before(stream) });
		await poller.activate();
		pass(MINUTE_MS);
		poller.parameters = { events, ...after(stream) };
		expect((await poller.activate()).items ?? []).toEqual([]);
		expect((await poller.poll()).items ?? []).toEqual([]);
		pass(MINUTE_MS);
		for (const ended of [stream, harness.stream]) ended.endedAt = Date.now() - 1;
		const watched = after(stream).streams === 'recorded' ? [harness.stream] : [stream];
		for (const { streamUUID } of watched) {
			expect(eventsOf((await poller.poll()).items)).toContainEqual(['livestreamEnded', streamUUID]);
		}
	});

	test('emits with Include Existing', async () => {
		const stream = unrecorded();
		const options = { includeExisting: true };
		const poller = trigger({ events, options });
		await poller.activate();
		poller.parameters = { events, streams: 'all', options };
		expect(eventsOf((await poller.activate()).items)).toEqual([['livestreamWentLive', stream.streamUUID]]);
	});

	test('emits if they were selected before and went live in between', async () => {
		const stream = harness.emulator.addStream({ title: 'Sunday cup' });
		const poller = trigger({ events, ...selected(stream) });
		await poller.activate();
		pass(HOUR_MS);
		goLive(stream);
		poller.parameters = { events, streams: 'recorded' };
		expect(eventsOf((await poller.activate()).items)).toEqual([['livestreamWentLive', stream.streamUUID]]);
	});

	test('emits for a stream created and live between two polls', async () => {
		const poller = trigger({ events });
		await poller.activate();
		pass(MINUTE_MS);
		const stream = harness.emulator.addStream({ startedAt: Date.now() - 1000 });
		expect(eventsOf((await poller.poll()).items)).toEqual([['livestreamWentLive', stream.streamUUID]]);
	});

	test('does not emit an end when they are no longer watched', async () => {
		unrecorded();
		const poller = trigger({ events, streams: 'all' });
		await poller.activate();
		poller.parameters = { events, streams: 'recorded' };
		await poller.activate();
		for (let count = 1; count <= 4; count++) {
			pass(MINUTE_MS);
			expect((await poller.poll()).items ?? []).toEqual([]);
		}
	});
});

describe('Live Stream Ended', () => {
	test('has the times of the recording', async () => {
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		harness.stream.endedAt = Date.now() + 20_000;
		pass(MINUTE_MS);
		const { items } = await poller.poll();

		expect(items).toEqual([
			expect.objectContaining({
				event: 'livestreamEnded',
				streamId: harness.stream.streamUUID,
				live: false,
				startTime: new Date(LIVE_SINCE).toISOString(),
				endTime: new Date(harness.stream.endedAt).toISOString(),
				duration: (harness.stream.endedAt - LIVE_SINCE) / 1000,
				timesFrom: 'recording',
			}),
		]);
		expect(await poller.poll()).toEqual({ items: undefined });
	});

	test('does not have the times of a later broadcast that no poll saw', async () => {
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		pass(HOUR_MS);
		harness.stream.startedAt = Date.now() - 20 * MINUTE_MS;
		harness.stream.endedAt = Date.now() - 10 * MINUTE_MS;
		const [item] = (await poller.poll()).items ?? [];

		expect(item).toMatchObject({ startTime: new Date(LIVE_SINCE).toISOString(), timesFrom: 'polls' });
		expect(item?.endTime).toMatch(new RegExp(`^${new Date(NOW).toISOString().slice(0, 16)}`));
	});

	test('starts an empty execution to save the start of a stream', async () => {
		harness.stream.endedAt = Date.now();
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		pass(MINUTE_MS);
		goLive(harness.stream);

		expect(await poller.poll()).toEqual({ items: [] });

		harness.stream.endedAt = Date.now() + HOUR_MS;
		pass(2 * HOUR_MS);
		expect(eventsOf((await poller.activate()).items)).toEqual([['livestreamEnded', harness.stream.streamUUID]]);
	});
});

describe('Live Stream Ended during a poll', () => {
	test('emits with the next poll for a stream seen live', async () => {
		const stream = harness.emulator.addStream({ title: 'Short' });
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		pass(MINUTE_MS);
		goLive(stream);
		const before = harness.emulator.requests.length;
		const isRequested = (): boolean =>
			harness.emulator.requests.slice(before).some(({ path }) => path === `/livestreams/${stream.streamUUID}`);
		// It ends between the list and the request for details.
		Object.defineProperty(stream, 'endedAt', { get: () => (isRequested() ? Date.now() - 1 : null) });

		expect(await poller.poll()).toEqual({ items: [] });
		pass(MINUTE_MS);
		expect(eventsOf((await poller.poll()).items)).toEqual([['livestreamEnded', stream.streamUUID]]);
	});
});

describe('Recording Expires Soon', () => {
	test('emits once, Hours Before Expiry', async () => {
		const poller = trigger({ events: ['recordingExpiresSoon'], hoursBefore: 3 });
		await poller.activate();
		pass(LIVE_SINCE + 9 * HOUR_MS - MINUTE_MS - NOW);
		expect(await poller.poll()).toEqual({ items: undefined });
		pass(2 * MINUTE_MS);
		const { items } = await poller.poll();

		expect(items).toEqual([
			expect.objectContaining({
				event: 'recordingExpiresSoon',
				startTime: new Date(LIVE_SINCE).toISOString(),
				endTime: null,
				expiresAt: new Date(LIVE_SINCE + 12 * HOUR_MS).toISOString(),
				hoursLeft: 2.98,
			}),
		]);
		expect(await poller.poll()).toEqual({ items: undefined });
	});
});

describe('Clip Ready, Video Ready, Video Failed', () => {
	const events = ['clipReady', 'videoReady', 'videoFailed'];

	test('do not emit for existing videos; emit once when one becomes ready or fails', async () => {
		harness.emulator.addVideo({ title: 'Old' });
		const poller = trigger({ events });
		expect(await poller.activate()).toEqual({ items: undefined });
		await harness.createClip();
		harness.emulator.failClip(({ title }) => title === 'Bad');
		await harness.createClip({ title: 'Bad' });
		const video = harness.emulator.addVideo({ title: 'New', createdAt: Date.now() });
		expect(eventsOf((await poller.poll()).items)).toEqual([['videoReady', video.contentId]]);
		pass(MINUTE_MS);

		const { items } = await poller.poll();

		expect(items).toEqual([
			expect.objectContaining({ event: 'videoFailed', title: 'Bad', status: 'failed' }),
			expect.objectContaining({
				event: 'clipReady',
				title: 'Goal',
				streamId: harness.stream.streamUUID,
				contentId: harness.emulator.clips[0]?.contentUUID,
				status: 'ready',
				playbackUrl: expect.stringMatching(/^https:/),
			}),
		]);
		expect(await poller.poll()).toEqual({ items: undefined });
	});
});

describe('Trigger filters', () => {
	test('Title Contains and Tag must both match', async () => {
		const poller = trigger({ events: ['clipReady'], filters: { titleContains: 'GOAL', tag: 'home' } });
		await poller.activate();
		await harness.createClip({ additionalFields: { tags: 'home, cup' } });
		await harness.createClip({ title: 'Save', additionalFields: { tags: 'home' } });
		await harness.createClip({ title: 'Goal 2', additionalFields: { tags: 'away' } });
		pass(MINUTE_MS);

		expect((await poller.poll()).items).toEqual([expect.objectContaining({ title: 'Goal' })]);
	});

	test('do not emit for a live stream with another title', async () => {
		const poller = trigger({ events: ['livestreamEnded'], filters: { titleContains: 'sunday' } });
		await poller.activate();
		harness.stream.endedAt = Date.now();
		pass(MINUTE_MS);

		expect(await poller.poll()).toEqual({ items: undefined });
	});

	test('emit only clips of selected live streams', async () => {
		const other = harness.emulator.addStream({ startedAt: LIVE_SINCE });
		const selected = { streams: 'selected', streamIds: [other.streamUUID] };
		const poller = trigger({ events: ['clipReady'], ...selected });
		await poller.activate();
		await harness.createClip();
		await harness.createClip({ streamId: locator(other.streamUUID), title: 'Theirs' });
		pass(MINUTE_MS);

		expect((await poller.poll()).items).toEqual([expect.objectContaining({ title: 'Theirs' })]);
	});

	test('watch live streams that are not recorded with All, and emit no expiry for them', async () => {
		const unrecorded = harness.emulator.addStream({ record: false });
		const poller = trigger({ events: ['livestreamWentLive', 'recordingExpiresSoon'], streams: 'all', hoursBefore: 12 });
		await poller.activate();
		goLive(unrecorded);

		expect(eventsOf((await poller.poll()).items)).toEqual([['livestreamWentLive', unrecorded.streamUUID]]);
	});

	test('emit no expiry for a selected live stream that is not recorded, either', async () => {
		const unrecorded = harness.emulator.addStream({ record: false, startedAt: NOW - MINUTE_MS });
		const streamIds = [unrecorded.streamUUID, harness.stream.streamUUID];
		const poller = trigger({ events: ['recordingExpiresSoon'], streams: 'selected', streamIds, hoursBefore: 12 });

		expect(eventsOf((await poller.activate()).items)).toEqual([['recordingExpiresSoon', harness.stream.streamUUID]]);
	});
});

describe('Live Stream Ended for a deleted live stream', () => {
	test('emits once the stream has been missing for a while', async () => {
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		const lastSeen = new Date(Date.now()).toISOString().slice(0, 16);
		harness.stream.deletedAt = Date.now();
		(harness.emulator.streams as Stream[]).length = 0;
		const polls = [];
		for (let count = 1; count <= 4; count++) {
			pass(MINUTE_MS);
			polls.push((await poller.poll()).items);
		}

		expect(polls).toEqual([
			undefined,
			undefined,
			[
				expect.objectContaining({
					title: 'Saturday derby',
					endTime: expect.stringMatching(`^${lastSeen}`),
					timesFrom: 'polls',
				}),
			],
			undefined,
		]);
	});
});

describe('Live Stream Ended without recording times', () => {
	const blind = useHarness({ playlist: 'missing', activeSince: false });

	test('ends at the last poll that saw the stream live, and starts at the first', async () => {
		const poller = new Poller(blind.engine, blind.credential, { events: ['livestreamEnded'] });
		blind.stream.startedAt = null;
		await poller.activate();
		pass(10_000);
		goLive(blind.stream);
		const seenMs = [];
		for (let count = 1; count <= 2; count++) {
			pass(MINUTE_MS);
			seenMs.push(Date.now());
			await poller.poll();
		}
		blind.stream.endedAt = Date.now() + 1;
		pass(MINUTE_MS);
		const [item] = (await poller.poll()).items ?? [];

		expect(item).toMatchObject({ timesFrom: 'polls' });
		const [start, end] = seenMs.map((time) => new Date(time).toISOString().slice(0, 19));
		expect([item?.startTime, item?.endTime]).toEqual([
			expect.stringContaining(start ?? '?'),
			expect.stringContaining(end ?? '?'),
		]);
	});

	test.each(['livestreamWentLive', 'recordingExpiresSoon'])(
		'%s emits for another broadcast, too, even if n8n did not run when it started',
		async (event) => {
			const poller = new Poller(blind.engine, blind.credential, {
				events: [event],
				options: { includeExisting: true },
			});
			const emitted = eventsOf((await poller.activate()).items);
			blind.stream.endedAt = Date.now();
			pass(MINUTE_MS);
			// n8n persists that the first one is over.
			expect(await poller.poll()).toEqual({ items: [] });
			pass(HOUR_MS);
			goLive(blind.stream);
			emitted.push(...eventsOf((await poller.activate()).items));
			for (let hours = 1; hours <= 12; hours++) {
				pass(HOUR_MS);
				emitted.push(...eventsOf((await poller.poll()).items));
			}

			expect(emitted).toEqual([1, 2].map(() => [event, blind.stream.streamUUID]));
		},
	);
});

describe('Trigger rejects before any request', () => {
	const selected = { events: ['clipReady'], streams: 'selected' };
	test.each<[INodeParameters, string]>([
		[{ events: [] }, 'Events: no event is selected'],
		[{ events: ['goal'] }, 'Events: "goal" is not an event'],
		[{ events: '={{ 5 }}' }, 'Events: 5 is not an event'],
		[{ streams: '={{ "mine" }}' }, 'Live Streams: "mine" is not an option'],
		[{ ...selected, streamIds: [] }, 'Live Stream Names or IDs: no live stream is selected'],
		[{ ...selected, streamIds: ['../contents'] }, 'Live Stream Names or IDs: "../contents" is not a valid ID'],
		[{ events: ['recordingExpiresSoon'], hoursBefore: 0 }, 'Hours Before Expiry: 0 is not a valid number of hours'],
		[{ events: ['recordingExpiresSoon'], hoursBefore: 13 }, 'Hours Before Expiry: 13 is not a valid number of hours'],
		[{ events: ['clipReady'], filters: { tag: '={{ ["a"] }}' } }, 'Tag: ["a"] is not a text'],
	])('%j', async (parameters, message) => {
		await expect(trigger(parameters).activate()).rejects.toMatchObject({ name: 'NodeOperationError', message });
		expect(harness.emulator.requests).toEqual([]);
	});
});

describe('Trigger with a failing API', () => {
	test('fails in the words of the API, and emits the missed events with the next poll', async () => {
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		harness.stream.endedAt = Date.now();
		harness.emulator.failNext({ answer: { status: 403, body: { code: 403, message: 'Not your streams' } } });

		await expect(poller.poll()).rejects.toMatchObject({
			name: 'NodeApiError',
			message: 'Not your streams',
			httpCode: '403',
		});
		expect((await poller.poll()).items).toHaveLength(1);
	});

	/** From now on, requests for details fail, with a Retry-After that is too long for a poll. */
	const failFor = (path: string): void => {
		harness.emulator.failNext({
			path: new RegExp(`${path}$`),
			times: Infinity,
			answer: { status: 500, headers: { 'retry-after': '3600' } },
		});
	};
	const heal = (): void => {
		harness.emulator.faults.length = 0;
	};
	/** The list of videos lacks tags, so that the trigger requests details. */
	const withoutTags = (): void => {
		const leaveOut = (key: string, value: unknown): unknown => (key === 'tags' ? undefined : value);
		const answer = (real: Answer): Answer => ({
			...real,
			body: JSON.parse(JSON.stringify(real.body, leaveOut)) as unknown,
		});
		harness.emulator.failNext({ path: /^\/contents$/, times: Infinity, answer });
	};

	test.each(['recorded', 'selected'])(
		'emits for the other streams if one fails, and for that one once it can be read: %s',
		async (streams) => {
			const broken = harness.emulator.addStream({ title: 'Sunday cup' });
			const events = ['livestreamWentLive', 'livestreamEnded'];
			const poller = trigger({ events, streams, streamIds: [broken.streamUUID, harness.stream.streamUUID] });
			await poller.activate();
			pass(MINUTE_MS);
			failFor(broken.streamUUID);
			goLive(broken);
			expect(await poller.poll()).toEqual({ items: undefined });
			harness.stream.endedAt = Date.now();
			pass(MINUTE_MS);
			expect(eventsOf((await poller.poll()).items)).toEqual([['livestreamEnded', harness.stream.streamUUID]]);
			heal();
			expect(eventsOf((await poller.poll()).items)).toEqual([['livestreamWentLive', broken.streamUUID]]);

			goLive(harness.stream);
			await poller.poll();
			failFor(broken.streamUUID);
			pass(MINUTE_MS);
			broken.endedAt = Date.now() - 20_000;
			for (let count = 1; count <= 4; count++) {
				expect(await poller.poll()).toEqual({ items: undefined });
				pass(MINUTE_MS);
			}
			heal();
			expect((await poller.poll()).items).toEqual([
				expect.objectContaining({
					event: 'livestreamEnded',
					streamId: broken.streamUUID,
					endTime: new Date(broken.endedAt).toISOString(),
					timesFrom: 'recording',
				}),
			]);
		},
	);

	test('treats a live stream without an ID in its details as unreadable', async () => {
		const broken = harness.emulator.addStream({ startedAt: LIVE_SINCE });
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		harness.emulator.failNext({
			path: new RegExp(broken.streamUUID),
			times: Infinity,
			answer: { status: 200, body: { data: {} } },
		});
		harness.stream.endedAt = Date.now();
		pass(MINUTE_MS);
		expect(eventsOf((await poller.poll()).items)).toEqual([['livestreamEnded', harness.stream.streamUUID]]);
	});

	test.each(['recorded', 'selected'])(
		'treats a stream unreadable at the first poll as already live: %s',
		async (streams) => {
			const events = ['livestreamWentLive', 'livestreamEnded'];
			const poller = trigger({ events, streams, streamIds: [harness.stream.streamUUID] });
			failFor(harness.stream.streamUUID);
			expect(await poller.activate()).toEqual({ items: undefined });
			pass(MINUTE_MS);
			heal();
			// n8n persists that it is live.
			expect(await poller.poll()).toEqual({ items: [] });
			pass(MINUTE_MS);
			goLive(harness.stream);
			expect(eventsOf((await poller.activate()).items)).toEqual([
				['livestreamEnded', harness.stream.streamUUID],
				['livestreamWentLive', harness.stream.streamUUID],
			]);
		},
	);

	test('fails if no details can be read, except at the first poll, which would unpublish the workflow', async () => {
		const poller = trigger({ events: ['livestreamEnded'] });
		failFor(harness.stream.streamUUID);
		expect(await poller.activate()).toEqual({ items: undefined });
		await expect(poller.poll()).rejects.toMatchObject({ httpCode: '500' });
		await expect(poller.poll()).rejects.toMatchObject({ httpCode: '500' });
	});

	test('requests few details if all fail', async () => {
		for (let index = 0; index < 20; index++) harness.emulator.addStream({ startedAt: LIVE_SINCE });
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		failFor('/livestreams/.+');
		const requests = await requestsOf(poller.poll().catch(() => undefined));
		// Those in flight when the fifth one fails.
		expect(requests.length).toBeLessThanOrEqual(1 + 5 + 4);
	});

	test('treats an unreadable stream as still live', async () => {
		harness.emulator.options.playlist = 'missing';
		const other = harness.emulator.addStream({ startedAt: LIVE_SINCE });
		const streamIds = [harness.stream.streamUUID, other.streamUUID];
		const poller = trigger({ events: ['livestreamEnded'], streams: 'selected', streamIds });
		await poller.activate();
		failFor(harness.stream.streamUUID);
		pass(HOUR_MS);
		await poller.poll();
		const unreadAt = new Date(Date.now()).toISOString().slice(0, 16);
		heal();
		pass(MINUTE_MS);
		harness.stream.endedAt = Date.now() - 1;

		expect((await poller.poll()).items).toEqual([
			expect.objectContaining({ endTime: expect.stringMatching(`^${unreadAt}`), timesFrom: 'polls' }),
		]);
	});

	test('ends a stream that became unreadable during downtime at the restart of n8n at the latest', async () => {
		harness.emulator.options.playlist = 'missing';
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		harness.stream.endedAt = Date.now() + 30 * MINUTE_MS;
		pass(HOUR_MS);
		failFor(harness.stream.streamUUID);
		const resumedAt = new Date(Date.now()).toISOString().slice(0, 16);
		expect(await poller.activate()).toEqual({ items: undefined });
		heal();
		pass(MINUTE_MS);

		expect((await poller.poll()).items).toEqual([
			expect.objectContaining({ endTime: expect.stringMatching(`^${resumedAt}`), timesFrom: 'polls' }),
		]);
	});

	test('emits for the other videos if one fails, and for that one once it can be read', async () => {
		const poller = trigger({ events: ['clipReady', 'livestreamEnded'], filters: { tag: 'cup' } });
		withoutTags();
		await poller.activate();
		await harness.createClip({ title: 'Broken', additionalFields: { tags: 'cup' } });
		failFor(String(harness.emulator.clips[0]?.contentUUID));
		pass(MINUTE_MS);
		await expect(poller.poll()).rejects.toMatchObject({ httpCode: '500' });
		await harness.createClip({ additionalFields: { tags: 'cup' } });
		harness.stream.endedAt = Date.now();
		pass(MINUTE_MS);
		expect((await poller.poll()).items).toEqual([
			expect.objectContaining({ event: 'livestreamEnded' }),
			expect.objectContaining({ event: 'clipReady', title: 'Goal' }),
		]);
		await poller.restart();
		heal();
		withoutTags();

		expect((await poller.poll()).items).toEqual([expect.objectContaining({ title: 'Broken' })]);
		expect(await poller.poll()).toEqual({ items: undefined });
	});

	test('skips a poll that is due during the previous one', async () => {
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		harness.stream.endedAt = Date.now();

		const polls = await Promise.all([poller.poll(), poller.poll()]);

		expect(polls.map(({ items }) => items?.length)).toEqual([1, undefined]);
	});
});

describe('Trigger requests per poll', () => {
	test('are one for all streams, plus one per stream that is live or has just ended', async () => {
		const streams = Array.from({ length: 10 }, (_, index) => harness.emulator.addStream({ title: `Stream ${index}` }));
		const poller = trigger({ events: ['livestreamWentLive', 'livestreamEnded', 'recordingExpiresSoon'] });
		await poller.activate();
		const live = `/livestreams/${harness.stream.streamUUID}`;
		expect(await requestsOf(poller.poll())).toEqual(['/livestreams', live]);
		for (const stream of streams.slice(0, 3)) goLive(stream);
		expect(await requestsOf(poller.poll())).toHaveLength(5);
		harness.stream.endedAt = Date.now();
		expect(await requestsOf(poller.poll())).toHaveLength(5);
		expect(await requestsOf(poller.poll())).toHaveLength(4);
	});

	test('are one per selected stream', async () => {
		const poller = trigger({ events: ['livestreamEnded'], streams: 'selected', streamIds: [harness.stream.streamUUID] });
		expect(await requestsOf(poller.activate())).toEqual([`/livestreams/${harness.stream.streamUUID}`]);
	});
});

describe('Fetch Test Event', () => {
	test('returns an item of each selected event', async () => {
		await harness.createClip();
		harness.emulator.addVideo();
		pass(MINUTE_MS);
		const events = [
			'livestreamWentLive',
			'livestreamEnded',
			'recordingExpiresSoon',
			'clipReady',
			'videoReady',
			'videoFailed',
		];

		const items = await trigger({ events }).test();

		expect(items.map(({ event }) => event).sort()).toEqual(events.filter((event) => event !== 'videoFailed').sort());
	});

	test('explains why there is no test data', async () => {
		await expect(trigger({ events: ['videoFailed'] }).test()).rejects.toMatchObject({
			message: 'No test data found for the selected events',
			description: expect.stringContaining('You can publish the workflow anyway'),
		});
	});
});

describe('Trigger pages of videos', () => {
	const cap = (size: number): void => {
		const answer = (real: Answer): Answer => {
			const body = real.body as { data: unknown[] };
			return { ...real, body: { ...body, data: body.data.slice(0, size) } };
		};
		harness.emulator.failNext({ path: /^\/contents$/, times: Infinity, answer });
	};
	const addVideos = (count: number): string[] => {
		const videos = harness.emulator.addVideos(count, (index) => ({ createdAt: NOW - HOUR_MS + index * 1000 }));
		return videos.map(({ contentId }) => contentId);
	};
	const idsOf = (items: IDataObject[] | undefined): unknown[] => (items ?? []).map(({ contentId }) => contentId).sort();

	test.each([true, false])('emits new videos if the server caps pages, newest first: %s', async (newestFirst) => {
		harness.emulator.options.newestFirst = newestFirst;
		addVideos(50);
		cap(20);
		const poller = trigger({ events: ['videoReady'] });
		await poller.activate();
		const added = [];
		for (let count = 1; count <= 3; count++) {
			pass(MINUTE_MS);
			added.push(harness.emulator.addVideo({ createdAt: Date.now() }).contentId);
			expect(idsOf((await poller.poll()).items)).toEqual(added.slice(-1));
		}
	});

	test.each([true, false])('sends few requests if the server ignores paging, newest first: %s', async (newestFirst) => {
		Object.assign(harness.emulator.options, { newestFirst, ignorePaging: true });
		addVideos(30);
		const poller = trigger({ events: ['videoReady'] });
		await poller.activate();
		expect((await requestsOf(poller.poll())).length).toBeLessThanOrEqual(2);
	});

	test.each([true, false])('emits all videos with Include Existing, newest first: %s', async (newestFirst) => {
		harness.emulator.options.newestFirst = newestFirst;
		const videoIds = addVideos(130);
		const poller = trigger({ events: ['videoReady'], options: { includeExisting: true } });
		const { items } = await poller.activate();
		expect(idsOf(items)).toEqual(videoIds.sort());
		expect(await poller.poll()).toEqual({ items: undefined });
	});

	test('continues with the next poll when the budget of a poll is spent', async () => {
		const videoIds = addVideos(250);
		const options = { storage: 'cursor' as const, budgetMs: 0 };
		const parameters = { events: ['videoReady'], options: { includeExisting: true } };
		const poller = new Poller(harness.engine, harness.credential, parameters, options);
		const emitted: unknown[] = [];
		const first = await requestsOf(poller.activate().then(({ items }) => emitted.push(...idsOf(items))));
		expect(first.length).toBeLessThanOrEqual(1 + 5);
		options.budgetMs = 60_000;
		for (let count = 1; count <= 3; count++) emitted.push(...idsOf((await poller.poll()).items));
		expect(emitted.sort()).toEqual(videoIds.sort());
	});

	test.each([['clipReady'], ['videoReady']])(
		'emits a clip as Clip Ready if the list lacks its stream: %s',
		async (event) => {
			const leaveOut = (key: string, value: unknown): unknown => (key === 'liveRecording' ? undefined : value);
			const answer = (real: Answer): Answer => ({
				...real,
				body: JSON.parse(JSON.stringify(real.body, leaveOut)) as unknown,
			});
			harness.emulator.failNext({ path: /^\/contents$/, times: Infinity, answer });
			const poller = trigger({ events: [event] });
			await poller.activate();
			await harness.createClip();
			pass(MINUTE_MS);
			const expected = event === 'clipReady' ? [[event, harness.stream.streamUUID]] : [];
			expect(eventsOf((await poller.poll()).items)).toEqual(expected);
		},
	);
});

describe('Trigger with durable poll cursors', () => {
	const durable = (parameters: INodeParameters): Poller =>
		new Poller(harness.engine, harness.credential, parameters, { storage: 'cursor' });
	const unreadable = (): void => {
		const path = new RegExp(`^/livestreams/${harness.stream.streamUUID}$`);
		harness.emulator.failNext({ path, times: Infinity, answer: { status: 403 } });
	};

	test('fails if no details can be read, at each poll', async () => {
		const poller = durable({ events: ['livestreamEnded'] });
		await poller.activate();
		pass(MINUTE_MS);
		await poller.poll();
		unreadable();
		for (let count = 1; count <= 3; count++) {
			pass(MINUTE_MS);
			await expect(poller.poll()).rejects.toMatchObject({ httpCode: '403' });
		}
		harness.emulator.faults.length = 0;
		harness.stream.endedAt = Date.now();
		pass(MINUTE_MS);
		expect(eventsOf((await poller.poll()).items)).toEqual([['livestreamEnded', harness.stream.streamUUID]]);
	});

	test('does not fail at the first poll', async () => {
		unreadable();
		const poller = durable({ events: ['livestreamEnded'] });
		expect(await poller.activate()).toEqual({ items: undefined });
	});

	test.each(['staticData', 'cursor'] as const)(
		'ends when last seen live, or now after downtime: %s',
		async (storage) => {
			harness.emulator.options.playlist = 'missing';
			const parameters = { events: ['livestreamEnded'] };
			const poller = new Poller(harness.engine, harness.credential, parameters, { storage });
			await poller.activate();
			pass(MINUTE_MS);
			await poller.poll();
			const seenAt = new Date(Date.now()).toISOString().slice(0, 16);
			pass(MINUTE_MS);
			harness.stream.endedAt = Date.now() - 1;
			const ended = (await poller.poll()).items;
			expect(ended).toEqual([
				expect.objectContaining({ endTime: expect.stringMatching(`^${seenAt}`), timesFrom: 'polls' }),
			]);

			goLive(harness.stream);
			pass(MINUTE_MS);
			await poller.poll();
			pass(HOUR_MS);
			harness.stream.endedAt = Date.now() - 1;
			const resumedAt = new Date(Date.now()).toISOString().slice(0, 16);
			expect((await poller.restart()).items).toEqual([
				expect.objectContaining({ endTime: expect.stringMatching(`^${resumedAt}`), timesFrom: 'polls' }),
			]);
		},
	);
});

describe('Trigger list of Live Stream Names or IDs', () => {
	test('contains recorded streams, live ones first', async () => {
		const other = harness.emulator.addStream({ title: 'Sunday cup' });

		expect(await harness.engine.loadOptions('videographTrigger', 'getLivestreams', harness.credential)).toEqual([
			{ name: 'Saturday derby (live)', value: harness.stream.streamUUID },
			{ name: 'Sunday cup', value: other.streamUUID },
		]);
	});
});
