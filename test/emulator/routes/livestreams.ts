import { done, failure, success } from '../answer';
import { playbackUrl, thumbnailUrl } from '../media/urls';
import type { Stream, StreamRequest } from '../model';
import type { Options } from '../options';
import type { State } from '../state';
import type { Call, Route } from './route';

export const livestreamRoutes: Record<string, Route> = {
	listLivestreams({ query, state, options }) {
		const wanted = state.streams.listed().filter(({ record }) => record === query.record);
		const items = wanted.map((stream) => listItem(stream, state, options));
		return success(options.repeats ? [...items, ...items] : items, 'Live streams');
	},

	createLivestream({ body, state, options }) {
		// The contract's checks have seen to the body's shape.
		const stream = state.streams.add(body as StreamRequest);
		const data = { ...details(stream, state, options), rtmpsUrl: 'rtmps://ingest.example/live' };
		return success(data, 'Successful response', options.createStatus);
	},

	getLivestream({ pathParams, state, options }) {
		return success(details(state.streams.get(pathParams.streamId), state, options), 'Live stream');
	},

	updateLivestream({ pathParams, body, state, options }) {
		state.streams.update(state.streams.get(pathParams.streamId), body as StreamRequest);
		return done(options, 'Updated');
	},

	deleteLivestream({ pathParams, state }) {
		state.streams.delete(state.streams.get(pathParams.streamId));
		return success({ status: 'Deleting' }, 'Deleted');
	},

	startLivestream: (call) => change(call, 'start'),

	stopLivestream: (call) => change(call, 'stop'),
};

function change({ pathParams, state, options }: Call, what: 'start' | 'stop') {
	if (options.startStop !== 'present') return failure(options.startStop, 'Not available', options.errorStatus);
	state.streams[what](state.streams.get(pathParams.streamId));
	return done(options, what);
}

function listItem(stream: Stream, state: State, options: Options) {
	const live = state.streams.isLive(stream);
	return {
		streamUUID: stream.streamUUID,
		title: state.titleOf(stream),
		status: state.streams.status(stream),
		created_at: stream.createdAt,
		...(live && { thumbnailUrl: thumbnailUrl(stream.streamUUID, options) }),
	};
}

// Whether it is recorded and when it ended are not returned: neither was observed in a real response.
function details(stream: Stream, state: State, options: Options) {
	return {
		...listItem(stream, state, options),
		description: stream.description ?? '',
		streamKey: `key-${stream.streamUUID}`,
		[options.ingestName]: 'rtmp://ingest.example/live',
		playbackUrl: playbackUrl(stream.streamUUID, options),
		createdOn: stream.createdAt,
		metadata: stream.metadata ?? [],
		...(options.streamDetails === 'full' && {
			tags: stream.tags ?? [],
			...(stream.dvrDurationInMins !== undefined && { dvrDurationInMins: stream.dvrDurationInMins }),
		}),
		...(options.activeSince && state.streams.isLive(stream) && { activeSince: stream.startedAt }),
	};
}
