import type { CreateResult } from '../api/client';
import type { ExecutionStore, StoredCreate } from './executionStore';
import { withMayExistAdvice, refuseToResend } from './outcomeUnknownError';

/**
 * Creates a resource at most once per execution. Replays a stored response, and never resends a request whose outcome
 * is unknown.
 *
 * @param key idempotency key: a hash of the item's identity and of the request
 * @param name the resource with its article, such as `the clip`
 * @throws {NodeApiError} if the API rejects the request or fails. Its advice says if the resource may exist
 * @throws {OutcomeUnknownError} if the outcome of an earlier attempt is unknown
 */
export async function createOnce<T extends object>(
	{ store }: { store: ExecutionStore<StoredCreate> },
	key: string,
	send: () => Promise<CreateResult<T>>,
	name = 'it',
): Promise<T> {
	const stored = store.get(key);
	// The key is unique to the request, so the stored response has its type.
	if (stored?.response) return stored.response as T;
	if (stored) throw refuseToResend(name);

	store.set(key, {});
	const result = await send();
	if ('response' in result) {
		store.set(key, result);
		return result.response;
	}
	if (result.outcomeUnknown) throw withMayExistAdvice(result.error, name);
	store.set(key, undefined);
	throw result.error;
}

/**
 * Runs an action at most once per execution, such as a deletion, which would fail the second time.
 *
 * @param key idempotency key: a hash of the item's identity and of the action
 */
export async function doOnce({ store }: { store: ExecutionStore<StoredCreate> }, key: string, act: () => Promise<void>): Promise<void> {
	if (store.get(key)?.response) return;
	await act();
	store.set(key, { response: {} });
}
