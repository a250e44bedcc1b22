import { success } from '../answer';
import { contentIdOf, durationMsOf, type Clip, type State, type Video } from '../state';
import type { Route } from '.';

export const contentRoutes: Record<string, Route> = {
	listContents({ query, state, options }) {
		const { start = 0, limit = Infinity } = query as { start?: number; limit?: number };
		const all = state.contents();
		const page = options.ignorePaging ? all : all.slice(start, start + limit);
		return success(page.map((one) => content(one, state)), 'Contents');
	},

	getContent({ pathParams, state }) {
		return success(content(state.content(pathParams.contentId), state), 'Content');
	},
};

/** A video, or a clip as the video that it becomes. Requests hold seconds, everything in here is in milliseconds. */
export function content(one: Clip | Video, state: State) {
	return {
		contentId: contentIdOf(one),
		title: one.title,
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
		...progress(one, state.status(one)),
	};
}

function progress(one: Clip | Video, status: ReturnType<State['status']>) {
	if (status === 'Failed') return { status };
	if (status !== 'Ready') return { status: 'Processing', statusId: 1 };
	const folder = `https://media.example/${contentIdOf(one)}`;
	return {
		status,
		statusId: 3,
		duration: durationMsOf(one),
		playbackUrl: `${folder}/index.m3u8`,
		thumbnailUrl: `${folder}/thumbnail.jpg`,
	};
}
