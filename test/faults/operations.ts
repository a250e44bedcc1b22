import type { INodeParameters } from 'n8n-workflow';
import { resources } from '../../nodes/Videograph/actions/router';
import type { Operation } from '../../nodes/Videograph/actions/operation';
import { operations as endpoints } from '../contract/openapi';
import type { Emulator, Stream, Video } from '../emulator';
import type { Traits } from './model';

/** What an emulator holds before a case is played. */
export interface Things {
	emulator: Emulator;
	/** Live for six hours, and recorded. */
	stream: Stream;
	/** Not live. */
	idle: Stream;
	/** Ready; it has one subtitle, with the ID sub1. */
	video: Video;
}

/** A run of an operation under a fault: parameters, created resources, and kind. */
export interface Play extends Traits {
	/** The affected requests, if not those of the first endpoint. */
	struck?: { method: string; path: RegExp };
	parameters: (things: Things) => INodeParameters;
	/** The list is empty, so there is no output item. */
	isEmpty?: boolean;
	/** The number of created resources, or 1 for a completed change; absent if it creates nothing. */
	made?: (things: Things) => number;
}

/** A row of the matrix. */
export interface Target extends Play {
	/** Such as `clip/create`. */
	name: string;
	resource: string;
	operation: string;
	struck: { method: string; path: RegExp };
}

const SUBTITLE = { url: 'https://example.com/en.vtt', name: 'English', languageCode: 'en_US' };

const HOUR_MS = 60 * 60 * 1000;

/** The file of every item. */
export const FILE = { data: { data: 'AAAA', mimeType: 'video/mp4', fileName: 'final.mp4' } };

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
const id = (value: string) => ({ __rl: true, mode: 'id', value });
const streamId = ({ stream }: Things) => ({ streamId: id(stream.streamUUID) });
const contentId = ({ video }: Things) => ({ contentId: id(video.contentId) });
const clips = ({ emulator }: Things) => emulator.clips.length;
const otherVideos = ({ emulator }: Things) => emulator.videos.length - 1;
const state = (isReached: boolean) => (isReached ? 1 : 0);
const gone = (what: string) => ({ error: `Videograph no longer lists the ${what}` });

