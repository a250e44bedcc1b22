import { VideographClient } from '../../nodes/Videograph/api/client';
import type { ClipListItem, Content } from '../../nodes/Videograph/api/types';
import { ClipFinder, type Clues, type Sighting } from '../../nodes/Videograph/clip/find';
import { REFERENCE_KEY } from '../../nodes/Videograph/video/reference';

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
async function look(client: VideographClient, clues?: Clues): Promise<Sighting> {
	return await new ClipFinder(client).look(WANTED, clues);
}

it('finds a clip by the video that it has become', async () => {
	const { client, asked } = service([item('a', 'va'), item('b', 'vb'), item('c', 'vc', { name: 'Foul' })], [video('va', another), video('vb'), video('vc')]);
	expect(await look(client)).toEqual({ seen: 'yes', clipId: 'b', contentId: 'vb' });
	expect(asked).toEqual(['va', 'vb']);
});

it('does not see a clip where none of the title is left', async () => {
	const { client, asked } = service([item('a', 'va'), item('b', null, { name: 'Foul' })], [video('va', another)]);
	expect(await look(client)).toEqual({ seen: 'no' });
	expect(asked).toEqual(['va']);
});

it('compares all of the title, the newest first, and each video that is finished once', async () => {
	// One of unknown age counts as the oldest.
	const clips = Array.from({ length: 25 }, (_, index) => item(`c${index}`, `v${index}`, { created_at: index === 24 ? undefined : index + 1 }));
	const videos = clips.map(({ contentUUID }) => video(contentUUID ?? '', { ...another, ...(contentUUID === 'v3' && { status: 'Processing' }) }));
	const { client, asked } = service(clips, videos);
	const finder = new ClipFinder(client);
	expect(await Promise.all([finder.look(WANTED), finder.look(WANTED)])).toEqual([{ seen: 'no' }, { seen: 'no' }]);
	expect(asked.slice(0, 25)).toEqual([...Array.from({ length: 24 }, (_, index) => `v${23 - index}`), 'v24']);
	asked.length = 0;
	await finder.look(WANTED);
	expect(asked).toEqual(['v3']);
});

it('passes over a clip whose video is deleted', async () => {
	const { client } = service([item('a', 'gone'), item('b', 'vb')], [video('vb')]);
	expect(await look(client)).toEqual({ seen: 'yes', clipId: 'b', contentId: 'vb' });
	expect(await look(service([item('a', 'gone')], []).client)).toEqual({ seen: 'no' });
});

it('reads a video again whose reading has failed', async () => {
	const { client } = service([item('a', 'va')], [video('va')]);
	const read = client.findContent.bind(client);
	client.findContent = () => Promise.reject(new Error('down'));
	const finder = new ClipFinder(client);
	await expect(finder.look(WANTED)).rejects.toThrow('down');
	client.findContent = read;
	expect(await finder.look(WANTED)).toMatchObject({ seen: 'yes' });
});

it('searches the videos page by page where there is no list of clips', async () => {
	const many = Array.from({ length: 250 }, (_, index) => video(`v${index}`, another));
	const { client, asked } = service(undefined, [...many, video('vb')]);
	expect(await look(client)).toEqual({ seen: 'yes', clipId: 'vb', contentId: 'vb' });
	expect(asked).toEqual(['0 to 100', '100 to 100', '200 to 100']);
	expect(await look(service(undefined, []).client)).toEqual({ seen: 'no' });
});

it('cannot tell where there are more videos than it searches', async () => {
	const many = Array.from({ length: 1001 }, (_, index) => video(`v${index}`, another));
	expect(await look(service(undefined, many).client)).toEqual({ seen: 'maybe', clipId: null, contentId: null });
});

it.each([
	['another title', { title: 'Foul' }],
	['another stream', { liveRecording: { streamUUID: 'other', startTime: 100_000, endTime: 130_000 } }],
	['another start', { liveRecording: { streamUUID: 'stream', startTime: 100_001, endTime: 130_000 } }],
	['another end', { liveRecording: { streamUUID: 'stream', startTime: 100_000, endTime: 130_001 } }],
	['no recording', { liveRecording: null }],
])('does not take a video of %s for it', async (_, more) => {
	expect(await look(service(undefined, [video('va', more)]).client)).toEqual({ seen: 'no' });
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
		expect(await look(service(undefined, [video('va', more)]).client, { reference: 'ref' })).toMatchObject({ seen });
	});

	it('goes by title and times where none is asked for', async () => {
		expect(await look(service(undefined, [video('va', carrying('other'))]).client)).toMatchObject({ seen: 'yes' });
	});
});

describe('while clips of the title are being made', () => {
	const making = { status: 'Processing', ...another };

	it('has the id of the only one, and its video', async () => {
		expect(await look(service([item('a', null)], [video('va')]).client)).toEqual({ seen: 'yes', clipId: 'a', contentId: 'va' });
		const two = service([item('a', null), item('b', '')], [video('va')]);
		expect(await look(two.client)).toEqual({ seen: 'yes', clipId: 'va', contentId: 'va' });
	});

	it('may be the one that has no video yet', async () => {
		expect(await look(service([item('a', null)], []).client)).toEqual({ seen: 'maybe', clipId: 'a', contentId: null });
		const two = service([item('a', null), item('b', null)], [video('va', making)]);
		expect(await look(two.client)).toEqual({ seen: 'maybe', clipId: null, contentId: null });
	});

	it('is none of those that are known as others', async () => {
		const { client } = service([item('a', null), item('b', null)], []);
		expect(await look(client, { others: new Set(['a']) })).toEqual({ seen: 'maybe', clipId: 'b', contentId: null });
		expect(await look(client, { others: new Set(['a', 'b']) })).toEqual({ seen: 'no' });
	});

	it('is none where each has a video among those that were compared', async () => {
		expect(await look(service([item('a', null)], [video('va', making)]).client)).toEqual({ seen: 'no' });
	});

	it.each([
		['is ready', { ...making, status: 'Ready' }],
		['has another title', { ...making, title: 'Foul' }],
		['is of another stream', { ...making, liveRecording: { streamUUID: 'other' } }],
		['is of no stream', { ...making, liveRecording: null }],
	])('a video that %s is not that of the one', async (_, more) => {
		expect(await look(service([item('a', null)], [video('va', more)]).client)).toMatchObject({ seen: 'maybe' });
	});

	it('the video of one that has become a video is not that of another', async () => {
		const { client } = service([item('a', null), item('b', 'vb')], [video('vb', making)]);
		expect(await look(client)).toEqual({ seen: 'maybe', clipId: 'a', contentId: null });
	});
});
