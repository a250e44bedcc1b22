import type { VideographClient } from '../../nodes/Videograph/api/client';
import { decodeListedClip, decodeVideo } from '../../nodes/Videograph/api/decode';
import type { Clip } from '../../nodes/Videograph/clip/clip';
import { ClipPoller, createClipPoller } from '../../nodes/Videograph/polling/clipPoller';
import { playTime, waitingExecution } from './waiting';

const HOUR_MS = 3_600_000;
const clip = (index: number, more: Partial<Clip> = {}): Clip => ({
	clipId: `clip${index}`,
	contentId: null,
	streamId: 'stream',
	title: 'Goal',
	startTime: 1_800_000_000,
	endTime: 1_800_000_030,
	status: 'processing',
	playbackUrl: null,
	thumbnailUrl: null,
	created: true,
	...more,
});

/** A service whose clips are ready from a given round on, and whose list fails in some rounds. It counts requests. */
function service({ readyAt, failsAt = [] }: { readyAt: number; failsAt?: number[] }) {
	const asked = { lists: 0, contents: 0, pages: 0 };
	const content = (contentId: string) =>
		decodeVideo({ contentId, status: 'Ready', playbackUrl: `https://play/${contentId}` });
	const client = {
		listClips: async () => {
			asked.lists++;
			await Promise.resolve();
			if (failsAt.includes(asked.lists)) throw new Error(`down at ${asked.lists}`);
			return Array.from({ length: 60 }, (_, index) =>
				decodeListedClip({
					clipUUID: `clip${index}`,
					...(asked.lists >= readyAt
						? { statusId: 3, contentUUID: `video${index}` }
						: { status: 'Processing (Clip Unknown)' }),
				}),
			);
		},
		getContent: (id: string) => {
			asked.contents++;
			return Promise.resolve(content(id));
		},
		listContents: () => {
			asked.pages++;
			return Promise.resolve(Array.from({ length: 60 }, (_, index) => content(`video${index}`)));
		},
	} as unknown as VideographClient;
	return { client, asked };
}

/** The poller of an execution that shares it with nobody. */
function pollerOf(client: VideographClient): Pick<ClipPoller, 'wait'> {
	const poller = new ClipPoller(createClipPoller(), waitingExecution(client).execution);
	return { wait: async (...wait) => await playTime(poller.wait(...wait)) };
}

beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] }));
afterEach(() => void jest.useRealTimers());

