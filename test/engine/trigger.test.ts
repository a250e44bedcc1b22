import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Stream } from '../emulator';
import { Poller } from './poller';
import { LIVE_SINCE, NOW, useScene } from './scene';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const scene = useScene({ newestFirst: true });

function trigger(parameters: INodeParameters): Poller {
	return new Poller(scene.engine, scene.credential, parameters);
}

function pass(milliseconds: number): void {
	jest.setSystemTime(Date.now() + milliseconds);
}

/** The paths of the requests that a poll sends. */
async function requestsOf(poll: Promise<unknown>): Promise<string[]> {
	const before = scene.emulator.requests.length;
	await poll;
	return scene.emulator.requests.slice(before).map(({ path }) => path);
}

function goLive(stream: Stream): void {
	stream.startedAt = Date.now();
	stream.endedAt = null;
}

function eventsOf(items: IDataObject[] | undefined): unknown[] {
	return (items ?? []).map(({ event, streamId, contentId }) => [event, streamId ?? contentId]);
}

describe('Live Stream Went Live', () => {
	test('a stream that was live before is not told, one that goes live is, once', async () => {
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

	test('Include Existing tells what is live when the workflow is published', async () => {
		const poller = trigger({ events: ['livestreamWentLive'], options: { includeExisting: true } });

		expect(eventsOf((await poller.activate()).items)).toEqual([['livestreamWentLive', scene.stream.streamUUID]]);
	});

	test('another broadcast of the same stream is told though n8n did not run in between', async () => {
		const poller = trigger({ events: ['livestreamWentLive'] });
		await poller.activate();
		pass(HOUR_MS);
		goLive(scene.stream);

		expect(eventsOf((await poller.activate()).items)).toEqual([['livestreamWentLive', scene.stream.streamUUID]]);
	});
});

describe('Live Stream Ended', () => {
	test('comes with the times of the recording', async () => {
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

	test('a stream that goes live makes n8n remember it, by a run without items', async () => {
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

describe('Recording Expires Soon', () => {
	test('is told once, as many hours before as was asked for', async () => {
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

	test('what is ready before is not told; what becomes ready or fails is, once', async () => {
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

describe('Requests', () => {
	test('a poll costs one for all streams, and one for each whose state has changed', async () => {
		const streams = Array.from({ length: 10 }, (_, index) => scene.emulator.addStream({ title: `Stream ${index}` }));
		const poller = trigger({ events: ['livestreamWentLive', 'livestreamEnded', 'recordingExpiresSoon'] });
		await poller.activate();
		expect(await requestsOf(poller.poll())).toEqual(['/livestreams']);
		for (const stream of streams.slice(0, 3)) goLive(stream);
		expect(await requestsOf(poller.poll())).toHaveLength(4);
	});

	test('of picked streams each costs one', async () => {
		const poller = trigger({ events: ['livestreamEnded'], streams: 'picked', streamIds: [scene.stream.streamUUID] });
		expect(await requestsOf(poller.activate())).toEqual([`/livestreams/${scene.stream.streamUUID}`]);
	});
});

describe('Fetch Test Event', () => {
	test('shows an item of each chosen event, of what is there', async () => {
		await scene.createClip();
		scene.emulator.addVideo();
		pass(MINUTE_MS);
		const events = ['livestreamWentLive', 'livestreamEnded', 'recordingExpiresSoon', 'clipReady', 'videoReady', 'videoFailed'];

		const items = await trigger({ events }).test();

		expect(items.map(({ event }) => event).sort()).toEqual(events.filter((event) => event !== 'videoFailed').sort());
	});

	test('explains why there is nothing to show', async () => {
		await expect(trigger({ events: ['videoFailed'] }).test()).rejects.toMatchObject({
			message: 'There is nothing in Videograph yet that the chosen events could show',
			description: expect.stringContaining('Publish the workflow'),
		});
	});
});
