import { randomUUID } from 'node:crypto';
import { Refusal } from './answer';
import { escapeHtml } from './html';
import {
	type Clip,
	type ClipRequest,
	clockStartOf,
	contentIdOf,
	type ContentRequest,
	type ContentStatus,
	type Described,
	durationMsOf,
	type Stream,
	type Subtitle,
	type SubtitleRequest,
	type ThumbnailRequest,
	type Video,
	type VideoClipRequest,
} from './model';
import type { Options } from './options';
import { Streams } from './streams';
import { Uploads } from './uploads';

const HOUR_MS = 60 * 60 * 1000;
const UPDATED = ['description', 'tags', 'metadata', 'save_original_copy'] as const;

/** The service's memory: what exists, what becomes of it as the clock moves, and what is refused. */
export class State {
	readonly streams: Streams;
	readonly uploads: Uploads;
	readonly clips: Clip[] = [];
	readonly signingKeys: object[] = [];
	/** Clips that fit any of these fail instead of becoming ready. */
	readonly failing: Array<(clip: Clip) => boolean> = [];
	/** Videos that fit any of these do. */
	readonly failingVideos: Array<(video: Video) => boolean> = [];
	private readonly made: Video[] = [];

	constructor(private readonly options: Options) {
		this.streams = new Streams(options);
		this.uploads = new Uploads(options);
	}

	/** Videos that were not cut from a stream, those among them whose upload has become one by now. */
	get videos(): Video[] {
		for (const { fileName, contentId, appearsAt } of this.uploads.takeAppeared()) {
			this.addVideo({ contentId, title: fileName, createdAt: appearsAt, fileName });
		}
		return this.made;
	}

	addVideo(video: Partial<Video> = {}): Video {
		const added: Video = {
			contentId: randomUUID(),
			title: 'Video',
			durationMs: HOUR_MS,
			createdAt: this.options.now(),
			source: null,
			...video,
		};
		this.made.push(added);
		return added;
	}

	/** A title as the API returns it. */
	titleOf({ title }: Described): string {
		return this.options.titles === 'exact' ? title : escapeHtml(title);
	}

	clipsOf(stream: Stream): Clip[] {
		return this.clips.filter(({ streamUUID }) => streamUUID === stream.streamUUID);
	}

	/** Everything that is a content for the API. */
	contents(): Array<Clip | Video> {
		const all = [...this.videos, ...this.clips];
		return this.options.newestFirst ? all.reverse() : all;
	}

	content(id: string | undefined): Clip | Video {
		const found = this.contents().find((content) => contentIdOf(content) === id);
		if (!found) throw new Refusal(404, `Content ${id} not found`);
		return found;
	}

	status(content: Clip | Video): ContentStatus {
		const isClip = 'clipUUID' in content;
		const isNew = !isClip && (content.request !== undefined || content.fileName !== undefined);
		const isGiven = !isClip && !isNew && content.source === null;
		const { now, readyAfterMs } = this.options;
		const done = isGiven || readyAfterMs <= 0 ? 1 : (now() - content.createdAt) / readyAfterMs;
		if (done < 1) {
			if (isNew) return done < 1 / 3 ? 'Pending' : done < 2 / 3 ? 'Preparing' : 'Processing';
			return done < 1 / 2 ? 'Initializing' : 'Processing';
		}
		const fails = isClip
			? this.failing.some((fits) => fits(content))
			: this.failingVideos.some((fits) => fits(content));
		return fails ? 'Failed' : 'Ready';
	}

	createContent(request: ContentRequest): Video {
		const { title, description, tags, metadata, save_original_copy: keep } = request;
		const video = this.addVideo({ title, description, tags, metadata, save_original_copy: keep, request });
		if (request.test_video) video.durationMs = 10_000;
		for (const subtitle of request.subtitle ?? []) this.addSubtitle(video, subtitle);
		return video;
	}

	update(content: Clip | Video, request: Described & { save_original_copy?: boolean }): void {
		if (this.options.putReplaces) for (const field of UPDATED) content[field] = undefined;
		Object.assign(content, request);
	}

	delete(content: Clip | Video): void {
		if ('clipUUID' in content) this.clips.splice(this.clips.indexOf(content), 1);
		else this.made.splice(this.made.indexOf(content), 1);
	}

	/** A subtitle of the same language is replaced. */
	addSubtitle(content: Clip | Video, request: SubtitleRequest): Subtitle {
		const subtitle = { ...request, uuid: randomUUID() };
		const others = (content.subtitles ?? []).filter(({ language_code: code }) => code !== request.language_code);
		content.subtitles = [...others, subtitle];
		return subtitle;
	}

	deleteSubtitle(content: Clip | Video, uuid: string | undefined): void {
		const left = (content.subtitles ?? []).filter((subtitle) => subtitle.uuid !== uuid);
		if (left.length === (content.subtitles ?? []).length) throw new Refusal(404, `Subtitle ${uuid} not found`);
		content.subtitles = left;
	}

	addThumbnail(content: Clip | Video, request: ThumbnailRequest): void {
		if (request.videoPositionInSec * 1000 > durationMsOf(content)) {
			throw new Refusal(400, 'videoPositionInSec is after the end of the video');
		}
		content.thumbnails = [...(content.thumbnails ?? []), request];
	}

	clipsOfVideo(id: string): Video[] {
		return this.videos.filter(({ source }) => source === id);
	}

	createVideoClip(content: Clip | Video, { startTimeInSecs, endTimeInSecs, ...request }: VideoClipRequest): Video {
		if (startTimeInSecs >= endTimeInSecs) throw new Refusal(400, 'startTimeInSecs must be before endTimeInSecs');
		const last = Math.ceil(durationMsOf(content) / 1000);
		if (endTimeInSecs > last) throw new Refusal(400, `The range is outside the video, which is ${last} seconds long`);
		const durationMs = (endTimeInSecs - startTimeInSecs) * 1000;
		const clockStartMs = clockStartOf(content) + startTimeInSecs * 1000;
		return this.addVideo({ ...request, durationMs, clockStartMs, source: contentIdOf(content) });
	}

	createClip(stream: Stream, request: ClipRequest): Clip {
		this.streams.checkRange(stream, request);
		const clip: Clip = {
			...request,
			clipUUID: this.options.newId(),
			contentUUID: this.options.newId(),
			streamUUID: stream.streamUUID,
			createdAt: this.options.now(),
		};
		this.clips.push(clip);
		return clip;
	}
}
