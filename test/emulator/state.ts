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

export type ClipStatus = 'Initializing' | 'Processing' | 'Ready' | 'Failed';

/** The service's memory: what exists, what becomes of it as the clock moves, and what is refused. */
export class State {
	readonly streams: Stream[] = [];
	readonly clips: Clip[] = [];
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

	clipByContent(id: string | undefined): Clip {
		const clip = this.clips.find(({ contentUUID }) => contentUUID === id);
		if (!clip) throw new Refusal(404, `Content ${id} not found`);
		return clip;
	}

	clipStatus(clip: Clip): ClipStatus {
		const age = this.options.now() - clip.createdAt;
		const { readyAfterMs } = this.options;
		if (age < readyAfterMs) return age < readyAfterMs / 2 ? 'Initializing' : 'Processing';
		return this.failing.some((fits) => fits(clip)) ? 'Failed' : 'Ready';
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
