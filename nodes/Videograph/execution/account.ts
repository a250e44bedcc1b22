import { createSharedRequests } from '../api/httpClient';
import type { ClipsInFlight } from '../clip/createClip';
import { createClipPoller } from '../polling/clipPoller';
import { createLivestreamPoller } from '../polling/livestreamPoller';
import { createUploadPoller } from '../polling/uploadedVideoPoller';
import { createVideoPoller } from '../polling/videoPoller';

/** What all executions with the same credentials share in this process. */
export type Account = ReturnType<typeof createAccount>;

interface Entry {
	account: Account;
	users: number;
	/** When the last execution released it, in epoch milliseconds. */
	releasedMs: number;
}

/** By account key. */
const accounts = new Map<string, Entry>();

/**
 * How long an account outlives its last execution, in milliseconds. Executions of a burst may run one by one, and each
 * would have to find the rate limit anew.
 */
const MAX_IDLE_MS = 10_000;

/**
 * Returns the account of an execution.
 *
 * @param key from `readCredentials`. Different credentials have different keys and share nothing
 */
export function acquireAccount(key: string): { account: Account; release: () => void } {
	dropIdleAccounts();
	const entry = accounts.get(key) ?? { account: createAccount(), users: 0, releasedMs: 0 };
	accounts.set(key, entry);
	entry.users++;
	return {
		account: entry.account,
		release: () => {
			entry.users--;
			entry.releasedMs = Date.now();
		},
	};
}

/** Without a timer, which would run on after the last execution. */
function dropIdleAccounts(): void {
	const minReleasedMs = Date.now() - MAX_IDLE_MS;
	for (const [key, { users, releasedMs }] of accounts) {
		if (users === 0 && releasedMs <= minReleasedMs) accounts.delete(key);
	}
}

/** The number of accounts in memory. */
export function accountCount(): number {
	return accounts.size;
}

function createAccount() {
	return {
		requests: createSharedRequests(),
		clipsInFlight: new Map() as ClipsInFlight,
		clipPoller: createClipPoller(),
		videoPoller: createVideoPoller(),
		livestreamPoller: createLivestreamPoller(),
		uploadPoller: createUploadPoller(),
	};
}
