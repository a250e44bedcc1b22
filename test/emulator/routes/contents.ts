import { done, success } from '../answer';
import { mp4Url, playbackUrl, thumbnailUrl } from '../media/urls';
import { type Clip, contentIdOf, type ContentRequest, type ContentStatus, durationMsOf, type Video } from '../model';
import type { Options } from '../options';
import type { Call, Route } from './route';

// The contract's checks have validated the body, so the routes can cast it.
export const contentRoutes: Record<string, Route> = {
	listContents(call) {
		const { query, state, options } = call;
		const { start = 0, limit = Infinity } = query as { start?: number; limit?: number };
		const all = state.contents();
		const page = options.ignorePaging ? all : all.slice(start, start + Math.min(limit, options.pageCap));
		return success(
			page.map((one) => content(one, call)),
			'Contents',
		);
	},

	createContent: create,

	createContentAdvanced: create,

	getContent(call) {
		return success(content(call.state.content(call.pathParams.contentId), call), 'Content');
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

function create(call: Call) {
	const video = call.state.createContent(call.body as ContentRequest);
	return success(content(video, call), 'Successful response', call.options.createStatus);
}

/** A video, or a clip as the video that it becomes. Requests hold seconds, everything in here is in milliseconds. */
export function content(one: Clip | Video, { state, options }: Pick<Call, 'state' | 'options'>) {
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
		...progress(one, state.status(one), options),
	};
}

function progress(one: Clip | Video, status: ContentStatus, options: Options) {
	if (status === 'Failed') return { status };
	// Initializing has been seen of clips alone, and in their list alone.
	if (status !== 'Ready') return { status: status === 'Initializing' ? 'Processing' : status, statusId: 1 };
	const id = contentIdOf(one);
	const thumbnails = one.thumbnails?.map(({ videoPositionInSec: position, width, height }) =>
		thumbnailUrl(id, options, { position, width, height }),
	);
	return {
		status,
		statusId: 3,
		duration: durationMsOf(one),
		resolution: '1280x720',
		...(options.playbackUrlInDetails && { playbackUrl: playbackUrl(id, options) }),
		thumbnailUrl: thumbnails?.at(-1) ?? thumbnailUrl(id, options),
		...(thumbnails && { thumbnails }),
		...mp4Url(id, options),
	};
}
