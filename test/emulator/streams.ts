import { randomUUID } from 'node:crypto';
import { Refusal } from './answer';
import { type ClipRequest, RECORDING_KEPT_MS, type Stream, type StreamRequest } from './model';
import type { Options } from './options';

const UPDATED = ['description', 'tags', 'metadata', 'dvrDurationInMins'] as const;

/** The live streams: which there are, and what becomes of them as the clock moves. */
export class Streams {
	readonly all: Stream[] = [];

	constructor(private readonly options: Pick<Options, 'now' | 'startsAfterMs' | 'deletingForMs' | 'putReplaces'>) {}

	add(stream: Partial<Stream> = {}): Stream {
		const added: Stream = {
			streamUUID: randomUUID(),
			title: 'Stream',
			record: true,
			createdAt: stream.startedAt ?? this.options.now(),
			startedAt: null,
			endedAt: null,
			...stream,
		};
		this.all.push(added);
		return added;
	}

	/** Those that the API still shows. */
	listed(): Stream[] {
		const now = this.options.now();
		return this.all.filter(({ deletedAt }) => deletedAt === undefined || now < deletedAt + this.options.deletingForMs);
	}

	get(id: string | undefined): Stream {
		const stream = this.listed().find(({ streamUUID }) => streamUUID === id);
		if (!stream) throw new Refusal(404, `Live stream ${id} not found`);
		return stream;
	}

	isLive({ startedAt, endedAt }: Stream): boolean {
		const now = this.options.now();
		return startedAt !== null && startedAt <= now && (endedAt === null || now < endedAt);
	}

	status(stream: Stream): string {
		if (stream.deletedAt !== undefined) return 'Deleting';
		if (stream.status !== undefined) return stream.status;
		// The words behind Processing are not known.
		if (this.isChanging(stream)) return 'Processing (Channel)';
		return this.isLive(stream) ? 'Active' : 'Idle';
	}

	update(stream: Stream, request: Partial<StreamRequest> & { title: string }): void {
		if (this.options.putReplaces) for (const field of UPDATED) stream[field] = undefined;
		Object.assign(stream, request);
	}

	delete(stream: Stream): void {
		stream.deletedAt ??= this.options.now();
		if (this.options.deletingForMs <= 0) this.all.splice(this.all.indexOf(stream), 1);
	}

	/** Does nothing where it is live, or about to be. */
	start(stream: Stream): void {
		const { startedAt, endedAt } = stream;
		const stays = endedAt === null || (this.isLive(stream) && !this.isChanging(stream));
		if (startedAt !== null && stays) return;
		stream.changingUntil = this.options.now() + this.options.startsAfterMs;
		stream.startedAt = stream.changingUntil;
		stream.endedAt = null;
	}

	/** Does nothing where it is not live, nor about to be. */
	stop(stream: Stream): void {
		const { startedAt, endedAt } = stream;
		const now = this.options.now();
		if (startedAt === null || (endedAt !== null && (endedAt <= now || this.isChanging(stream)))) return;
		stream.changingUntil = now + this.options.startsAfterMs;
		stream.endedAt = Math.max(stream.changingUntil, startedAt);
	}

	/** @throws {Refusal} where the recording does not hold the range of a clip */
	checkRange({ record, startedAt, endedAt }: Stream, { startTime, endTime }: ClipRequest): void {
		const now = this.options.now();
		if (!record) throw new Refusal(400, 'The live stream is not recorded');
		if (startTime >= endTime) throw new Refusal(400, 'startTime must be before endTime');
		if (startedAt === null || startedAt > now) throw new Refusal(400, 'The live stream has no recording yet');
		if (now - startedAt >= RECORDING_KEPT_MS) throw new Refusal(400, 'The recording has expired');
		// Requests hold whole seconds, so a clip of everything reaches up to a second over each edge.
		const first = Math.floor(startedAt / 1000);
		const last = endedAt !== null && endedAt <= now ? Math.ceil(endedAt / 1000) : Math.floor(now / 1000);
		if (startTime < first || endTime > last) {
			throw new Refusal(400, `The range is outside the recording, which is from ${first} to ${last}`);
		}
	}

	private isChanging({ changingUntil }: Stream): boolean {
		return changingUntil !== undefined && this.options.now() < changingUntil;
	}
}
