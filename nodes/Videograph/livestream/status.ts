import type { Livestream } from '../api/types';

export type Phase = 'live' | 'off' | 'unknown';

const OFF_STATUSES: ReadonlySet<unknown> = new Set(['Idle', 'InActive', 'Failed', 'Deleting']);

/** What the status of a stream says: any other text than these may come before either. */
export function phaseOf(status: unknown): Phase {
	if (status === 'Active') return 'live';
	return OFF_STATUSES.has(status) ? 'off' : 'unknown';
}

export function isLive({ status }: Livestream): boolean {
	return phaseOf(status) === 'live';
}

/** Puts those that are live first, then the newest. */
export function liveFirst(a: Livestream, b: Livestream): number {
	return Number(isLive(b)) - Number(isLive(a)) || (b.created_at ?? 0) - (a.created_at ?? 0);
}
