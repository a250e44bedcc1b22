import { joinBytes } from '../utils/bytes';
import type { DemuxedSegment, TrackPackets } from './demux';
import { Mp4Writer, type Sample } from './mp4Writer';
import type { Packet, TrackKind } from './packet';

/** After that many seconds the timestamps of MPEG-TS begin again (33 bits of a 90 kHz clock). */
const WRAP_SECONDS = 2 ** 33 / 90_000;
/** A larger jump of timestamps is a discontinuity that the playlist does not mention. */
const MAX_JUMP_SECONDS = { forward: 10, back: 1 };
/** Timestamps of sound are often rounded. A smaller difference to a gapless track is rounding. */
const MAX_ROUNDING_SECONDS = 0.001;

const KINDS = ['video', 'audio'] as const;

/** Copies the packets of segments to an MP4, without decoding them. */
export class Remuxer {
	readonly file = new Mp4Writer();
	/** What to add to the timestamps of a timeline of the playlist, in seconds. */
	private readonly offsets = new Map<number, number>();
	/** Where each track ends, in seconds of the file. */
	private readonly ends = new Map<TrackKind, number>();
	/** How long the last packet of each track lasts, in seconds. */
	private readonly durations = new Map<TrackKind, number>();
	/** The last frame of sound, in units of its track. */
	private lastSound = { time: -Infinity, end: -Infinity };
	/** In pixels, of the first picture; null without pictures. */
	size: { width: number; height: number } | null = null;

	/**
	 * Adds a segment.
	 *
	 * @param timeline segments of the same timeline have comparable timestamps
	 * @returns the bytes to append to the file
	 */
	add(segment: DemuxedSegment, timeline: number): Uint8Array {
		const shift = this.shiftOf(segment, timeline);
		const pieces = KINDS.flatMap((kind) => {
			const track = segment[kind];
			return track ? { kind, format: track, samples: this.samples(kind, track, shift) } : [];
		});
		const { video } = segment;
		if (video) this.size ??= { width: video.width, height: video.height };
		return joinBytes(this.file.add(pieces));
	}

	/** What to add to the timestamps of a segment, in seconds. */
	private shiftOf(segment: DemuxedSegment, timeline: number): number {
		const tracks = KINDS.flatMap((kind) => ({ kind, packets: segment[kind]?.packets ?? [] }));
		const leading = tracks.find(({ packets }) => packets.length > 0);
		if (!leading) return 0;
		const first = earliest(leading.packets);
		const expected = this.ends.get(leading.kind);
		const last = Math.max(0, ...this.ends.values());
		const known = this.offsets.get(timeline);
		if (known !== undefined) {
			const wraps = Math.round(((expected ?? 0) - (first + known)) / WRAP_SECONDS);
			const shift = known + wraps * WRAP_SECONDS;
			const start = first + shift;
			// Pictures may pause while sound continues, and the reverse.
			const isNear = start <= last + MAX_JUMP_SECONDS.forward && start >= (expected ?? 0) - MAX_JUMP_SECONDS.back;
			if (expected === undefined || isNear) return shift;
		}
		// Pictures follow each other without a gap, unless they paused; sound keeps its distance to them.
		const end = expected ?? last;
		const hasPaused = leading.kind === 'video' && last > end + MAX_JUMP_SECONDS.back;
		const offset = (hasPaused ? last : end) - first;
		this.offsets.set(timeline, offset);
		return offset;
	}

	private samples(kind: TrackKind, track: TrackPackets, shift: number): Sample[] {
		const scale = this.file.timescale(kind) ?? track.timescale;
		const reference = track.packets[0]?.timestamp ?? 0;
		const samples: Sample[] = [];
		for (const { data, timestamp, duration: announced, isKey } of track.packets) {
			const start = unwrap(timestamp, reference) + shift;
			// The only picture of a segment announces none.
			const seconds = announced || (this.durations.get(kind) ?? 0);
			this.durations.set(kind, seconds);
			const duration = Math.round(seconds * scale);
			// Sound that is longer than its pictures may cover most of the first frame that follows a discontinuity.
			if (kind === 'audio' && samples.length === 0 && start * scale < this.lastSound.end - duration / 2) continue;
			this.ends.set(kind, Math.max(this.ends.get(kind) ?? -Infinity, start + seconds));
			const time = kind === 'video' ? Math.round(start * scale) : this.soundTime(start, duration, scale);
			samples.push({ data, time, duration, isKey });
		}
		return samples;
	}

	/** The time of a frame of sound: right after the last one, unless there is a gap or an overlap, and never before. */
	private soundTime(seconds: number, duration: number, scale: number): number {
		const { time: lastTime, end } = this.lastSound;
		const exact = seconds * scale;
		const isGapless = Math.abs(exact - end) <= MAX_ROUNDING_SECONDS * scale;
		const time = isGapless ? end : Math.max(Math.round(exact), lastTime + 1);
		this.lastSound = { time, end: time + duration };
		return time;
	}
}

function earliest(packets: Packet[]): number {
	const reference = packets[0]?.timestamp ?? 0;
	return packets.reduce((least, { timestamp }) => Math.min(least, unwrap(timestamp, reference)), Infinity);
}

function unwrap(timestamp: number, reference: number): number {
	return timestamp + Math.round((reference - timestamp) / WRAP_SECONDS) * WRAP_SECONDS;
}
