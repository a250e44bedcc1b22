import type { VideographClient } from '../../nodes/Videograph/api/client';
import { decodeVideo } from '../../nodes/Videograph/api/decode';
import { listVideos } from '../../nodes/Videograph/video/listVideos';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `v${index}`);

/** A server with `count` videos that returns the page of `pageOf`. It records the start of each request. */
function serverWith(count: number, pageOf: (all: string[], start: number, limit: number) => string[]) {
	const starts: number[] = [];
	const client = {
		listContents: (start: number, limit: number) => {
			starts.push(start);
			return Promise.resolve(pageOf(ids(count), start, limit).map((contentId) => decodeVideo({ contentId })));
		},
	};
	return { client: client as unknown as VideographClient, starts };
}

const SERVERS: Array<[string, Parameters<typeof serverWith>[1]]> = [
	['honors start and limit', (all, start, limit) => all.slice(start, start + limit)],
	['caps pages', (all, start, limit) => all.slice(start, start + Math.min(limit, 20))],
	['removes hidden videos from its pages', (all, start, limit) => all.slice(start, start + Math.max(limit - 3, 1))],
	['returns longer pages than requested', (all, start) => all.slice(start, start + 130)],
	['ignores paging', (all) => all],
	[
		'repeats its last page',
		(all, start, limit) => all.slice(Math.min(start, Math.max(all.length - limit, 0))).slice(0, limit),
	],
	['repeats videos over pages', (all, start, limit) => all.slice(Math.max(start - 5, 0), start + limit)],
];

describe.each(SERVERS)('listVideos if the server %s', (_, pageOf) => {
	it.each([0, 1, 19, 20, 21, 99, 100, 101, 250])('returns all of %d videos, each once', async (count) => {
		const { client, starts } = serverWith(count, pageOf);
		const videos = await listVideos(client, Infinity);
		expect(videos.map(({ id }) => id)).toEqual(ids(count));
		expect(starts.length).toBeLessThanOrEqual(Math.ceil(count / 20) + 1);
	});

	it.each([1, 50, 150])('returns at most %d videos', async (limit) => {
		const { client } = serverWith(250, pageOf);
		expect(await listVideos(client, limit)).toHaveLength(limit);
	});
});

it('listVideos requests no page beyond its limit', async () => {
	const { client, starts } = serverWith(250, (all, start, limit) => all.slice(start, start + limit));
	await listVideos(client, 100);
	expect(starts).toEqual([0]);
});

it('listVideos continues after the videos that it received', async () => {
	const { client, starts } = serverWith(50, (all, start) => all.slice(start, start + 20));
	await listVideos(client, Infinity);
	expect(starts).toEqual([0, 20, 40, 50]);
});
