import { Refusal } from '../answer';
import { type Clip, clockStartOf, durationMsOf, type Stream, type Video } from '../model';
import type { Options } from '../options';
import type { State } from '../state';
import type { TimeRange } from './camera';
import type { MediaOptions } from './options';

/** What can be played of a live stream or a video: a range of the clock of the camera. */
export interface Recording extends TimeRange {
	id: string;
	title: string;
	/** Whether more of it is still to come. */
	isLive: boolean;
	playlist: Options['playlist'];
}

/** A part of a recording that is one file. */
export interface Segment extends TimeRange {
	/** When the timestamps began that it continues, by the clock. */
	partStartMs: number;
}

/**
 * Finds the recording of a live stream or a video.
 *
 * @throws {Refusal} if it does not exist, or has nothing to play
 */
export function recordingOf(id: string, state: State, options: Pick<Options, 'now' | 'playlist'>): Recording {
	const stream = state.streams.listed().find(({ streamUUID }) => streamUUID === id);
	return stream ? streamRecording(stream, options) : videoRecording(state.content(id), id, state);
}

function streamRecording(
	{ streamUUID: id, title, startedAt, endedAt }: Stream,
	{ now, playlist }: Pick<Options, 'now' | 'playlist'>,
): Recording {
	if (startedAt === null || startedAt > now() || playlist === 'missing') {
		throw new Refusal(404, `Live stream ${id} has no playlist`);
	}
	const isLive = endedAt === null || endedAt > now();
	return { id, title, fromMs: startedAt, toMs: isLive ? now() : endedAt, isLive, playlist };
}

function videoRecording(content: Clip | Video, id: string, state: State): Recording {
	if (state.status(content) !== 'Ready') throw new Refusal(404, `Content ${id} has no playlist`);
	const fromMs = clockStartOf(content);
	return { id, title: content.title, fromMs, toMs: fromMs + durationMsOf(content), isLive: false, playlist: 'plain' };
}

/** The number of segments so far. While it is live, the last one is complete. */
export function segmentCount({ fromMs, toMs, isLive }: Recording, { segmentMs }: MediaOptions): number {
	const segments = (toMs - fromMs) / segmentMs;
	return isLive ? Math.floor(segments) : Math.ceil(segments);
}

/** @param index from 0 at the start of the recording */
export function segmentAt(
	{ fromMs: start, toMs: end }: Recording,
	index: number,
	{ segmentMs, segmentsPerPart }: MediaOptions,
): Segment {
	const fromMs = start + index * segmentMs;
	const inPart = segmentsPerPart === Infinity ? index : index % segmentsPerPart;
	return { fromMs, toMs: Math.min(fromMs + segmentMs, end), partStartMs: fromMs - inPart * segmentMs };
}
