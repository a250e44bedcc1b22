import type { Sent } from '../api/client';
import { mayExist, notAgain } from '../shared/undecided';
import type { Run } from './operation';

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
	{ answers }: Pick<Run, 'answers'>,
	key: string,
	send: () => Promise<Sent<T>>,
	name = 'it',
): Promise<T> {
	const kept = answers.get(key);
	// What is kept under a key is what `send` of the same order gave.
	if (kept?.answer) return kept.answer as T;
	if (kept) throw notAgain(name);

	answers.set(key, {});
	const sent = await send();
	if ('answer' in sent) {
		answers.set(key, sent);
		return sent.answer;
	}
	if (sent.mayHaveArrived) throw mayExist(sent.error, name);
	answers.set(key, undefined);
	throw sent.error;
}
