import type { IDataObject } from 'n8n-workflow';

/** Values by key, retained over the retries of an execution. */
export interface ExecutionStore<T> {
	get(key: string): T | undefined;
	set(key: string, value: T | undefined): void;
}

/** A create request of this execution. */
export interface StoredCreate {
	/** Undefined: the outcome is unknown. */
	response?: object;
}

/**
 * A key-value store in the node context, which n8n keeps for Retry On Fail and saves with a stopped execution. Values
 * must be plain data.
 *
 * @param context of the node, from `getContext('node')`
 * @param name key of this store in the context
 */
export function createExecutionStore<T>(context: IDataObject, name: string): ExecutionStore<T> & { clear: () => void } {
	const entries = () => (context[name] ??= {}) as Record<string, T | undefined>;
	return {
		get: (key) => entries()[key],
		set: (key, value) => {
			entries()[key] = value;
		},
		clear: () => {
			context[name] = undefined;
		},
	};
}
