import { VideographClient } from '../../nodes/Videograph/api/client';
import { decodeListedClip, decodeVideo, type ListedClip, type Video } from '../../nodes/Videograph/api/decode';
import { ClipLookup, type LookupHints, type LookupResult } from '../../nodes/Videograph/clip/clipLookup';
import { CLIP_REFERENCE_KEY } from '../../nodes/Videograph/video/video';

const WANTED = { streamId: 'stream', title: 'Goal', startTime: 100, endTime: 130 };
const video = (contentId: string, more: object = {}) =>
	decodeVideo({
		contentId,
		title: 'Goal',
		status: 'Ready',
		liveRecording: { streamUUID: 'stream', startTime: 100_000, endTime: 130_000 },
		...more,
	});
const another = { liveRecording: { streamUUID: 'stream', startTime: 1000, endTime: 2000 } };
const item = (clipUUID: string, contentUUID: string | null, more: object = {}) =>
	decodeListedClip({ clipUUID, contentUUID, name: 'Goal', ...more });

/** A service with this clip list (undefined: no such endpoint) and these videos. */
function service(clips: ListedClip[] | undefined, videos: Video[]) {
	const asked: string[] = [];
	const client = {
		listClips: () => Promise.resolve(clips),
		listContents: (start: number, limit: number) => {
			asked.push(`${start} to ${limit}`);
			return Promise.resolve(videos.slice(start, start + limit));
		},
		findContent: (id: string) => {
			asked.push(id);
			return Promise.resolve(videos.find((one) => one.id === id));
		},
	};
	return { client: client as unknown as VideographClient, asked };
}

/** A single lookup. */
async function look(client: VideographClient, clues?: LookupHints): Promise<LookupResult> {
	return await new ClipLookup().find(client, WANTED, clues);
}

describe('clip lookup', () => {
	it('finds a clip by its video', async () => {
		const { client, asked } = service(
			[item('a', 'va'), item('b', 'vb'), item('c', 'vc', { name: 'Foul' })],
			[video('va', another), video('vb'), video('vc')],
		);
		expect(await look(client)).toEqual({ status: 'found', clipId: 'b', contentId: 'vb' });
		expect(asked).toEqual(['va', 'vb']);
	});

	it('is absent if no title matches', async () => {
		const { client, asked } = service([item('a', 'va'), item('b', null, { name: 'Foul' })], [video('va', another)]);
		expect(await look(client)).toEqual({ status: 'absent' });
		expect(asked).toEqual(['va']);
	});

	it('compares all clips of the title, newest first, and fetches each finished video once', async () => {
		// A clip of unknown age counts as the oldest.
		const clips = Array.from({ length: 25 }, (_, index) =>
			item(`c${index}`, `v${index}`, { created_at: index === 24 ? undefined : index + 1 }),
		);
		const videos = clips.map(({ contentId }) =>
			video(contentId ?? '', { ...another, ...(contentId === 'v3' && { status: 'Processing' }) }),
		);
		const { client, asked } = service(clips, videos);
		const finder = new ClipLookup();
		expect(await Promise.all([finder.find(client, WANTED), finder.find(client, WANTED)])).toEqual([
			{ status: 'absent' },
			{ status: 'absent' },
		]);
		expect(asked.slice(0, 25)).toEqual([...Array.from({ length: 24 }, (_, index) => `v${23 - index}`), 'v24']);
		asked.length = 0;
		await finder.find(client, WANTED);
		expect(asked).toEqual(['v3']);
	});

	it('skips a clip whose video is deleted', async () => {
		const { client } = service([item('a', 'gone'), item('b', 'vb')], [video('vb')]);
		expect(await look(client)).toEqual({ status: 'found', clipId: 'b', contentId: 'vb' });
		expect(await look(service([item('a', 'gone')], []).client)).toEqual({ status: 'absent' });
	});

	it('fetches a video again after a failed request', async () => {
		const { client } = service([item('a', 'va')], [video('va')]);
		const read = client.findContent.bind(client);
		client.findContent = () => Promise.reject(new Error('down'));
		const finder = new ClipLookup();
		await expect(finder.find(client, WANTED)).rejects.toThrow('down');
		client.findContent = read;
		expect(await finder.find(client, WANTED)).toMatchObject({ status: 'found' });
	});

	it('searches the videos page by page if there is no clip list', async () => {
		const many = Array.from({ length: 250 }, (_, index) => video(`v${index}`, another));
		const { client, asked } = service(undefined, [...many, video('vb')]);
		expect(await look(client)).toEqual({ status: 'found', clipId: 'vb', contentId: 'vb' });
		expect(asked).toEqual(['0 to 100', '100 to 100', '200 to 100', '251 to 100']);
		expect(await look(service(undefined, []).client)).toEqual({ status: 'absent' });
	});

	it('is ambiguous if there are more videos than it searches', async () => {
		const many = Array.from({ length: 1001 }, (_, index) => video(`v${index}`, another));
		expect(await look(service(undefined, many).client)).toEqual({ status: 'ambiguous', clipId: null, contentId: null });
	});

	it.each([
		['another title', { title: 'Foul' }],
		['another stream', { liveRecording: { streamUUID: 'other', startTime: 100_000, endTime: 130_000 } }],
		['another start', { liveRecording: { streamUUID: 'stream', startTime: 100_001, endTime: 130_000 } }],
		['another end', { liveRecording: { streamUUID: 'stream', startTime: 100_000, endTime: 130_001 } }],
		['no recording', { liveRecording: null }],
	])('does not match a video of %s', async (_, more) => {
		expect(await look(service(undefined, [video('va', more)]).client)).toEqual({ status: 'absent' });
	});
});