/** How each operation is played, by its name; the file of an upload is struck for itself. */
export const PLAYS: Record<string, Play> = {
	'clip/create': {
		kind: 'clip',
		parameters: (things) => ({ ...streamId(things), title: 'Goal', startTime: ago(90), endTime: ago(60) }),
		made: clips,
	},
	'clip/createMany': {
		kind: 'clip',
		prefix: 'Highlights: line 1: ',
		parameters: (things) => ({ ...streamId(things), highlights: `${ago(90)} Corner` }),
		made: clips,
	},
	'clip/createFromVideo': {
		kind: 'create',
		parameters: (things) => ({ ...contentId(things), title: 'Save' }),
		made: otherVideos,
	},
	'clip/get': {
		kind: 'read',
		needs: 'contentId',
		whenMissing: { error: 'Videograph has no clip ' },
		parameters: ({ video }) => ({ clipId: video.contentId }),
	},
	'clip/getAll': {
		kind: 'read',
		needs: 'the list',
		whenMissing: gone('clips of a live stream'),
		isEmpty: true,
		parameters: streamId,
	},
	'livestream/create': {
		kind: 'create',
		needs: 'streamUUID',
		parameters: () => ({ title: 'Sunday service' }),
		made: ({ emulator }) => emulator.streams.length - 2,
	},
	'livestream/delete': {
		kind: 'bring',
		parameters: streamId,
		made: ({ emulator, stream }) => state(!emulator.streams.includes(stream)),
	},
	'livestream/get': { kind: 'read', needs: 'streamUUID', parameters: streamId },
	// Both lists would be asked for at once.
	'livestream/getAll': { kind: 'read', needs: 'the list', parameters: () => ({ recorded: 'recorded' }) },
	'livestream/start': {
		kind: 'bring',
		parameters: ({ idle }) => ({ streamId: id(idle.streamUUID) }),
		made: ({ idle }) => state(idle.startedAt !== null),
	},
	'livestream/stop': {
		kind: 'bring',
		parameters: streamId,
		made: ({ stream }) => state(stream.endedAt !== null),
	},
	'livestream/update': {
		kind: 'bring',
		parameters: (things) => ({ ...streamId(things), updateFields: { tags: 'cup' } }),
		made: ({ stream }) => state(stream.tags?.[0] === 'cup'),
	},
	'signingKey/create': {
		kind: 'create',
		parameters: () => ({ productTypeId: 1, environmentUUID: 'env-1' }),
		made: ({ emulator }) => emulator.signingKeys.length,
	},
	'upload/uploadFile': {
		kind: 'address',
		needs: 'url',
		parameters: () => ({}),
		made: ({ emulator }) => emulator.uploads.length,
	},
	'upload/uploadFile, the file': {
		kind: 'file',
		struck: { method: 'PUT', path: /^\/storage\// },
		parameters: () => ({}),
		made: ({ emulator }) => emulator.uploads.length,
	},
	'video/addSubtitle': {
		kind: 'create',
		parameters: (things) => ({ ...contentId(things), ...SUBTITLE, languageCode: 'de_DE' }),
		made: ({ video }) => (video.subtitles?.length ?? 0) - 1,
	},
	'video/create': {
		kind: 'create',
		needs: 'contentId',
		parameters: () => ({ url: 'https://example.com/final.mp4', title: 'Cup final' }),
		made: otherVideos,
	},
	'video/createAdvanced': {
		kind: 'create',
		needs: 'contentId',
		parameters: () => ({ title: 'Cup final' }),
		made: otherVideos,
	},
	'video/delete': {
		kind: 'bring',
		parameters: contentId,
		made: ({ emulator, video }) => state(!emulator.videos.includes(video)),
	},
	'video/deleteSubtitle': {
		kind: 'bring',
		parameters: (things) => ({ ...contentId(things), subtitleId: 'sub1' }),
		made: ({ video }) => state(video.subtitles?.length === 0),
	},
	'video/get': { kind: 'read', needs: 'contentId', parameters: contentId },
	'video/getAll': { kind: 'read', needs: 'the list', parameters: () => ({}) },
	'video/getPlaybackUrl': {
		kind: 'read',
		// The video contains it, too.
		whenMissing: 'success',
		parameters: contentId,
	},
	'video/getSubtitles': {
		kind: 'read',
		needs: 'the list',
		whenMissing: gone('subtitles of a video'),
		parameters: contentId,
	},
	'video/setThumbnail': {
		kind: 'create',
		parameters: contentId,
		made: ({ video }) => video.thumbnails?.length ?? 0,
	},
	'video/update': {
		kind: 'bring',
		parameters: (things) => ({ ...contentId(things), updateFields: { tags: 'cup' } }),
		made: ({ video }) => state(video.tags?.[0] === 'cup'),
	},
	'video/waitUntilReady': { kind: 'wait', needs: 'contentId', parameters: contentId },
};

/** Puts into an emulator what the plays work on. */
export function addThings(emulator: Emulator): Things {
	const { url, name, languageCode } = SUBTITLE;
	const subtitle = { uuid: 'sub1', url, name, language_code: languageCode, support_closed_captions: false };
	return {
		emulator,
		stream: emulator.addStream({ title: 'Derby', startedAt: Date.now() - 6 * HOUR_MS }),
		idle: emulator.addStream({ title: 'Rehearsal' }),
		video: emulator.addVideo({ title: 'Cup', subtitles: [subtitle] }),
	};
}

/** Max Rate Limit Wait, for operations that have it. */
const LONGEST_PAUSE = '1.5s';

/** The rows of the matrix. @throws {Error} for an operation of the node that is not among those above */
export function targets(): Target[] {
	const all = resources.flatMap(({ value, operations }) => operations.map((operation) => ({ resource: value, operation })));
	return all.flatMap(({ resource, operation }) => {
		const path = `${resource}/${operation.value}`;
		const plays = Object.entries(PLAYS).filter(([name]) => name.split(',')[0] === path);
		if (plays.length === 0) throw new Error(`test/faults/operations.ts does not play ${path}`);
		return plays.map(([name, play]) => ({
			struck: firstRequests(operation),
			...play,
			name,
			resource,
			operation: operation.value,
			parameters: (things: Things) => ({
				resource,
				operation: operation.value,
				...(takesLongestPause(operation) && { options: { longestPause: LONGEST_PAUSE } }),
				...play.parameters(things),
			}),
		}));
	});
}

function firstRequests({ endpoints: [first] }: Operation): Target['struck'] {
	const endpoint = endpoints.find(({ operationId }) => operationId === first);
	if (!endpoint) throw new Error(`docs/openapi.yaml has no operation ${first}`);
	return { method: endpoint.method, path: new RegExp(`^${endpoint.path.replace(/\{\w+\}/g, '[^/]+')}$`) };
}

function takesLongestPause({ fields }: Operation): boolean {
	return fields.some(({ name, options = [] }) => name === 'options' && options.some((option) => option.name === 'longestPause'));
}
