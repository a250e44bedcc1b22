import { type Answer, failure, success } from '../answer';
import { type Clip, type ClipRequest, contentIdOf, type VideoClipRequest } from '../model';
import type { Options } from '../options';
import type { State } from '../state';
import { content } from './contents';
import type { Route } from './route';

export const clipRoutes: Record<string, Route> = {
	createClip({ pathParams, body, state, options }) {
		// The contract's checks have seen to the body's shape.
		const clip = state.createClip(state.streams.get(pathParams.streamId), body as ClipRequest);
		return createAnswer(clip, state, options);
	},

	listClips({ pathParams, state, options }) {
		if (options.clipList !== 'present') return failure(options.clipList, 'Not available', options.errorStatus);
		const clips = state.clipsOf(state.streams.get(pathParams.streamId));
		return success(
			clips.map((clip) => listItem(clip, state, options)),
			'Clips',
		);
	},

	createVideoClip(call) {
		const { pathParams, body, state, options } = call;
		const clip = state.createVideoClip(state.content(pathParams.contentId), body as VideoClipRequest);
		return success(content(clip, call), 'Successful response', options.createStatus);
	},

	listVideoClips({ pathParams, state, options }) {
		if (options.clipList !== 'present') return failure(options.clipList, 'Not available', options.errorStatus);
		const clips = state.clipsOfVideo(contentIdOf(state.content(pathParams.contentId)));
		return success(
			clips.map((clip) => ({ uuid: clip.contentId, name: state.titleOf(clip), createdOn: clip.createdAt })),
			'Clips',
		);
	},
};

function createAnswer(clip: Clip, state: State, options: Options): Answer {
	const { createAnswer: shape, createStatus } = options;
	if (shape === 'bare') return { status: createStatus, body: {} };
	const data = {
		empty: {},
		contentId: content(clip, { state, options }),
		clipUUID: { clipUUID: clip.clipUUID },
		uuid: { uuid: contentIdOf(clip) },
	}[shape];
	return success(data, 'Successful response', createStatus);
}

function listItem(clip: Clip, state: State, { contentIdInList }: Options) {
	const status = state.status(clip);
	return {
		clipUUID: clip.clipUUID,
		...((contentIdInList === 'always' || status === 'Ready') && { contentUUID: clip.contentUUID }),
		name: state.titleOf(clip),
		status,
		// What a failed clip shows is unknown.
		...(status !== 'Failed' && { statusId: status === 'Ready' ? 3 : 1 }),
		created_at: clip.createdAt,
	};
}
