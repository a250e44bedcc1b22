import { createSharedRequests } from '../api/httpClient';
import { createClipPoller } from '../polling/clipPoller';
import { createLivestreamPoller } from '../polling/livestreamPoller';
import { createVideoPoller } from '../polling/videoPoller';

/** What all executions with the same credentials share in this process. */
export type Account = ReturnType<typeof createAccount>;

/** The accounts in use, by their key. */
const accounts = new Map<string, { account: Account; users: number }>();

/**
 * Returns the account of an execution. It is dropped when its last execution releases it.
 *
 * @param key from `readCredentials`. Different credentials have different keys and share nothing
 */
export function acquireAccount(key: string): { account: Account; release: () => void } {
	const entry = accounts.get(key) ?? { account: createAccount(), users: 0 };
	accounts.set(key, entry);
	entry.users++;
	return {
		account: entry.account,
		release: () => {
			if (--entry.users === 0) accounts.delete(key);
		},
	};
}

/** The number of accounts in use. */
export function accountCount(): number {
	return accounts.size;
}

function createAccount() {
	return {
		requests: createSharedRequests(),
		clipPoller: createClipPoller(),
		videoPoller: createVideoPoller(),
		livestreamPoller: createLivestreamPoller(),
	};
}
