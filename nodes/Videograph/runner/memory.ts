import type { IDataObject } from 'n8n-workflow';
import type { Kept, Memory } from '../clip/make';

const KEY = 'videographClips';

/**
 * What a run has made, kept in the node's context: n8n's Retry On Fail runs the whole node again with the same context,
 * and an execution that was stopped is stored with it. So it is plain data.
 *
 * @param context of the node, `getContext('node')`
 */
export function memoryIn(context: IDataObject): Memory & { clear: () => void } {
	const kept = () => (context[KEY] ??= {}) as Record<string, Kept | undefined>;
	return {
		get: (reference) => kept()[reference],
		set: (reference, value) => {
			kept()[reference] = value;
		},
		clear: () => {
			context[KEY] = undefined;
		},
	};
}