describe('clip lookup by clip reference', () => {
	const carrying = (value: string, more: object = {}) => ({
		metadata: [null, { key: 'team', value: 'ref' }, { key: CLIP_REFERENCE_KEY, value }],
		...more,
	});

	it.each([
		['its own reference, whatever its title', carrying('ref', { title: 'New title', ...another }), 'found'],
		['the reference of another', carrying('other'), 'absent'],
		['no reference, but its title and times', { metadata: [{ key: 'team', value: 'ref' }] }, 'found'],
		['no list of metadata', { metadata: 'ref' }, 'found'],
		['no reference, and other times', { metadata: [{ key: 'team', value: 'ref' }], ...another }, 'absent'],
	])('a video with %s', async (_, more, status) => {
		expect(await look(service(undefined, [video('va', more)]).client, { reference: 'ref' })).toMatchObject({ status });
	});

	it('falls back to title and times without a clip reference', async () => {
		expect(await look(service(undefined, [video('va', carrying('other'))]).client)).toMatchObject({ status: 'found' });
	});
});

describe('clip lookup while clips of the same title are processing', () => {
	const making = { status: 'Processing', ...another };

	it('returns the ID of the only candidate, and its video', async () => {
		expect(await look(service([item('a', null)], [video('va')]).client)).toEqual({
			status: 'found',
			clipId: 'a',
			contentId: 'va',
		});
		const two = service([item('a', null), item('b', '')], [video('va')]);
		expect(await look(two.client)).toEqual({ status: 'found', clipId: 'va', contentId: 'va' });
	});

	it('is ambiguous while a clip has no video yet', async () => {
		expect(await look(service([item('a', null)], []).client)).toEqual({
			status: 'ambiguous',
			clipId: 'a',
			contentId: null,
		});
		const two = service([item('a', null), item('b', null)], [video('va', making)]);
		expect(await look(two.client)).toEqual({ status: 'ambiguous', clipId: null, contentId: null });
	});

	it('ignores clips known as other clips', async () => {
		const { client } = service([item('a', null), item('b', null)], []);
		expect(await look(client, { excludedIds: new Set(['a']) })).toEqual({
			status: 'ambiguous',
			clipId: 'b',
			contentId: null,
		});
		expect(await look(client, { excludedIds: new Set(['a', 'b']) })).toEqual({ status: 'absent' });
	});

	it('is absent if each clip has a video that was compared', async () => {
		expect(await look(service([item('a', null)], [video('va', making)]).client)).toEqual({ status: 'absent' });
	});

	it.each([
		['is ready', { ...making, status: 'Ready' }],
		['has another title', { ...making, title: 'Foul' }],
		['is of another stream', { ...making, liveRecording: { streamUUID: 'other' } }],
		['is of no stream', { ...making, liveRecording: null }],
	])('does not match a video that %s', async (_, more) => {
		expect(await look(service([item('a', null)], [video('va', more)]).client)).toMatchObject({ status: 'ambiguous' });
	});

	it('does not match the video of another clip', async () => {
		const { client } = service([item('a', null), item('b', 'vb')], [video('vb', making)]);
		expect(await look(client)).toEqual({ status: 'ambiguous', clipId: 'a', contentId: null });
	});
});
