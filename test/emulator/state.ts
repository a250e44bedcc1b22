import { randomUUID } from 'node:crypto';
import { Refusal } from './answer';
import type { Options } from './options';

/** How long a recording is kept, counted from the stream's start. */
export const RECORDING_KEPT_MS = 12 * 60 * 60 * 1000;

/** A live stream; times in epoch milliseconds. */
export interface Stream {
	streamUUID: string;
	title: string;
	record: boolean;
	createdAt: number;
	/** null: it never was live. */
	startedAt: number | null;
	/** null: it has not ended. */
	endedAt: number | null;
}

/** What a request for a clip says; times in epoch seconds. */
export interface ClipRequest {
	title: string;
	description?: string;
	tags?: string[];
	metadata?: Array<{ key: string; value: string }>;
	startTime: number;
	endTime: number;
}

export interface Clip extends ClipRequest {
	/** The id of the clip job. */
	clipUUID: string;
	/** The id of the clip as a video. */
	contentUUID: string;
	streamUUID: string;
	/** Epoch milliseconds. */
	createdAt: number;
}

/** What a request for a clip of a video says; times in seconds from the start of the video. */
export interface VideoClipRequest extends Omit<ClipRequest, 'title' | 'startTime' | 'endTime'> {
	title?: string;
	startTimeInSecs: number;
	endTimeInSecs: number;
}

/** A video on demand that was not cut from a stream. */
export interface Video extends Omit<ClipRequest, 'startTime' | 'endTime'> {
	contentId: string;
	durationMs: number;
	/** Epoch milliseconds. */
	createdAt: number;
	/** The video that it was cut from; null: it is no clip, and is ready. */
	source: string | null;
}

export type ClipStatus = 'Initializing' | 'Processing' | 'Ready' | 'Failed';

/** The service's memory: what exists, what becomes of it as the clock moves, and what is refused. */
export class State {
	readonly streams: Stream[] = [];
	readonly clips: Clip[] = [];
	readonly videos: Video[] = [];
	/** Clips that fit any of these fail instead of becoming ready. */
	readonly failing: Array<(clip: Clip) => boolean> = [];

	constructor(private readonly options: Pick<Options, 'now' | 'readyAfterMs'>) {}

	addStream(stream: Partial<Stream> = {}): Stream {
		const added: Stream = {
			streamUUID: randomUUID(),
			title: 'Stream',
			record: true,
			createdAt: stream.startedAt ?? this.options.now(),
			startedAt: null,
			endedAt: null,
			...stream,
		};
		this.streams.push(added);
		return added;
	}

	addVideo(video: Partial<Video> = {}): Video {
		const added: Video = {
			contentId: randomUUID(),
			title: 'Video',
			durationMs: 60 * 60 * 1000,
			createdAt: this.options.now(),
			source: null,
			...video,
		};
		this.videos.push(added);
		return added;
	}

	stream(id: string | undefined): Stream {
		const stream = this.streams.find(({ streamUUID }) => streamUUID === id);
		if (!stream) throw new Refusal(404, `Live stream ${id} not found`);
		return stream;
	}

	isLive({ startedAt, endedAt }: Stream): boolean {
		const now = this.options.now();
		return startedAt !== null && startedAt <= now && (endedAt === null || now < endedAt);
	}

	clipsOf(stream: Stream): Clip[] {
		return this.clips.filter(({ streamUUID }) => streamUUID === stream.streamUUID);
	}

	/** Everything that is a content for the API. */
	contents(): Array<Clip | Video> {
		return [...this.videos, ...this.clips];
	}

	content(id: string | undefined): Clip | Video {
		const found = this.contents().find((content) => contentIdOf(content) === id);
		if (!found) throw new Refusal(404, `Content ${id} not found`);
		return found;
	}

	status(content: Clip | Video): ClipStatus {
		if ('source' in content && content.source === null) return 'Ready';
		const age = this.options.now() - content.createdAt;
		const { readyAfterMs } = this.options;
		if (age < readyAfterMs) return age < readyAfterMs / 2 ? 'Initializing' : 'Processing';
		return 'clipUUID' in content && this.failing.some((fits) => fits(content)) ? 'Failed' : 'Ready';
	}

	clipsOfVideo(id: string): Video[] {
		return this.videos.filter(({ source }) => source === id);
	}

	createVideoClip(content: Clip | Video, { startTimeInSecs, endTimeInSecs, ...request }: VideoClipRequest): Video {
		if (startTimeInSecs >= endTimeInSecs) throw new Refusal(400, 'startTimeInSecs must be before endTimeInSecs');
		const last = Math.ceil(durationMsOf(content) / 1000);
		if (endTimeInSecs > last) throw new Refusal(400, `The range is outside the video, which is ${last} seconds long`);
		const durationMs = (endTimeInSecs - startTimeInSecs) * 1000;
		return this.addVideo({ ...request, durationMs, source: contentIdOf(content) });
	}

	createClip(stream: Stream, request: ClipRequest): Clip {
		this.checkRange(stream, request);
		const clip: Clip = {
			...request,
			clipUUID: randomUUID(),
			contentUUID: randomUUID(),
			streamUUID: stream.streamUUID,
			createdAt: this.options.now(),
		};
		this.clips.push(clip);
		return clip;
	}

	private checkRange({ record, startedAt, endedAt }: Stream, { startTime, endTime }: ClipRequest): void {
		const now = this.options.now();
		if (!record) throw new Refusal(400, 'The live stream is not recorded');
		if (startTime >= endTime) throw new Refusal(400, 'startTime must be before endTime');
		if (startedAt === null || startedAt > now) throw new Refusal(400, 'The live stream has no recording yet');
		if (now - startedAt >= RECORDING_KEPT_MS) throw new Refusal(400, 'The recording has expired');
		// Requests hold whole seconds, so a clip of everything reaches up to a second over each edge.
		const first = Math.floor(startedAt / 1000);
		const last = Math.ceil(Math.min(endedAt ?? now, now) / 1000);
		if (startTime < first || endTime > last) {
			throw new Refusal(400, `The range is outside the recording, which is from ${first} to ${last}`);
		}
	}
}

export function contentIdOf(content: Clip | Video): string {
	return 'clipUUID' in content ? content.contentUUID : content.contentId;
}

export function durationMsOf(content: Clip | Video): number {
	return 'clipUUID' in content ? (content.endTime - content.startTime) * 1000 : content.durationMs;
}
