import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Answer, Stream } from '../emulator';
import { Poller } from './poller';
import { LIVE_SINCE, locator, NOW, useScene } from './scene';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const scene = useScene({ newestFirst: true });

function trigger(parameters: INodeParameters): Poller {
	return new Poller(scene.engine, scene.credential, parameters);
}

function pass(milliseconds: number): void {
	jest.setSystemTime(Date.now() + milliseconds);
}

/** The paths of the API requests that a poll sends. */
async function requestsOf(poll: Promise<unknown>): Promise<string[]> {
	const before = scene.emulator.requests.length;
	await poll;
	return scene.emulator.requests
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
	test('emits once when a stream goes live, and nothing for a stream that was live before', async () => {
		const other = scene.emulator.addStream({ title: 'Sunday cup' });
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

	test('with Include Existing, emits for streams that are live when the workflow is published', async () => {
		const poller = trigger({ events: ['livestreamWentLive'], options: { includeExisting: true } });

		expect(eventsOf((await poller.activate()).items)).toEqual([['livestreamWentLive', scene.stream.streamUUID]]);
	});

	test('emits for another broadcast of the same stream that started while n8n was down', async () => {
		const poller = trigger({ events: ['livestreamWentLive'] });
		await poller.activate();
		pass(HOUR_MS);
		goLive(scene.stream);

		expect(eventsOf((await poller.activate()).items)).toEqual([['livestreamWentLive', scene.stream.streamUUID]]);
	});
});

describe('live streams that are live when watching begins', () => {
	const events = ['livestreamWentLive', 'livestreamEnded'];
	const unrecorded = (): Stream => scene.emulator.addStream({ record: false, startedAt: NOW - 3 * HOUR_MS });
	const selected = (...streams: Stream[]): INodeParameters => ({
		streams: 'selected',
		streamIds: streams.map(({ streamUUID }) => streamUUID),
	});

	test.each<[string, (stream: Stream) => INodeParameters, (stream: Stream) => INodeParameters]>([
		['All instead of All Recorded', () => ({ streams: 'recorded' }), () => ({ streams: 'all' })],
		['Selected instead of All Recorded', () => ({ streams: 'recorded' }), selected],
		['another stream selected', () => selected(scene.stream), (stream) => selected(scene.stream, stream)],
		['All Recorded instead of Selected', selected, () => ({ streams: 'recorded' })],
	])('emit no Went Live event: %s', async (_change, before, after) => {
		const stream = unrecorded();
		const poller = trigger({ events, ...before(stream) });
		await poller.activate();
		pass(MINUTE_MS);
		poller.parameters = { events, ...after(stream) };
		expect((await poller.activate()).items ?? []).toEqual([]);
		expect((await poller.poll()).items ?? []).toEqual([]);
		pass(MINUTE_MS);
		for (const ended of [stream, scene.stream]) ended.endedAt = Date.now() - 1;
		const watched = after(stream).streams === 'recorded' ? [scene.stream] : [stream];
		for (const { streamUUID } of watched) {
			expect(eventsOf((await poller.poll()).items)).toContainEqual(['livestreamEnded', streamUUID]);
		}
	});

	test('emit an event with Include Existing', async () => {
		const stream = unrecorded();
		const options = { includeExisting: true };
		const poller = trigger({ events, options });
		await poller.activate();
		poller.parameters = { events, streams: 'all', options };
		expect(eventsOf((await poller.activate()).items)).toEqual([['livestreamWentLive', stream.streamUUID]]);
	});

	test('emit an event if the last selection covered them: they went live in between', async () => {
		const stream = scene.emulator.addStream({ title: 'Sunday cup' });
		const poller = trigger({ events, ...selected(stream) });
		await poller.activate();
		pass(HOUR_MS);
		goLive(stream);
		poller.parameters = { events, streams: 'recorded' };
		expect(eventsOf((await poller.activate()).items)).toEqual([['livestreamWentLive', stream.streamUUID]]);
	});

	test('emit an event if they were created and went live between two polls', async () => {
		const poller = trigger({ events });
		await poller.activate();
		pass(MINUTE_MS);
		const stream = scene.emulator.addStream({ startedAt: Date.now() - 1000 });
		expect(eventsOf((await poller.poll()).items)).toEqual([['livestreamWentLive', stream.streamUUID]]);
	});

	test('emit no Ended event when they are no longer watched', async () => {
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
		scene.stream.endedAt = Date.now() + 20_000;
		pass(MINUTE_MS);
		const { items } = await poller.poll();

		expect(items).toEqual([
			expect.objectContaining({
				event: 'livestreamEnded',
				streamId: scene.stream.streamUUID,
				live: false,
				startTime: new Date(LIVE_SINCE).toISOString(),
				endTime: new Date(scene.stream.endedAt).toISOString(),
				duration: (scene.stream.endedAt - LIVE_SINCE) / 1000,
				timesFrom: 'recording',
			}),
		]);
		expect(await poller.poll()).toEqual({ items: undefined });
	});

	test('does not have the times of a later broadcast that no poll saw', async () => {
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		pass(HOUR_MS);
		scene.stream.startedAt = Date.now() - 20 * MINUTE_MS;
		scene.stream.endedAt = Date.now() - 10 * MINUTE_MS;
		const [item] = (await poller.poll()).items ?? [];

		expect(item).toMatchObject({ startTime: new Date(LIVE_SINCE).toISOString(), timesFrom: 'polls' });
		expect(item?.endTime).toMatch(new RegExp(`^${new Date(NOW).toISOString().slice(0, 16)}`));
	});

	test('makes n8n persist that a stream went live, by an execution without items', async () => {
		scene.stream.endedAt = Date.now();
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		pass(MINUTE_MS);
		goLive(scene.stream);

		expect(await poller.poll()).toEqual({ items: [] });

		scene.stream.endedAt = Date.now() + HOUR_MS;
		pass(2 * HOUR_MS);
		expect(eventsOf((await poller.activate()).items)).toEqual([['livestreamEnded', scene.stream.streamUUID]]);
	});
});

describe('a stream that ends during a poll', () => {
	test('emits its end at the next poll, as this one saw it live', async () => {
		const stream = scene.emulator.addStream({ title: 'Short' });
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		pass(MINUTE_MS);
		goLive(stream);
		const before = scene.emulator.requests.length;
		const isRequested = (): boolean =>
			scene.emulator.requests.slice(before).some(({ path }) => path === `/livestreams/${stream.streamUUID}`);
		// It ends between the list and the request for details.
		Object.defineProperty(stream, 'endedAt', { get: () => (isRequested() ? Date.now() - 1 : null) });

		expect(await poller.poll()).toEqual({ items: [] });
		pass(MINUTE_MS);
		expect(eventsOf((await poller.poll()).items)).toEqual([['livestreamEnded', stream.streamUUID]]);
	});
});

describe('Recording Expires Soon', () => {
	test('is emitted once, at the given number of hours before expiry', async () => {
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

	test('are emitted once when a video becomes ready or fails, and not for videos that were ready before', async () => {
		scene.emulator.addVideo({ title: 'Old' });
		const poller = trigger({ events });
		expect(await poller.activate()).toEqual({ items: undefined });
		await scene.createClip();
		scene.emulator.failClip(({ title }) => title === 'Bad');
		await scene.createClip({ title: 'Bad' });
		const video = scene.emulator.addVideo({ title: 'New', createdAt: Date.now() });
		expect(eventsOf((await poller.poll()).items)).toEqual([['videoReady', video.contentId]]);
		pass(MINUTE_MS);

		const { items } = await poller.poll();

		expect(items).toEqual([
			expect.objectContaining({ event: 'videoFailed', title: 'Bad', status: 'failed' }),
			expect.objectContaining({
				event: 'clipReady',
				title: 'Goal',
				streamId: scene.stream.streamUUID,
				contentId: scene.emulator.clips[0]?.contentUUID,
				status: 'ready',
				playbackUrl: expect.stringMatching(/^https:/),
			}),
		]);
		expect(await poller.poll()).toEqual({ items: undefined });
	});
});

describe('Filters', () => {
	test('Title Contains and Tag: both must match', async () => {
		const poller = trigger({ events: ['clipReady'], filters: { titleContains: 'GOAL', tag: 'home' } });
		await poller.activate();
		await scene.createClip({ additionalFields: { tags: 'home, cup' } });
		await scene.createClip({ title: 'Save', additionalFields: { tags: 'home' } });
		await scene.createClip({ title: 'Goal 2', additionalFields: { tags: 'away' } });
		pass(MINUTE_MS);

		expect((await poller.poll()).items).toEqual([expect.objectContaining({ title: 'Goal' })]);
	});

	test('Title Contains: emits nothing for a live stream with another title', async () => {
		const poller = trigger({ events: ['livestreamEnded'], filters: { titleContains: 'sunday' } });
		await poller.activate();
		scene.stream.endedAt = Date.now();
		pass(MINUTE_MS);

		expect(await poller.poll()).toEqual({ items: undefined });
	});

	test('selected live streams: emits their clips only', async () => {
		const other = scene.emulator.addStream({ startedAt: LIVE_SINCE });
		const selected = { streams: 'selected', streamIds: [other.streamUUID] };
		const poller = trigger({ events: ['clipReady'], ...selected });
		await poller.activate();
		await scene.createClip();
		await scene.createClip({ streamId: locator(other.streamUUID), title: 'Theirs' });
		pass(MINUTE_MS);

		expect((await poller.poll()).items).toEqual([expect.objectContaining({ title: 'Theirs' })]);
	});

	test('unrecorded live streams: watched with All, and without an expiry warning', async () => {
		const unrecorded = scene.emulator.addStream({ record: false });
		const poller = trigger({ events: ['livestreamWentLive', 'recordingExpiresSoon'], streams: 'all', hoursBefore: 12 });
		await poller.activate();
		goLive(unrecorded);

		expect(eventsOf((await poller.poll()).items)).toEqual([['livestreamWentLive', unrecorded.streamUUID]]);
	});

	test('an unrecorded live stream that is selected has no expiry warning either', async () => {
		const unrecorded = scene.emulator.addStream({ record: false, startedAt: NOW - MINUTE_MS });
		const streamIds = [unrecorded.streamUUID, scene.stream.streamUUID];
		const poller = trigger({ events: ['recordingExpiresSoon'], streams: 'selected', streamIds, hoursBefore: 12 });

		expect(eventsOf((await poller.activate()).items)).toEqual([['recordingExpiresSoon', scene.stream.streamUUID]]);
	});
});

describe('a live stream that is deleted while live', () => {
	test('emits its end once it was missing in three polls', async () => {
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		const lastSeen = new Date(Date.now()).toISOString().slice(0, 16);
		scene.stream.deletedAt = Date.now();
		(scene.emulator.streams as Stream[]).length = 0;
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

describe('if the API reports no times', () => {
	const blind = useScene({ playlist: 'missing', activeSince: false });

	test('a broadcast starts when it was first seen live, and ends when it was last seen live', async () => {
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
		'%s is emitted for another broadcast too, even if it started while n8n was down',
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

describe('An invalid parameter fails before any request', () => {
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
		expect(scene.emulator.requests).toEqual([]);
	});
});

describe('If Videograph fails', () => {
	test('the poll fails with the message of the API, and the next one emits the events in between', async () => {
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		scene.stream.endedAt = Date.now();
		scene.emulator.failNext({ answer: { status: 403, body: { code: 403, message: 'Not your streams' } } });

		await expect(poller.poll()).rejects.toMatchObject({
			name: 'NodeApiError',
			message: 'Not your streams',
			httpCode: '403',
		});
		expect((await poller.poll()).items).toHaveLength(1);
	});

	/** From now on, requests for details fail, with a Retry-After that is too long for a poll. */
	const failFor = (path: string): void => {
		scene.emulator.failNext({
			path: new RegExp(`${path}$`),
			times: Infinity,
			answer: { status: 500, headers: { 'retry-after': '3600' } },
		});
	};
	const heal = (): void => {
		scene.emulator.faults.length = 0;
	};
	/** The list of videos lacks tags, so that the trigger requests details. */
	const withoutTags = (): void => {
		const leaveOut = (key: string, value: unknown): unknown => (key === 'tags' ? undefined : value);
		const answer = (real: Answer): Answer => ({
			...real,
			body: JSON.parse(JSON.stringify(real.body, leaveOut)) as unknown,
		});
		scene.emulator.failNext({ path: /^\/contents$/, times: Infinity, answer });
	};

	test.each(['recorded', 'selected'])(
		'for one live stream only, emits the events of the others, and of that one once it can be read: %s',
		async (streams) => {
			const broken = scene.emulator.addStream({ title: 'Sunday cup' });
			const events = ['livestreamWentLive', 'livestreamEnded'];
			const poller = trigger({ events, streams, streamIds: [broken.streamUUID, scene.stream.streamUUID] });
			await poller.activate();
			pass(MINUTE_MS);
			failFor(broken.streamUUID);
			goLive(broken);
			expect(await poller.poll()).toEqual({ items: undefined });
			scene.stream.endedAt = Date.now();
			pass(MINUTE_MS);
			expect(eventsOf((await poller.poll()).items)).toEqual([['livestreamEnded', scene.stream.streamUUID]]);
			heal();
			expect(eventsOf((await poller.poll()).items)).toEqual([['livestreamWentLive', broken.streamUUID]]);

			goLive(scene.stream);
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

	test('details without an ID count as unreadable', async () => {
		const broken = scene.emulator.addStream({ startedAt: LIVE_SINCE });
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		scene.emulator.failNext({
			path: new RegExp(broken.streamUUID),
			times: Infinity,
			answer: { status: 200, body: { data: {} } },
		});
		scene.stream.endedAt = Date.now();
		pass(MINUTE_MS);
		expect(eventsOf((await poller.poll()).items)).toEqual([['livestreamEnded', scene.stream.streamUUID]]);
	});

	test.each(['recorded', 'selected'])(
		'for a stream at the first poll, it counts as live before once it can be read: %s',
		async (streams) => {
			const events = ['livestreamWentLive', 'livestreamEnded'];
			const poller = trigger({ events, streams, streamIds: [scene.stream.streamUUID] });
			failFor(scene.stream.streamUUID);
			expect(await poller.activate()).toEqual({ items: undefined });
			pass(MINUTE_MS);
			heal();
			// n8n persists that it is live.
			expect(await poller.poll()).toEqual({ items: [] });
			pass(MINUTE_MS);
			goLive(scene.stream);
			expect(eventsOf((await poller.activate()).items)).toEqual([
				['livestreamEnded', scene.stream.streamUUID],
				['livestreamWentLive', scene.stream.streamUUID],
			]);
		},
	);

	test('a poll that can read no details fails, but not the first one, which would deactivate the workflow', async () => {
		const poller = trigger({ events: ['livestreamEnded'] });
		failFor(scene.stream.streamUUID);
		expect(await poller.activate()).toEqual({ items: undefined });
		await expect(poller.poll()).rejects.toMatchObject({ httpCode: '500' });
		await expect(poller.poll()).rejects.toMatchObject({ httpCode: '500' });
	});

	test('for the details of all streams, sends few requests', async () => {
		for (let index = 0; index < 20; index++) scene.emulator.addStream({ startedAt: LIVE_SINCE });
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		failFor('/livestreams/.+');
		const requests = await requestsOf(poller.poll().catch(() => undefined));
		// Those in flight when the fifth one fails.
		expect(requests.length).toBeLessThanOrEqual(1 + 5 + 4);
	});

	test('a live stream that could not be read counts as live until then', async () => {
		scene.emulator.options.playlist = 'missing';
		const other = scene.emulator.addStream({ startedAt: LIVE_SINCE });
		const streamIds = [scene.stream.streamUUID, other.streamUUID];
		const poller = trigger({ events: ['livestreamEnded'], streams: 'selected', streamIds });
		await poller.activate();
		failFor(scene.stream.streamUUID);
		pass(HOUR_MS);
		await poller.poll();
		const unreadAt = new Date(Date.now()).toISOString().slice(0, 16);
		heal();
		pass(MINUTE_MS);
		scene.stream.endedAt = Date.now() - 1;

		expect((await poller.poll()).items).toEqual([
			expect.objectContaining({ endTime: expect.stringMatching(`^${unreadAt}`), timesFrom: 'polls' }),
		]);
	});

	test('a live stream that ended while n8n was down, and then could not be read, ended when n8n was back at the latest', async () => {
		scene.emulator.options.playlist = 'missing';
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		scene.stream.endedAt = Date.now() + 30 * MINUTE_MS;
		pass(HOUR_MS);
		failFor(scene.stream.streamUUID);
		const resumedAt = new Date(Date.now()).toISOString().slice(0, 16);
		expect(await poller.activate()).toEqual({ items: undefined });
		heal();
		pass(MINUTE_MS);

		expect((await poller.poll()).items).toEqual([
			expect.objectContaining({ endTime: expect.stringMatching(`^${resumedAt}`), timesFrom: 'polls' }),
		]);
	});

	test('for one video only, emits the events of the others, and of that one once it can be read', async () => {
		const poller = trigger({ events: ['clipReady', 'livestreamEnded'], filters: { tag: 'cup' } });
		withoutTags();
		await poller.activate();
		await scene.createClip({ title: 'Broken', additionalFields: { tags: 'cup' } });
		failFor(String(scene.emulator.clips[0]?.contentUUID));
		pass(MINUTE_MS);
		await expect(poller.poll()).rejects.toMatchObject({ httpCode: '500' });
		await scene.createClip({ additionalFields: { tags: 'cup' } });
		scene.stream.endedAt = Date.now();
		pass(MINUTE_MS);
		expect((await poller.poll()).items).toEqual([
			expect.objectContaining({ event: 'livestreamEnded' }),
			expect.objectContaining({ event: 'clipReady', title: 'Goal' }),
		]);
		// n8n restarts.
		await poller.activate();
		heal();
		withoutTags();

		expect((await poller.poll()).items).toEqual([expect.objectContaining({ title: 'Broken' })]);
		expect(await poller.poll()).toEqual({ items: undefined });
	});

	test('a poll that is due while the last one is in progress emits nothing', async () => {
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		scene.stream.endedAt = Date.now();

		const polls = await Promise.all([poller.poll(), poller.poll()]);

		expect(polls.map(({ items }) => items?.length)).toEqual([1, undefined]);
	});
});

describe('Requests', () => {
	test('per poll: one for all streams, and one for each stream that is live or has just ended', async () => {
		const streams = Array.from({ length: 10 }, (_, index) => scene.emulator.addStream({ title: `Stream ${index}` }));
		const poller = trigger({ events: ['livestreamWentLive', 'livestreamEnded', 'recordingExpiresSoon'] });
		await poller.activate();
		const live = `/livestreams/${scene.stream.streamUUID}`;
		expect(await requestsOf(poller.poll())).toEqual(['/livestreams', live]);
		for (const stream of streams.slice(0, 3)) goLive(stream);
		expect(await requestsOf(poller.poll())).toHaveLength(5);
		scene.stream.endedAt = Date.now();
		expect(await requestsOf(poller.poll())).toHaveLength(5);
		expect(await requestsOf(poller.poll())).toHaveLength(4);
	});

	test('one for each selected stream', async () => {
		const poller = trigger({ events: ['livestreamEnded'], streams: 'selected', streamIds: [scene.stream.streamUUID] });
		expect(await requestsOf(poller.activate())).toEqual([`/livestreams/${scene.stream.streamUUID}`]);
	});
});

describe('Fetch Test Event', () => {
	test('returns an item for each selected event', async () => {
		await scene.createClip();
		scene.emulator.addVideo();
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

test('Live Stream Names or IDs lists live streams first', async () => {
	const other = scene.emulator.addStream({ title: 'Sunday cup' });

	expect(await scene.engine.loadOptions('videographTrigger', 'getLivestreams', scene.credential)).toEqual([
		{ name: 'Saturday derby (live)', value: scene.stream.streamUUID },
		{ name: 'Sunday cup', value: other.streamUUID },
	]);
});
