import { done, failure, success } from '../answer';
import { playbackUrl } from '../media/urls';
import { contentIdOf, type SubtitleRequest, type ThumbnailRequest } from '../model';
import type { Route } from './route';

/** What belongs to a video: playback URL, thumbnails, subtitles. */
export const partRoutes: Record<string, Route> = {
	getPlaybackUrl({ pathParams, state, options }) {
		if (options.playbackUrl !== 'present') return failure(options.playbackUrl, 'Not available', options.errorStatus);
		const one = state.content(pathParams.contentId);
		const isReady = state.status(one) === 'Ready';
		return success(isReady ? playbackUrl(contentIdOf(one), options) : null, 'Playback URL');
	},

	createThumbnail({ pathParams, body, state, options }) {
		state.addThumbnail(state.content(pathParams.contentId), body as ThumbnailRequest);
		return done(options, 'Thumbnail');
	},

	createSubtitle({ pathParams, body, state, options }) {
		const { uuid } = state.addSubtitle(state.content(pathParams.contentId), body as SubtitleRequest);
		return success({ uuid }, 'Subtitle', options.createStatus);
	},

	listSubtitles({ pathParams, state, options }) {
		if (options.subtitleList !== 'present') return failure(options.subtitleList, 'Not available', options.errorStatus);
		return success(state.content(pathParams.contentId).subtitles ?? [], 'Subtitles');
	},

	deleteSubtitle({ pathParams, state, options }) {
		if (options.subtitleList !== 'present') return failure(options.subtitleList, 'Not available', options.errorStatus);
		state.deleteSubtitle(state.content(pathParams.contentId), pathParams.subtitleId);
		return done(options, 'Deleted');
	},
};
