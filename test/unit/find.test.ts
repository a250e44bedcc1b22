import { VideographClient } from '../../nodes/Videograph/api/client';
import type { ClipListItem, Content } from '../../nodes/Videograph/api/types';
import { lookForClip } from '../../nodes/Videograph/clip/find';
import { REFERENCE_KEY } from '../../nodes/Videograph/clip/reference';

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
			return Promise.resolve(videos);
		},
		getContent: (id: string) => {
			asked.push(id);
			return Promise.resolve(videos.find(({ contentId }) => contentId === id));
		},
	};
	return { client: client as unknown as VideographClient, asked };
}

it('finds a clip by the video that it has become', async () => {
	const { client, asked } = service([item('a', 'va'), item('b', 'vb'), item('c', 'vc', { name: 'Foul' })], [video('va', another), video('vb'), video('vc')]);
	expect(await lookForClip(client, WANTED)).toEqual({ seen: 'yes', clipId: 'b', contentId: 'vb' });
	expect(asked).toEqual(['va', 'vb']);
});

it('does not see a clip where none of the title is left', async () => {
	const { client, asked } = service([item('a', 'va'), item('b', null, { name: 'Foul' })], [video('va', another)]);
	expect(await lookForClip(client, WANTED)).toEqual({ seen: 'no' });
	expect(asked).toEqual(['va']);
});

it('compares the newest first, twenty at most', async () => {
	// One of unknown age counts as the oldest.
	const clips = Array.from({ length: 25 }, (_, index) => item(`c${index}`, `v${index}`, { created_at: index === 24 ? undefined : index + 1 }));
	const { client, asked } = service(clips, clips.map(({ contentUUID }) => video(contentUUID ?? '', another)));
	expect(await lookForClip(client, WANTED)).toEqual({ seen: 'no' });
	expect(asked).toEqual(Array.from({ length: 20 }, (_, index) => `v${23 - index}`));
});

it('searches a hundred of the newest videos where there is no list', async () => {
	const { client, asked } = service(undefined, [video('va', another), video('vb')]);
	expect(await lookForClip(client, WANTED)).toEqual({ seen: 'yes', clipId: 'vb', contentId: 'vb' });
	expect(asked).toEqual(['0 to 100']);
	expect(await lookForClip(service(undefined, []).client, WANTED)).toEqual({ seen: 'no' });
});

it.each([
	['another title', { title: 'Foul' }],
	['another stream', { liveRecording: { streamUUID: 'other', startTime: 100_000, endTime: 130_000 } }],
	['another start', { liveRecording: { streamUUID: 'stream', startTime: 100_001, endTime: 130_000 } }],
	['another end', { liveRecording: { streamUUID: 'stream', startTime: 100_000, endTime: 130_001 } }],
	['no recording', { liveRecording: null }],
])('does not take a video of %s for it', async (_, more) => {
	expect(await lookForClip(service(undefined, [video('va', more)]).client, WANTED)).toEqual({ seen: 'no' });
});

describe('with a reference', () => {
	const carrying = (value: string, more: object = {}) => ({ metadata: [null, { key: 'team', value: 'ref' }, { key: REFERENCE_KEY, value }], ...more });

	it.each([
		['its own reference, whatever its title', carrying('ref', { title: 'New title', ...another }), 'yes'],
		['the reference of another', carrying('other'), 'no'],
		['no reference, but its title and times', { metadata: [{ key: 'team', value: 'ref' }] }, 'yes'],
		['no list of metadata', { metadata: 'ref' }, 'yes'],
		['no reference, and other times', { metadata: [{ key: 'team', value: 'ref' }], ...another }, 'no'],
	])('a video with %s', async (_, more, seen) => {
		expect(await lookForClip(service(undefined, [video('va', more)]).client, WANTED, 'ref')).toMatchObject({ seen });
	});

	it('goes by title and times where none is asked for', async () => {
		expect(await lookForClip(service(undefined, [video('va', carrying('other'))]).client, WANTED)).toMatchObject({ seen: 'yes' });
	});
});

describe('while clips of the title are being made', () => {
	const making = { status: 'Processing', ...another };

	it('has the id of the only one, and its video', async () => {
		expect(await lookForClip(service([item('a', null)], [video('va')]).client, WANTED)).toEqual({ seen: 'yes', clipId: 'a', contentId: 'va' });
		const two = service([item('a', null), item('b', '')], [video('va')]);
		expect(await lookForClip(two.client, WANTED)).toEqual({ seen: 'yes', clipId: 'va', contentId: 'va' });
	});

	it('may be the one that has no video yet', async () => {
		expect(await lookForClip(service([item('a', null)], []).client, WANTED)).toEqual({ seen: 'maybe', clipId: 'a', contentId: null });
		const two = service([item('a', null), item('b', null)], [video('va', making)]);
		expect(await lookForClip(two.client, WANTED)).toEqual({ seen: 'maybe', clipId: null, contentId: null });
	});

	it('is none of those that are known as others', async () => {
		const { client } = service([item('a', null), item('b', null)], []);
		expect(await lookForClip(client, WANTED, undefined, new Set(['a']))).toEqual({ seen: 'maybe', clipId: 'b', contentId: null });
		expect(await lookForClip(client, WANTED, undefined, new Set(['a', 'b']))).toEqual({ seen: 'no' });
	});

	it('is none where each has a video among those that were compared', async () => {
		expect(await lookForClip(service([item('a', null)], [video('va', making)]).client, WANTED)).toEqual({ seen: 'no' });
	});

	it.each([
		['is ready', { ...making, status: 'Ready' }],
		['has another title', { ...making, title: 'Foul' }],
		['is of another stream', { ...making, liveRecording: { streamUUID: 'other' } }],
		['is of no stream', { ...making, liveRecording: null }],
	])('a video that %s is not that of the one', async (_, more) => {
		expect(await lookForClip(service([item('a', null)], [video('va', more)]).client, WANTED)).toMatchObject({ seen: 'maybe' });
	});

	it('the video of one that has become a video is not that of another', async () => {
		const { client } = service([item('a', null), item('b', 'vb')], [video('vb', making)]);
		expect(await lookForClip(client, WANTED)).toEqual({ seen: 'maybe', clipId: 'a', contentId: null });
	});
});
