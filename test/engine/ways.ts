import type { INodeParameters } from 'n8n-workflow';
import { locator, type Scene } from './scene';

/** What there is to run an operation on: a live stream, and one clip of it. */
export type Stage = Pick<Scene, 'emulator' | 'stream'>;

/** The file of the input item. */
export const INPUT_FILE = { data: { data: 'AAAA', mimeType: 'video/mp4', fileName: 'final.mp4' } };

const streamId = ({ stream }: Stage) => locator(stream.streamUUID);

/** A video with one clip. */
function video({ emulator }: Stage): string {
	const { contentId } = emulator.addVideo({ title: 'Cup final' });
	emulator.addVideo({ title: 'Save', source: contentId });
	return contentId;
}

const subtitle = { url: 'https://example.com/en.vtt', name: 'English', languageCode: 'en_US' };

/** A video with one subtitle. */
function subtitled({ emulator }: Stage): string {
	const { url, name, languageCode } = subtitle;
	const entry = { uuid: 'sub1', url, name, language_code: languageCode, support_closed_captions: false };
	return emulator.addVideo({ title: 'Cup final', subtitles: [entry] }).contentId;
}

const range = { startTime: '2026-11-23T20:30:00Z', endTime: '2026-11-23T20:30:30Z' };

type Way = (stage: Stage) => INodeParameters;

/** Parameters of each operation, for each form of its output. */
export const WAYS: Record<string, Record<string, Way>> = {
	'clip/create': { any: (stage) => ({ streamId: streamId(stage), title: 'Goal by Ada', ...range }) },
	'clip/createMany': { any: (stage) => ({ streamId: streamId(stage), highlights: '2026-11-23T20:30:10Z Corner #corner' }) },
	'clip/createFromVideo': {
		any: (stage) => ({ contentId: locator(video(stage)), title: 'Save', startOffset: '12m', endOffset: '12m30s' }),
	},
	'clip/get': {
		'by its video': ({ emulator }) => ({ clipId: emulator.clips[0]?.contentUUID }),
		'by its job': (stage) => ({ clipId: stage.emulator.clips[0]?.clipUUID, additionalFields: { streamId: streamId(stage) } }),
		'of a video': (stage) => ({ clipId: video(stage) }),
	},
	'clip/getAll': {
		'of a stream': (stage) => ({ streamId: streamId(stage) }),
		'of a video': (stage) => ({ source: 'video', contentId: locator(video(stage)) }),
	},
	'livestream/create': { any: () => ({ title: 'Sunday service' }) },
	'livestream/delete': { any: (stage) => ({ streamId: streamId(stage) }) },
	'livestream/get': { any: (stage) => ({ streamId: streamId(stage) }) },
	'livestream/getAll': { any: () => ({}) },
	'livestream/start': { any: (stage) => ({ streamId: streamId(stage) }) },
	'livestream/stop': { any: (stage) => ({ streamId: streamId(stage) }) },
	'livestream/update': { any: (stage) => ({ streamId: streamId(stage), updateFields: { tags: 'cup' } }) },
	'signingKey/create': { any: () => ({ productTypeId: 1, environmentUUID: 'env-1' }) },
	'upload/uploadFile': {
		any: () => ({}),
		'with its video': () => ({ options: { waitUntilAppears: true } }),
	},
	'video/addSubtitle': { any: (stage) => ({ contentId: locator(video(stage)), ...subtitle }) },
	'video/create': { any: () => ({ url: 'https://example.com/final.mp4', title: 'Cup final' }) },
	'video/createAdvanced': { any: () => ({ title: 'Cup final' }) },
	'video/delete': { any: (stage) => ({ contentId: locator(video(stage)) }) },
	'video/deleteSubtitle': { any: (stage) => ({ contentId: locator(subtitled(stage)), subtitleId: 'sub1' }) },
	'video/get': { any: (stage) => ({ contentId: locator(video(stage)) }) },
	'video/getAll': { any: () => ({}) },
	'video/getPlaybackUrl': { any: (stage) => ({ contentId: locator(video(stage)) }) },
	'video/getSubtitles': { any: (stage) => ({ contentId: locator(subtitled(stage)) }) },
	'video/setThumbnail': { any: (stage) => ({ contentId: locator(video(stage)), position: '12m' }) },
	'video/update': { any: (stage) => ({ contentId: locator(video(stage)), updateFields: { tags: 'cup' } }) },
	'video/waitUntilReady': { any: (stage) => ({ contentId: locator(video(stage)) }) },
};
