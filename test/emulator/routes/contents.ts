import { done, success } from '../answer';
import { type Clip, contentIdOf, type ContentRequest, type ContentStatus, durationMsOf, type Video } from '../model';
import type { State } from '../state';
import type { Call, Route } from './route';

// The contract's checks have validated the body, so the routes can cast it.
export const contentRoutes: Record<string, Route> = {
	listContents({ query, state, options }) {
		const { start = 0, limit = Infinity } = query as { start?: number; limit?: number };
		const all = state.contents();
		const page = options.ignorePaging ? all : all.slice(start, start + Math.min(limit, options.pageCap));
		return success(
			page.map((one) => content(one, state)),
			'Contents',
		);
	},

	createContent: create,

	createContentAdvanced: create,

	getContent({ pathParams, state }) {
		return success(content(state.content(pathParams.contentId), state), 'Content');
	},

	updateContent({ pathParams, body, state, options }) {
		state.update(state.content(pathParams.contentId), body as ContentRequest);
		return done(options, 'Updated');
	},

	deleteContent({ pathParams, state, options }) {
		state.delete(state.content(pathParams.contentId));
		return done(options, 'Deleted');
	},
};

function create({ body, state, options }: Call) {
	const video = state.createContent(body as ContentRequest);
	return success(content(video, state), 'Successful response', options.createStatus);
}

/** A video, or a clip as the video that it becomes. Requests hold seconds, everything in here is in milliseconds. */
export function content(one: Clip | Video, state: State) {
	return {
		contentId: contentIdOf(one),
		title: state.titleOf(one),
		description: one.description ?? '',
		tags: one.tags ?? [],
		metadata: one.metadata ?? [],
		created_at: one.createdAt,
		...('clipUUID' in one && {
			liveRecording: {
				streamUUID: one.streamUUID,
				startTime: one.startTime * 1000,
				endTime: one.endTime * 1000,
			},
		}),
		...('request' in one &&
			one.request && {
				playback_policy: one.request.playback_policy ?? ['public'],
				mp4_support: one.request.mp4_support ?? false,
			}),
		...progress(one, state.status(one)),
	};
}

function progress(one: Clip | Video, status: ContentStatus) {
	if (status === 'Failed') return { status };
	// Initializing has been seen of clips alone, and in their list alone.
	if (status !== 'Ready') return { status: status === 'Initializing' ? 'Processing' : status, statusId: 1 };
	return {
		status,
		statusId: 3,
		duration: durationMsOf(one),
		resolution: '1280x720',
		playbackUrl: playbackUrl(one),
		thumbnailUrl: one.thumbnails?.at(-1)?.url ?? `${folder(one)}/thumbnail.jpg`,
		...(one.thumbnails && { thumbnails: one.thumbnails.map(({ url }) => url) }),
	};
}

export function playbackUrl(one: Clip | Video): string {
	return `${folder(one)}/index.m3u8`;
}

function folder(one: Clip | Video): string {
	return `https://media.example/${contentIdOf(one)}`;
}
