import type { INodeParameters } from 'n8n-workflow';
import type { Operation } from '../../nodes/Videograph/actions/operation';
import { resources } from '../../nodes/Videograph/actions/router';
import { operations as endpoints } from '../contract/openapi';
import type { Emulator, Stream, Video } from '../emulator';
import type { Traits } from './model';

/** The contents of an emulator before a case. */
export interface Fixtures {
	emulator: Emulator;
	/** Live for six hours, and recorded. */
	stream: Stream;
	/** Not live. */
	idle: Stream;
	/** Ready, with one subtitle with the ID sub1. */
	video: Video;
}

/** How a case runs an operation: its parameters, its effect and its kind. */
export interface TargetCase extends Traits {
	/** The requests that fail, if not those of the operation's first endpoint. */
	faultyRequest?: { method: string; path: RegExp };
	parameters: (fixtures: Fixtures) => INodeParameters;
	/** Whether its list is empty, so that it returns no item. */
	isEmpty?: boolean;
	/** How many resources it has created, or 1 if the state is reached. Without it nothing is created. */
	countCreated?: (fixtures: Fixtures) => number;
}

/** A row of the matrix. */
export interface Target extends TargetCase {
	/** Such as `clip/create`. */
	name: string;
	resource: string;
	operation: string;
	faultyRequest: { method: string; path: RegExp };
}

const SUBTITLE = { url: 'https://example.com/en.vtt', name: 'English', languageCode: 'en_US' };

const HOUR_MS = 60 * 60 * 1000;

/** The file of every item. */
export const FILE = { data: { data: 'AAAA', mimeType: 'video/mp4', fileName: 'final.mp4' } };

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
const id = (value: string) => ({ __rl: true, mode: 'id', value });
const streamId = ({ stream }: Fixtures) => ({ streamId: id(stream.streamUUID) });
const contentId = ({ video }: Fixtures) => ({ contentId: id(video.contentId) });
const clips = ({ emulator }: Fixtures) => emulator.clips.length;
const otherVideos = ({ emulator }: Fixtures) => emulator.videos.length - 1;
const state = (isReached: boolean) => (isReached ? 1 : 0);
const gone = (what: string) => ({ error: `Videograph no longer lists the ${what}` });

/** A video of two seconds: all of its pictures are downloaded. */
const DOWNLOAD: TargetCase = {
	kind: 'read',
	needs: 'contentId',
	whenHostile: 'The playback URL is not an http or https URL',
	parameters: ({ emulator }) => ({ contentId: id(emulator.addVideo({ title: 'Goal', durationMs: 2000 }).contentId) }),
};

/** The only segment of that video. */
const SEGMENT: TargetCase = { ...DOWNLOAD, kind: 'media', faultyRequest: { method: 'GET', path: /\/0\.ts$/ } };