describe('clip polling', () => {
	it('sends one request per round for all clips of a stream, and one for all their videos', async () => {
		const { client, asked } = service({ readyAt: 3 });
		const watch = pollerOf(client);
		const clips = await Promise.all(Array.from({ length: 50 }, (_, index) => watch.wait(clip(index), HOUR_MS)));
		expect(asked).toEqual({ lists: 3, pages: 1, contents: 0 });
		expect(clips.map(({ status, contentId, playbackUrl }) => [status, contentId, playbackUrl])).toEqual(
			clips.map((_, index) => ['ready', `video${index}`, `https://play/video${index}`]),
		);
	});

	it('tolerates three failed rounds in a row', async () => {
		const { client } = service({ readyAt: 8, failsAt: [1, 2, 3, 5, 6, 7] });
		expect(await pollerOf(client).wait(clip(0), HOUR_MS)).toMatchObject({ status: 'ready' });
	});

	it('fails after the fourth failed round', async () => {
		const { client, asked } = service({ readyAt: 9, failsAt: [2, 3, 4, 5] });
		await expect(pollerOf(client).wait(clip(0), HOUR_MS)).rejects.toThrow('down at 5');
		expect(asked.lists).toBe(5);
	});

	it('returns the clip as it is at the timeout, and when the execution is stopped', async () => {
		const { client } = service({ readyAt: Infinity });
		expect(await pollerOf(client).wait(clip(0), 0)).toMatchObject({
			clipId: 'clip0',
			status: 'processing',
		});
		const { execution, stop } = waitingExecution(client);
		const stopped = new ClipPoller(createClipPoller(), execution).wait(clip(0), HOUR_MS);
		stop();
		expect(await stopped).toMatchObject({ clipId: 'clip0', status: 'processing' });
	});

	it('waits a quarter of the elapsed time between rounds, from 0.75 to 10 seconds', async () => {
		const { client } = service({ readyAt: 17 });
		const times = [Date.now()];
		const list = client.listClips.bind(client);
		client.listClips = async (id) => {
			times.push(Date.now());
			return await list(id);
		};
		await pollerOf(client).wait(clip(0), HOUR_MS);
		const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
		expect(waits.slice(0, 7)).toEqual([2000, 750, 750, 875, 1094, 1368, 1710]);
		expect(waits.at(-1)).toBe(10_000);
	});

	it('restarts after it was idle', async () => {
		const { client } = service({ readyAt: 2 });
		const watch = pollerOf(client);
		await watch.wait(clip(0), HOUR_MS);
		expect(await watch.wait(clip(1), HOUR_MS)).toMatchObject({ status: 'ready', contentId: 'video1' });
	});

	it('identifies a clip by its video ID if nothing else is known', async () => {
		const { client } = service({ readyAt: 2 });
		expect(await pollerOf(client).wait(clip(0, { clipId: 'video7' }), HOUR_MS)).toMatchObject({
			clipId: 'clip7',
			contentId: 'video7',
			status: 'ready',
		});
	});

	it('assigns two equal clips one video each, and searches the lists once per round', async () => {
		const { client, asked } = service({ readyAt: 1 });
		const liveRecording = { streamUUID: 'stream', startTime: 1_800_000_000_000, endTime: 1_800_000_030_000 };
		const videos = ['one', 'two'].map((contentId) =>
			decodeVideo({ contentId, title: 'Goal', status: 'Ready', playbackUrl: contentId, liveRecording }),
		);
		client.listClips = () => Promise.resolve(undefined);
		client.listContents = () => {
			asked.pages++;
			return Promise.resolve(videos);
		};
		const watch = pollerOf(client);
		const clips = await Promise.all([0, 1].map((index) => watch.wait(clip(index, { clipId: null }), HOUR_MS)));
		expect(clips.map(({ contentId }) => contentId)).toEqual(['one', 'two']);
		// A page, and the one without a new video that ends the list.
		expect(asked.pages).toBe(2);
	});

	/** A service with this clip list (undefined: no such endpoint) and these videos. */
	function holding(
		entries: Array<{ clipUUID: string; [key: string]: unknown }> | undefined,
		contents: Array<{ contentId: string; [key: string]: unknown }>,
	) {
		const asked: string[] = [];
		const clips = entries?.map(decodeListedClip);
		const videos = contents.map(decodeVideo);
		const client = {
			listClips: (id: string) => {
				asked.push(`clips of ${id}`);
				return Promise.resolve(clips);
			},
			listContents: () => {
				asked.push('videos');
				return Promise.resolve(videos);
			},
			getContent: (id: string) => {
				asked.push(id);
				const found = videos.find((video) => video.id === id);
				return found ? Promise.resolve(found) : Promise.reject(new Error(`no ${id}`));
			},
			findContent: () => Promise.resolve(undefined),
		};
		return { client: client as unknown as VideographClient, asked };
	}

	/** The timeout is reached after one round. */
	const TICK_MS = 0;

	it('requests the clips of each stream once', async () => {
		const { client, asked } = holding(
			[{ clipUUID: 'clip0', contentUUID: 'video0', statusId: 3 }],
			[{ contentId: 'video0' }],
		);
		const watch = pollerOf(client);
		await Promise.all([watch.wait(clip(0), TICK_MS), watch.wait(clip(0, { streamId: 'other' }), TICK_MS)]);
		expect(asked.filter((one) => one.startsWith('clips')).slice(0, 2)).toEqual(['clips of stream', 'clips of other']);
	});

	it.each([
		[
			'the list says that it has failed',
			[{ clipUUID: 'clip0', status: 'Failed' }],
			[],
			{ status: 'failed', contentId: null },
		],
		[
			'its video has failed',
			[{ clipUUID: 'clip0', contentUUID: 'v', statusId: 3 }],
			[{ contentId: 'v', status: 'Failed' }],
			{ status: 'failed', contentId: 'v' },
		],
		[
			'only the list reports it as ready',
			[{ clipUUID: 'clip0', statusId: 3 }],
			[],
			{ status: 'ready', playbackUrl: null },
		],
		[
			'its video is not ready yet',
			[{ clipUUID: 'clip0', contentUUID: 'v', statusId: 3 }],
			[{ contentId: 'v', status: 'Processing' }],
			{ status: 'processing', contentId: 'v' },
		],
		[
			'the list reports it as processing',
			[{ clipUUID: 'clip0', contentUUID: 'v', statusId: 1 }],
			[{ contentId: 'v', status: 'Ready' }],
			{ status: 'processing', contentId: 'v' },
		],
		['the list does not hold it', [], [], { status: 'processing', clipId: 'clip0', contentId: null }],
		['there is no list, and no video', undefined, [], { status: 'processing', clipId: 'clip0', contentId: null }],
	])('returns the status of a clip if %s', async (_, clips, videos, expected) => {
		expect(await pollerOf(holding(clips, videos).client).wait(clip(0), TICK_MS)).toMatchObject(expected);
	});

	it('does not search the videos for a clip that the clip list will contain', async () => {
		const { client, asked } = holding([], []);
		await pollerOf(client).wait(clip(0), TICK_MS);
		expect(asked).not.toContain('videos');
	});

	it('requests the video of a clip that is not listed if its ID is known', async () => {
		const { client } = holding([], [{ contentId: 'v', status: 'Ready', playbackUrl: 'https://play/v' }]);
		expect(await pollerOf(client).wait(clip(0, { contentId: 'v' }), HOUR_MS)).toMatchObject({
			status: 'ready',
			playbackUrl: 'https://play/v',
		});
	});

	it('retains the video ID of a clip once found', async () => {
		const found = {
			contentId: 'v',
			title: 'Goal',
			status: 'Ready',
			liveRecording: { streamUUID: 'stream', startTime: 1_800_000_000_000, endTime: 1_800_000_030_000 },
		};
		const { client } = holding(undefined, [found]);
		expect(await pollerOf(client).wait(clip(0), HOUR_MS)).toMatchObject({
			clipId: 'clip0',
			contentId: 'v',
			status: 'ready',
		});
	});

	it('fails if a video cannot be fetched in four rounds', async () => {
		const { client, asked } = holding([{ clipUUID: 'clip0', contentUUID: 'gone', statusId: 3 }], []);
		await expect(pollerOf(client).wait(clip(0), HOUR_MS)).rejects.toThrow('no gone');
		expect(asked.filter((one) => one === 'gone')).toHaveLength(4);
	});

	it('does not request the video of a clip while a listed clip of the same title has none', async () => {
		const { client, asked } = holding([{ clipUUID: 'job', name: 'Goal', status: 'Processing' }], [{ contentId: 'v' }]);
		await pollerOf(client).wait(clip(0, { clipId: 'v', contentId: 'v' }), TICK_MS);
		expect(asked).toEqual(['clips of stream']);
		const failed = holding([{ clipUUID: 'job', name: 'Goal', status: 'Failed' }], [{ contentId: 'v' }]);
		await pollerOf(failed.client).wait(clip(0, { clipId: 'v', contentId: 'v' }), TICK_MS);
		expect(failed.asked).toContain('v');
	});
});
