import type { IDataObject } from 'n8n-workflow';
import type { Livestream } from '../api/types';
import { embedUrl } from '../api/urls';
import { isoOrNull, stringOrNull } from '../utils/values';

export type LivestreamPhase = 'live' | 'off' | 'unknown';

const OFF_STATUSES: ReadonlySet<unknown> = new Set(['Idle', 'InActive', 'Failed', 'Deleting']);

/** Maps the status of a live stream to a phase. A status that is not documented maps to `unknown`. */
export function phaseOf(status: unknown): LivestreamPhase {
	if (status === 'Active') return 'live';
	return OFF_STATUSES.has(status) ? 'off' : 'unknown';
}

export function isLive({ status }: Livestream): boolean {
	return phaseOf(status) === 'live';
}

/** Sorts streams that are live first, then by creation date, newest first. */
export function liveFirst(a: Livestream, b: Livestream): number {
	return Number(isLive(b)) - Number(isLive(a)) || (b.created_at ?? 0) - (a.created_at ?? 0);
}

/**
 * A live stream as an output item. The keys are always present. The stream key, which allows anybody to broadcast, is
 * only part of the raw data.
 *
 * @param recorded null if unknown: only the lists contain it
 */
export function livestreamOutput(stream: Livestream, recorded: boolean | null): IDataObject {
	return {
		streamId: stream.streamUUID,
		title: stringOrNull(stream.title),
		description: stringOrNull(stream.description),
		status: stringOrNull(stream.status),
		live: isLive(stream),
		recorded,
		activeSince: isoOrNull(stream.activeSince),
		createdAt: isoOrNull(stream.createdOn ?? stream.created_at),
		ingestUrl: stringOrNull(stream.ingestUrl ?? stream.rtmpUrl),
		playbackUrl: stringOrNull(stream.playbackUrl),
		embedUrl: embedUrl('streamId', stream.streamUUID),
		thumbnailUrl: stringOrNull(stream.thumbnailUrl),
		tags: stream.tags ?? [],
		metadata: stream.metadata ?? [],
	};
}