/** The cases by operation. The file of an upload has a case of its own. */
export const TARGET_CASES: Record<string, TargetCase> = {
	'clip/create': {
		kind: 'clip',
		parameters: (fixtures) => ({ ...streamId(fixtures), title: 'Goal', startTime: ago(90), endTime: ago(60) }),
		countCreated: clips,
	},
	'clip/createMany': {
		kind: 'clip',
		prefix: 'Highlights: line 1: ',
		parameters: (fixtures) => ({ ...streamId(fixtures), highlights: `${ago(90)} Corner` }),
		countCreated: clips,
	},
	'clip/createFromVideo': {
		kind: 'create',
		parameters: (fixtures) => ({ ...contentId(fixtures), title: 'Save' }),
		countCreated: otherVideos,
	},
	'clip/download': { ...DOWNLOAD },
	'clip/download, a segment': { ...SEGMENT },
	'clip/get': {
		kind: 'read',
		needs: 'contentId',
		whenMissing: { error: 'There is no clip ' },
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
		countCreated: ({ emulator }) => emulator.streams.length - 2,
	},
	'livestream/delete': {
		kind: 'bring',
		parameters: streamId,
		countCreated: ({ emulator, stream }) => state(!emulator.streams.includes(stream)),
	},
	'livestream/get': { kind: 'read', needs: 'streamUUID', parameters: streamId },
	// Otherwise both lists are requested at once.
	'livestream/getAll': { kind: 'read', needs: 'the list', parameters: () => ({ recorded: 'recorded' }) },
	'livestream/start': {
		kind: 'bring',
		parameters: ({ idle }) => ({ streamId: id(idle.streamUUID) }),
		countCreated: ({ idle }) => state(idle.startedAt !== null),
	},
	'livestream/stop': {
		kind: 'bring',
		parameters: streamId,
		countCreated: ({ stream }) => state(stream.endedAt !== null),
	},
	'livestream/update': {
		kind: 'bring',
		parameters: (fixtures) => ({ ...streamId(fixtures), updateFields: { tags: 'cup' } }),
		countCreated: ({ stream }) => state(stream.tags?.[0] === 'cup'),
	},
	'signingKey/create': {
		kind: 'create',
		parameters: () => ({ productTypeId: 1, environmentUUID: 'env-1' }),
		countCreated: ({ emulator }) => emulator.signingKeys.length,
	},
	'upload/uploadFile': {
		kind: 'address',
		needs: 'url',
		parameters: () => ({}),
		countCreated: ({ emulator }) => emulator.uploads.length,
	},
	'upload/uploadFile, the file': {
		kind: 'file',
		faultyRequest: { method: 'PUT', path: /^\/storage\// },
		parameters: () => ({}),
		countCreated: ({ emulator }) => emulator.uploads.length,
	},
	'video/addSubtitle': {
		kind: 'create',
		parameters: (fixtures) => ({ ...contentId(fixtures), ...SUBTITLE, languageCode: 'de_DE' }),
		countCreated: ({ video }) => (video.subtitles?.length ?? 0) - 1,
	},
	'video/create': {
		kind: 'create',
		needs: 'contentId',
		parameters: () => ({ url: 'https://example.com/final.mp4', title: 'Cup final' }),
		countCreated: otherVideos,
	},
	'video/createAdvanced': {
		kind: 'create',
		needs: 'contentId',
		parameters: () => ({ title: 'Cup final' }),
		countCreated: otherVideos,
	},
	'video/delete': {
		kind: 'bring',
		parameters: contentId,
		countCreated: ({ emulator, video }) => state(!emulator.videos.includes(video)),
	},
	'video/deleteSubtitle': {
		kind: 'bring',
		parameters: (fixtures) => ({ ...contentId(fixtures), subtitleId: 'sub1' }),
		countCreated: ({ video }) => state(video.subtitles?.length === 0),
	},
	'video/download': { ...DOWNLOAD },
	'video/download, a segment': { ...SEGMENT },
	'video/get': { kind: 'read', needs: 'contentId', parameters: contentId },
	// Otherwise a second request confirms the end of the list.
	'video/getAll': { kind: 'read', needs: 'the list', parameters: () => ({ limit: 1 }) },
	'video/getPlaybackUrl': {
		kind: 'read',
		// The video contains the URL too.
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
		countCreated: ({ video }) => video.thumbnails?.length ?? 0,
	},
	'video/update': {
		kind: 'bring',
		parameters: (fixtures) => ({ ...contentId(fixtures), updateFields: { tags: 'cup' } }),
		countCreated: ({ video }) => state(video.tags?.[0] === 'cup'),
	},
	'video/waitUntilReady': { kind: 'wait', needs: 'contentId', parameters: contentId },
};

/** Adds the fixtures of a case to an emulator. */
export function addFixtures(emulator: Emulator): Fixtures {
	const { url, name, languageCode } = SUBTITLE;
	const subtitle = { uuid: 'sub1', url, name, language_code: languageCode, support_closed_captions: false };
	return {
		emulator,
		stream: emulator.addStream({ title: 'Derby', startedAt: Date.now() - 6 * HOUR_MS }),
		idle: emulator.addStream({ title: 'Rehearsal' }),
		video: emulator.addVideo({ title: 'Cup', subtitles: [subtitle] }),
	};
}

/** The option Max Rate Limit Wait of operations that have it. */
const MAX_RATE_LIMIT_WAIT = '1.5s';

/** The rows of the matrix. @throws {Error} for an operation of the node without a case */
export function targets(): Target[] {
	const all = resources.flatMap(({ value, operations }) =>
		operations.map((operation) => ({ resource: value, operation })),
	);
	return all.flatMap(({ resource, operation }) => {
		const path = `${resource}/${operation.value}`;
		const cases = Object.entries(TARGET_CASES).filter(([name]) => name.split(',')[0] === path);
		if (cases.length === 0) throw new Error(`test/faults/operations.ts has no case for ${path}`);
		return cases.map(([name, targetCase]) => ({
			faultyRequest: firstRequests(operation),
			...targetCase,
			name,
			resource,
			operation: operation.value,
			parameters: (fixtures: Fixtures) => ({
				resource,
				operation: operation.value,
				...(hasMaxRateLimitWait(operation) && { options: { maxRateLimitWait: MAX_RATE_LIMIT_WAIT } }),
				...targetCase.parameters(fixtures),
			}),
		}));
	});
}

function firstRequests({ endpoints: [first] }: Operation): Target['faultyRequest'] {
	const endpoint = endpoints.find(({ operationId }) => operationId === first);
	if (!endpoint) throw new Error(`docs/openapi.yaml has no operation ${first}`);
	return { method: endpoint.method, path: new RegExp(`^${endpoint.path.replace(/\{\w+\}/g, '[^/]+')}$`) };
}

function hasMaxRateLimitWait({ fields }: Operation): boolean {
	return fields.some(
		({ name, options = [] }) => name === 'options' && options.some((option) => option.name === 'maxRateLimitWait'),
	);
}
