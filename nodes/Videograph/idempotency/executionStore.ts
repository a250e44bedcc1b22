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
 * What a run has made, kept in the node's context: n8n's Retry On Fail runs the whole node again with the same context,
 * and an execution that was stopped is stored with it. So it is plain data.
 *
 * @param context of the node, `getContext('node')`
 * @param name of this memory, among those in the context
 */
export function createExecutionStore<T>(context: IDataObject, name: string): ExecutionStore<T> & { clear: () => void } {
	const kept = () => (context[name] ??= {}) as Record<string, T | undefined>;
	return {
		get: (reference) => kept()[reference],
		set: (reference, value) => {
			kept()[reference] = value;
		},
		clear: () => {
			context[name] = undefined;
		},
	};
}
