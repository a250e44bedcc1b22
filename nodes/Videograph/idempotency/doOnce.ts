import type { ExecutionStore, StoredCreate } from './executionStore';

/**
 * Does something, unless an earlier try of this execution has done it: what is deleted cannot be deleted again.
 *
 * @param key what names it among all of the execution: a hash of the item's identity and of what is done
 */
export async function doOnce({ store }: { store: ExecutionStore<StoredCreate> }, key: string, act: () => Promise<void>): Promise<void> {
	if (store.get(key)?.response) return;
	await act();
	store.set(key, { response: {} });
}
