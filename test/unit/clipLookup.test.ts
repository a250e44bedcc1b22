import { VideographClient } from '../../nodes/Videograph/api/client';
import type { ClipListItem, Content } from '../../nodes/Videograph/api/types';
import { ClipLookup, type LookupHints, type LookupResult } from '../../nodes/Videograph/clip/clipLookup';
import { CLIP_REFERENCE_KEY } from '../../nodes/Videograph/idempotency/clipReference';

const WANTED = { streamId: 'stream', title: 'Goal', startTime: 100, endTime: 130 };
const video = (contentId: string, more: object = {}): Content =>
	({ contentId, title: 'Goal', status: 'Ready', liveRecording: { streamUUID: 'stream', startTime: 100_000, endTime: 130_000 }, ...more });
const another = { liveRecording: { streamUUID: 'stream', startTime: 1000, endTime: 2000 } };
const item = (clipUUID: string, contentUUID: string | null, more: Partial<ClipListItem> = {}) =>
	({ clipUUID, contentUUID, name: 'Goal', ...more }) as ClipListItem;

/** A service with this list of clips (undefined: it has no such list) and these videos. */
function service(clips: ClipListItem[] | undefined, videos: Content[]) {
	const asked: string[] = [];
	const client = {
		listClips: () => Promise.resolve(clips),
		listContents: (start: number, limit: number) => {
			asked.push(`${start} to ${limit}`);
			return Promise.resolve(videos.slice(start, start + limit));
		},
		findContent: (id: string) => {
			asked.push(id);
			return Promise.resolve(videos.find(({ contentId }) => contentId === id));
		},
	};
	return { client: client as unknown as VideographClient, asked };
}

/** One look of its own. */
async function look(client: VideographClient, clues?: LookupHints): Promise<LookupResult> {
	return await new ClipLookup(client).find(WANTED, clues);
}

it('finds a clip by the video that it has become', async () => {
	const { client, asked } = service([item('a', 'va'), item('b', 'vb'), item('c', 'vc', { name: 'Foul' })], [video('va', another), video('vb'), video('vc')]);
	expect(await look(client)).toEqual({ status: 'found', clipId: 'b', contentId: 'vb' });
	expect(asked).toEqual(['va', 'vb']);
});

it('does not see a clip where none of the title is left', async () => {
	const { client, asked } = service([item('a', 'va'), item('b', null, { name: 'Foul' })], [video('va', another)]);
	expect(await look(client)).toEqual({ status: 'absent' });
	expect(asked).toEqual(['va']);
});

it('compares all of the title, the newest first, and each video that is finished once', async () => {
	// One of unknown age counts as the oldest.
	const clips = Array.from({ length: 25 }, (_, index) => item(`c${index}`, `v${index}`, { created_at: index === 24 ? undefined : index + 1 }));
	const videos = clips.map(({ contentUUID }) => video(contentUUID ?? '', { ...another, ...(contentUUID === 'v3' && { status: 'Processing' }) }));
	const { client, asked } = service(clips, videos);
	const finder = new ClipLookup(client);
	expect(await Promise.all([finder.find(WANTED), finder.find(WANTED)])).toEqual([{ status: 'absent' }, { status: 'absent' }]);
	expect(asked.slice(0, 25)).toEqual([...Array.from({ length: 24 }, (_, index) => `v${23 - index}`), 'v24']);
	asked.length = 0;
	await finder.find(WANTED);
	expect(asked).toEqual(['v3']);
});

it('passes over a clip whose video is deleted', async () => {
	const { client } = service([item('a', 'gone'), item('b', 'vb')], [video('vb')]);
	expect(await look(client)).toEqual({ status: 'found', clipId: 'b', contentId: 'vb' });
	expect(await look(service([item('a', 'gone')], []).client)).toEqual({ status: 'absent' });
});

it('reads a video again whose reading has failed', async () => {
	const { client } = service([item('a', 'va')], [video('va')]);
	const read = client.findContent.bind(client);
	client.findContent = () => Promise.reject(new Error('down'));
	const finder = new ClipLookup(client);
	await expect(finder.find(WANTED)).rejects.toThrow('down');
	client.findContent = read;
	expect(await finder.find(WANTED)).toMatchObject({ status: 'found' });
});

