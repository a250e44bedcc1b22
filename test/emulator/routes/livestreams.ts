import { success } from '../answer';
import { originOf, type Options } from '../options';
import type { State, Stream } from '../state';
import type { Route } from '.';

export const livestreamRoutes: Record<string, Route> = {
	listLivestreams({ query, state }) {
		const wanted = state.streams.filter(({ record }) => record === query.record);
		return success(wanted.map((stream) => listItem(stream, state)), 'Live streams');
	},

	getLivestream({ pathParams, state, options }) {
		return success(details(state.stream(pathParams.streamId), state, options), 'Live stream');
	},
};

function listItem(stream: Stream, state: State) {
	const live = state.isLive(stream);
	return {
		streamUUID: stream.streamUUID,
		title: stream.title,
		status: live ? 'Active' : 'Idle',
		created_at: stream.createdAt,
		...(live && { thumbnailUrl: `https://media.example/${stream.streamUUID}/thumbnail.jpg` }),
	};
}

// Whether it is recorded and when it ended are not told: neither has been seen in the real answer.
function details(stream: Stream, state: State, options: Options) {
	return {
		...listItem(stream, state),
		description: '',
		streamKey: `key-${stream.streamUUID}`,
		ingestUrl: 'rtmp://ingest.example/live',
		playbackUrl: `${originOf(options)}/hls/${stream.streamUUID}/master.m3u8`,
		createdOn: stream.createdAt,
		metadata: [],
		...(state.isLive(stream) && { activeSince: stream.startedAt }),
	};
}
