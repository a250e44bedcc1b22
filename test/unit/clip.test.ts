import { decodeListedClip, decodeListedVideoClip, decodeVideo } from '../../nodes/Videograph/api/decode';
import { clipFromList, clipOutput, clipOutputFromVideo, type PartialClip } from '../../nodes/Videograph/clip/clip';
import { shortHash } from '../../nodes/Videograph/utils/hash';

const CLIP: PartialClip = {
	clipId: 'clip',
	contentId: 'video',
	streamId: 'stream',
	title: 'Goal',
	status: 'ready',
	startTime: 1_800_000_000,
	endTime: 1_800_000_030,
	playbackUrl: 'https://play',
	thumbnailUrl: 'https://picture',
	created: true,
};
const UNKNOWN = {
	clipId: null,
	contentId: null,
	streamId: null,
	title: null,
	status: null,
	startTime: null,
	endTime: null,
	duration: null,
	playbackUrl: null,
	embedUrl: null,
	thumbnailUrl: null,
	created: false,
};

describe('clip output', () => {
	it('has ISO 8601 times, the duration in seconds and the embed URL', () => {
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
	])('is null for an unknown value: %s', (_, more, output) => {
		expect(clipOutput({ ...CLIP, ...more })).toMatchObject(output);
	});
});

describe('clip', () => {
	it('is mapped from its video, completed by a list item', () => {
		const video = decodeVideo({
			contentId: 'video',
			title: 'Goal',
			status: 'Ready',
			duration: 31_500,
			playbackUrl: 'https://play',
			thumbnailUrl: '',
			liveRecording: { streamUUID: 'stream', startTime: 1_800_000_000_000, endTime: 1_800_000_030_000 },
		});
		const output = {
			...clipOutput(CLIP),
			clipId: 'video',
			thumbnailUrl: null,
			created: false,
		};
		expect(clipOutputFromVideo(video)).toEqual(output);
		expect(clipOutputFromVideo(video, { clipId: 'clip', streamId: 'listed', contentId: 'other' })).toEqual({
			...output,
			clipId: 'clip',
			streamId: 'listed',
		});
	});

	it('has the duration of the video if the video has no times', () => {
		expect(clipOutputFromVideo(decodeVideo({ contentId: 'video', duration: 31_500 }))).toEqual({
			...UNKNOWN,
			clipId: 'video',
			contentId: 'video',
			status: 'processing',
			duration: 31.5,
			embedUrl: 'https://dashboard.videograph.ai/videos/embed?videoId=video',
		});
		expect(clipOutputFromVideo(decodeVideo({ contentId: 'video', liveRecording: null, duration: '5' }))).toMatchObject({
			duration: null,
		});
	});

	it('is mapped from a list item', () => {
		const known = { ...CLIP, playbackUrl: null, thumbnailUrl: null, startTime: null, endTime: null, created: false };
		const entry = { clipUUID: 'clip', contentUUID: 'video', name: 'Goal', statusId: 3 };
		expect(clipFromList(decodeListedClip(entry), 'stream')).toEqual(known);
		expect(clipFromList(decodeListedVideoClip({ uuid: 'video', name: '' }), null)).toEqual({
			...known,
			clipId: 'video',
			streamId: null,
			title: null,
			status: null,
		});
	});

	it('has a status', () => {
		const statuses = ['Ready', 'Failed', 'Processing', 'ready', null, undefined];
		expect(statuses.map((status) => decodeVideo({ contentId: 'a', status }).status)).toEqual([
			'ready',
			'failed',
			'processing',
			'processing',
			'processing',
			'processing',
		]);
		expect(
			[{ statusId: 3, status: 'Failed' }, { statusId: 2, status: 'Failed' }, { status: 'Ready' }, {}].map(
				(entry) => decodeListedClip({ clipUUID: 'a', ...entry }).status,
			),
		).toEqual(['ready', 'failed', 'ready', 'processing']);
	});
});

describe('clip reference', () => {
	it('is the same hash for the same values, and another for others', () => {
		expect(shortHash(['a', 1])).toMatch(/^[0-9a-f]{16}$/);
		expect(shortHash(['a', 1])).toBe(shortHash(['a', 1]));
		expect(new Set([['a', 1], ['a', '1'], ['a1'], []].map(shortHash)).size).toBe(4);
	});
});
