import type { INodeParameters } from 'n8n-workflow';
import { type Harness, locator } from './harness';

/** The data for an operation: a live stream with one clip. */
export type Fixtures = Pick<Harness, 'emulator' | 'stream'>;

/** The file of the input item. */
export const INPUT_FILE = { data: { data: 'AAAA', mimeType: 'video/mp4', fileName: 'final.mp4' } };

const streamId = ({ stream }: Fixtures) => locator(stream.streamUUID);

/** A video with one clip. */
function video({ emulator }: Fixtures): string {
	const { contentId } = emulator.addVideo({ title: 'Cup final' });
	emulator.addVideo({ title: 'Save', source: contentId });
	return contentId;
}

const subtitle = { url: 'https://example.com/en.vtt', name: 'English', languageCode: 'en_US' };

/** A video with one subtitle. */
function subtitled({ emulator }: Fixtures): string {
	const { url, name, languageCode } = subtitle;
	const entry = { uuid: 'sub1', url, name, language_code: languageCode, support_closed_captions: false };
	return emulator.addVideo({ title: 'Cup final', subtitles: [entry] }).contentId;
}

/** A video of two seconds: all of its pictures are downloaded. */
const shortVideo = ({ emulator }: Fixtures) =>
	locator(emulator.addVideo({ title: 'Goal', durationMs: 2000 }).contentId);

const range = { startTime: '2026-11-23T20:30:00Z', endTime: '2026-11-23T20:30:30Z' };

type OperationCase = (fixtures: Fixtures) => INodeParameters;

/** Parameters for each shape of the output of an operation. */
export const OPERATION_CASES: Record<string, Record<string, OperationCase>> = {
	'clip/create': { any: (fixtures) => ({ streamId: streamId(fixtures), title: 'Goal by Ada', ...range }) },
	'clip/createMany': {
		any: (fixtures) => ({ streamId: streamId(fixtures), highlights: '2026-11-23T20:30:10Z Corner #corner' }),
	},
	'clip/createFromVideo': {
		any: (fixtures) => ({
			contentId: locator(video(fixtures)),
			title: 'Save',
			startOffset: '12m',
			endOffset: '12m30s',
		}),
	},
	'clip/download': { any: (fixtures) => ({ contentId: shortVideo(fixtures) }) },
	'clip/get': {
		'by its video': ({ emulator }) => ({ clipId: emulator.clips[0]?.contentUUID }),
		'by its job': (fixtures) => ({
			clipId: fixtures.emulator.clips[0]?.clipUUID,
			additionalFields: { streamId: streamId(fixtures) },
		}),
		'of a video': (fixtures) => ({ clipId: video(fixtures) }),
	},
	'clip/getAll': {
		'of a stream': (fixtures) => ({ streamId: streamId(fixtures) }),
		'of a video': (fixtures) => ({ source: 'video', contentId: locator(video(fixtures)) }),
	},
	'livestream/create': { any: () => ({ title: 'Sunday service' }) },
	'livestream/delete': { any: (fixtures) => ({ streamId: streamId(fixtures) }) },
	'livestream/get': { any: (fixtures) => ({ streamId: streamId(fixtures) }) },
	'livestream/getAll': { any: () => ({}) },
	'livestream/start': { any: (fixtures) => ({ streamId: streamId(fixtures) }) },
	'livestream/stop': { any: (fixtures) => ({ streamId: streamId(fixtures) }) },
	'livestream/update': { any: (fixtures) => ({ streamId: streamId(fixtures), updateFields: { tags: 'cup' } }) },
	'signingKey/create': { any: () => ({ productTypeId: 1, environmentUUID: 'env-1' }) },
	'upload/uploadFile': {
		any: () => ({}),
		'with its video': () => ({ waitUntilReady: true }),
	},
	'video/addSubtitle': { any: (fixtures) => ({ contentId: locator(video(fixtures)), ...subtitle }) },
	'video/create': { any: () => ({ url: 'https://example.com/final.mp4', title: 'Cup final' }) },
	'video/createAdvanced': { any: () => ({ title: 'Cup final' }) },
	'video/delete': { any: (fixtures) => ({ contentId: locator(video(fixtures)) }) },
	'video/deleteSubtitle': { any: (fixtures) => ({ contentId: locator(subtitled(fixtures)), subtitleId: 'sub1' }) },
	'video/download': { any: (fixtures) => ({ contentId: shortVideo(fixtures) }) },
	'video/get': { any: (fixtures) => ({ contentId: locator(video(fixtures)) }) },
	'video/getAll': { any: () => ({}) },
	'video/getPlaybackUrl': { any: (fixtures) => ({ contentId: locator(video(fixtures)) }) },
	'video/getSubtitles': { any: (fixtures) => ({ contentId: locator(subtitled(fixtures)) }) },
	'video/setThumbnail': { any: (fixtures) => ({ contentId: locator(video(fixtures)), position: '12m' }) },
	'video/update': { any: (fixtures) => ({ contentId: locator(video(fixtures)), updateFields: { tags: 'cup' } }) },
	'video/waitUntilReady': { any: (fixtures) => ({ contentId: locator(video(fixtures)) }) },
};
