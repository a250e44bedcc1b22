import type { Run } from './operation';

/**
 * Does something, unless an earlier try of this execution has done it: what is deleted cannot be deleted again.
 *
 * @param key what names it among all of the execution: a hash of the item's identity and of what is done
 */
export async function doOnce({ answers }: Pick<Run, 'answers'>, key: string, act: () => Promise<void>): Promise<void> {
	if (answers.get(key)?.answer) return;
	await act();
	answers.set(key, { answer: {} });
}
