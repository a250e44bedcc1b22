import type { CreateResult } from '../api/client';
import type { ExecutionStore, StoredCreate } from './executionStore';
import { withMayExistAdvice, refuseToResend } from './outcomeUnknownError';

/**
 * Makes something that cannot be told from others of its kind: what may have arrived is not sent again, by no try of
 * this execution, and what is made is given again.
 *
 * @param key what names the order among all of the execution: a hash of the item's identity and of what is sent
 * @param name what is made, in the words of an error: `the clip`
 * @throws {NodeApiError} where the API refuses or fails; its advice says so where the thing may exist all the same
 * @throws {Undecided} where that is so of an earlier try
 */
export async function createOnce<T extends object>(
	{ store }: { store: ExecutionStore<StoredCreate> },
	key: string,
	send: () => Promise<CreateResult<T>>,
	name = 'it',
): Promise<T> {
	const kept = store.get(key);
	// What is kept under a key is what `send` of the same order gave.
	if (kept?.response) return kept.response as T;
	if (kept) throw refuseToResend(name);

	store.set(key, {});
	const sent = await send();
	if ('response' in sent) {
		store.set(key, sent);
		return sent.response;
	}
	if (sent.outcomeUnknown) throw withMayExistAdvice(sent.error, name);
	store.set(key, undefined);
	throw sent.error;
}
