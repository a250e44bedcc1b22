import { success } from '../answer';
import type { Clip, State } from '../state';
import type { Route } from '.';

export const contentRoutes: Record<string, Route> = {
	listContents({ query, state, options }) {
		const { start = 0, limit = Infinity } = query as { start?: number; limit?: number };
		const page = options.ignorePaging ? state.clips : state.clips.slice(start, start + limit);
		return success(page.map((clip) => content(clip, state)), 'Contents');
	},

	getContent({ pathParams, state }) {
		return success(content(state.clipByContent(pathParams.contentId), state), 'Content');
	},
};

/** A clip as the video that it becomes. Clip requests hold seconds, everything in here is in milliseconds. */
export function content(clip: Clip, state: State) {
	const status = state.clipStatus(clip);
	return {
		contentId: clip.contentUUID,
		title: clip.title,
		description: clip.description ?? '',
		tags: clip.tags ?? [],
		metadata: clip.metadata ?? [],
		created_at: clip.createdAt,
		liveRecording: {
			streamUUID: clip.streamUUID,
			startTime: clip.startTime * 1000,
			endTime: clip.endTime * 1000,
		},
		...progress(clip, status),
	};
}

function progress(clip: Clip, status: ReturnType<State['clipStatus']>) {
	if (status === 'Failed') return { status };
	if (status !== 'Ready') return { status: 'Processing', statusId: 1 };
	return {
		status,
		statusId: 3,
		duration: (clip.endTime - clip.startTime) * 1000,
		playbackUrl: `https://media.example/${clip.contentUUID}/index.m3u8`,
		thumbnailUrl: `https://media.example/${clip.contentUUID}/thumbnail.jpg`,
	};
}
