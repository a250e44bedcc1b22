import { joinBytes } from '../utils/bytes';
import type { DemuxedSegment, Packet, TrackKind, TrackPackets } from './demux';
import { Mp4Writer, type Sample } from './mp4Writer';

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
	/** The last time of each track, in its units. */
	private readonly lastTimes = new Map<TrackKind, { time: number; end: number }>();
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
		const known = this.offsets.get(timeline);
		if (known !== undefined) {
			const at = expected ?? 0;
			const wraps = Math.round((at - (first + known)) / WRAP_SECONDS);
			const shift = known + wraps * WRAP_SECONDS;
			const jump = expected === undefined ? 0 : first + shift - expected;
			if (jump <= MAX_JUMP_SECONDS.forward && jump >= -MAX_JUMP_SECONDS.back) return shift;
		}
		// Pictures follow each other without a gap; sound keeps its distance to them.
		const offset = (expected ?? 0) - first;
		this.offsets.set(timeline, offset);
		return offset;
	}

	private samples(kind: TrackKind, track: TrackPackets, shift: number): Sample[] {
		const scale = this.file.timescale(kind) ?? track.timescale;
		const reference = track.packets[0]?.timestamp ?? 0;
		return track.packets.map((packet) => {
			const { data, duration, isKey } = packet;
			const seconds = unwrap(packet.timestamp, reference) + shift;
			this.ends.set(kind, Math.max(this.ends.get(kind) ?? -Infinity, seconds + duration));
			const units = Math.round(duration * scale);
			const time = kind === 'video' ? Math.round(seconds * scale) : this.soundTime(seconds, units, scale);
			return { data, time, duration: units, isKey };
		});
	}

	/** The time of a frame of sound: right after the last one, unless there is a gap; and never before it. */
	private soundTime(seconds: number, duration: number, scale: number): number {
		const last = this.lastTimes.get('audio');
		const exact = seconds * scale;
		let time = Math.round(exact);
		if (last) {
			const isGapless = Math.abs(exact - last.end) <= MAX_ROUNDING_SECONDS * scale;
			time = isGapless ? last.end : Math.max(time, last.time + 1);
		}
		this.lastTimes.set('audio', { time, end: time + duration });
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
