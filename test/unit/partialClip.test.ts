import type { Content } from '../../nodes/Videograph/api/types';
import { clipOutput, type PartialClip } from '../../nodes/Videograph/clip/clip';
import { clipFromListItem, clipFromVideoListItem, clipOutputFromVideo, listItemStatus } from '../../nodes/Videograph/clip/partialClip';
import { shortHash } from '../../nodes/Videograph/utils/hash';
import { statusOf } from '../../nodes/Videograph/video/status';

const CLIP: PartialClip = {
	clipId: 'clip', contentId: 'video', streamId: 'stream', title: 'Goal', status: 'ready', startTime: 1_800_000_000,
	endTime: 1_800_000_030, playbackUrl: 'https://play', thumbnailUrl: 'https://picture', created: true,
};
const UNKNOWN = {
	clipId: null, contentId: null, streamId: null, title: null, status: null, startTime: null, endTime: null, duration: null,
	playbackUrl: null, embedUrl: null, thumbnailUrl: null, created: false,
};

it('gives out a clip with its times as ISO 8601, its length in seconds and its page', () => {
	expect(clipOutput(CLIP)).toEqual({
		clipId: 'clip',
		contentId: 'video',
		streamId: 'stream',
		title: 'Goal',
		status: 'ready',
		startTime: '2027-01-15T08:00:00.000Z',
		endTime: '2027-01-15T08:00:30.000Z',
		duration: 30,
		playbackUrl: 'https://play',
		embedUrl: 'https://dashboard.videograph.ai/videos/embed?videoId=video',
		thumbnailUrl: 'https://picture',
		created: true,
	});
});

it.each<[string, Partial<PartialClip>, object]>([
	['the start', { startTime: null }, { startTime: null, duration: null, endTime: '2027-01-15T08:00:30.000Z' }],
	['the end', { endTime: null }, { endTime: null, duration: null, startTime: '2027-01-15T08:00:00.000Z' }],
	['the video', { contentId: null }, { contentId: null, embedUrl: null }],
])('gives out null for what is not known: %s', (_, more, output) => {
	expect(clipOutput({ ...CLIP, ...more })).toMatchObject(output);
});

it('takes a clip from its video, with what a list has told', () => {
	const content = {
		contentId: 'video', title: 'Goal', status: 'Ready', duration: 31_500, playbackUrl: 'https://play', thumbnailUrl: '',
		liveRecording: { streamUUID: 'stream', startTime: 1_800_000_000_000, endTime: 1_800_000_030_000 },
	} as Content;
	const output = {
		...clipOutput(CLIP), clipId: 'video', thumbnailUrl: null, created: false,
	};
	expect(clipOutputFromVideo(content)).toEqual(output);
	expect(clipOutputFromVideo(content, { clipId: 'clip', streamId: 'listed', contentId: 'other' })).toEqual({ ...output, clipId: 'clip', streamId: 'listed' });
});

it('takes the length from the video where it does not tell the times', () => {
	expect(clipOutputFromVideo({ contentId: 'video', duration: 31_500 })).toEqual({
		...UNKNOWN,
		clipId: 'video',
		contentId: 'video',
		status: 'processing',
		duration: 31.5,
		embedUrl: 'https://dashboard.videograph.ai/videos/embed?videoId=video',
	});
	expect(clipOutputFromVideo({ contentId: 'video', liveRecording: null, duration: '5' } as unknown as Content)).toMatchObject({ duration: null });
});

it('takes a clip from a list', () => {
	const known = { ...CLIP, playbackUrl: null, thumbnailUrl: null, startTime: null, endTime: null, created: false };
	expect(clipFromListItem({ clipUUID: 'clip', contentUUID: 'video', name: 'Goal', statusId: 3 }, 'stream')).toEqual(known);
	expect(clipFromVideoListItem({ uuid: 'video', name: '' })).toEqual({ ...known, clipId: 'video', streamId: null, title: null, status: null });
});

it('knows how far a clip is', () => {
	expect(['Ready', 'Failed', 'Processing', 'ready', null, undefined].map(statusOf)).toEqual([
		'ready', 'failed', 'processing', 'processing', 'processing', 'processing',
	]);
	expect([{ statusId: 3, status: 'Failed' }, { statusId: 2, status: 'Failed' }, { status: 'Ready' }, {}].map((item) => listItemStatus({ clipUUID: 'a', ...item }))).toEqual([
		'ready', 'failed', 'ready', 'processing',
	]);
});

it('names the same values by the same short text, and others by others', () => {
	expect(shortHash(['a', 1])).toMatch(/^[0-9a-f]{16}$/);
	expect(shortHash(['a', 1])).toBe(shortHash(['a', 1]));
	expect(new Set([['a', 1], ['a', '1'], ['a1'], []].map(shortHash)).size).toBe(4);
});