it('searches the videos page by page where there is no list of clips', async () => {
	const many = Array.from({ length: 250 }, (_, index) => video(`v${index}`, another));
	const { client, asked } = service(undefined, [...many, video('vb')]);
	expect(await look(client)).toEqual({ status: 'found', clipId: 'vb', contentId: 'vb' });
	expect(asked).toEqual(['0 to 100', '100 to 100', '200 to 100']);
	expect(await look(service(undefined, []).client)).toEqual({ status: 'absent' });
});

it('cannot tell where there are more videos than it searches', async () => {
	const many = Array.from({ length: 1001 }, (_, index) => video(`v${index}`, another));
	expect(await look(service(undefined, many).client)).toEqual({ status: 'ambiguous', clipId: null, contentId: null });
});

it.each([
	['another title', { title: 'Foul' }],
	['another stream', { liveRecording: { streamUUID: 'other', startTime: 100_000, endTime: 130_000 } }],
	['another start', { liveRecording: { streamUUID: 'stream', startTime: 100_001, endTime: 130_000 } }],
	['another end', { liveRecording: { streamUUID: 'stream', startTime: 100_000, endTime: 130_001 } }],
	['no recording', { liveRecording: null }],
])('does not take a video of %s for it', async (_, more) => {
	expect(await look(service(undefined, [video('va', more)]).client)).toEqual({ status: 'absent' });
});

describe('with a reference', () => {
	const carrying = (value: string, more: object = {}) => ({ metadata: [null, { key: 'team', value: 'ref' }, { key: CLIP_REFERENCE_KEY, value }], ...more });

	it.each([
		['its own reference, whatever its title', carrying('ref', { title: 'New title', ...another }), 'found'],
		['the reference of another', carrying('other'), 'absent'],
		['no reference, but its title and times', { metadata: [{ key: 'team', value: 'ref' }] }, 'found'],
		['no list of metadata', { metadata: 'ref' }, 'found'],
		['no reference, and other times', { metadata: [{ key: 'team', value: 'ref' }], ...another }, 'absent'],
	])('a video with %s', async (_, more, status) => {
		expect(await look(service(undefined, [video('va', more)]).client, { reference: 'ref' })).toMatchObject({ status });
	});

	it('goes by title and times where none is asked for', async () => {
		expect(await look(service(undefined, [video('va', carrying('other'))]).client)).toMatchObject({ status: 'found' });
	});
});

describe('while clips of the title are being made', () => {
	const making = { status: 'Processing', ...another };

	it('has the id of the only one, and its video', async () => {
		expect(await look(service([item('a', null)], [video('va')]).client)).toEqual({ status: 'found', clipId: 'a', contentId: 'va' });
		const two = service([item('a', null), item('b', '')], [video('va')]);
		expect(await look(two.client)).toEqual({ status: 'found', clipId: 'va', contentId: 'va' });
	});

	it('may be the one that has no video yet', async () => {
		expect(await look(service([item('a', null)], []).client)).toEqual({ status: 'ambiguous', clipId: 'a', contentId: null });
		const two = service([item('a', null), item('b', null)], [video('va', making)]);
		expect(await look(two.client)).toEqual({ status: 'ambiguous', clipId: null, contentId: null });
	});

	it('is none of those that are known as others', async () => {
		const { client } = service([item('a', null), item('b', null)], []);
		expect(await look(client, { excludedIds: new Set(['a']) })).toEqual({ status: 'ambiguous', clipId: 'b', contentId: null });
		expect(await look(client, { excludedIds: new Set(['a', 'b']) })).toEqual({ status: 'absent' });
	});

	it('is none where each has a video among those that were compared', async () => {
		expect(await look(service([item('a', null)], [video('va', making)]).client)).toEqual({ status: 'absent' });
	});

	it.each([
		['is ready', { ...making, status: 'Ready' }],
		['has another title', { ...making, title: 'Foul' }],
		['is of another stream', { ...making, liveRecording: { streamUUID: 'other' } }],
		['is of no stream', { ...making, liveRecording: null }],
	])('a video that %s is not that of the one', async (_, more) => {
		expect(await look(service([item('a', null)], [video('va', more)]).client)).toMatchObject({ status: 'ambiguous' });
	});

	it('the video of one that has become a video is not that of another', async () => {
		const { client } = service([item('a', null), item('b', 'vb')], [video('vb', making)]);
		expect(await look(client)).toEqual({ status: 'ambiguous', clipId: 'a', contentId: null });
	});
});
