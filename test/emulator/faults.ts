import type { Answer } from './answer';

/** The result for a client: a response, a connection reset, or none. */
export type Outcome = Answer | 'reset' | 'hang';

/** A fault of the requests that match it. Faults apply after the checks of credentials and contract. */
export interface Fault {
	method?: string;
	/** Matched against the path under the API's base path. */
	path?: RegExp;
	/** How many requests that it fits go well before it strikes; none when left out. */
	skip?: number;
	/** How many requests it strikes; 1 when left out. */
	times?: number;
	/** `after`: the request is processed first, so a clip exists although the response is lost. Default `before`. */
	when?: 'before' | 'after';
	/** The result for the client. A function changes the real response, so the request is processed first. */
	answer: Outcome | ((real: Answer) => Outcome);
}

/** The result of a request, with or without a fault. @param carryOut returns the real response */
export async function struck(fault: Fault | undefined, carryOut: () => Answer | Promise<Answer>): Promise<Outcome> {
	if (!fault) return await carryOut();
	const { answer, when } = fault;
	if (typeof answer === 'function') return answer(await carryOut());
	if (when === 'after') await carryOut();
	return answer;
}

/** Returns the first fault that matches a request and is due, and counts it down. */
export function takeFault(faults: Fault[], method: string, path: string): Fault | undefined {
	const index = faults.findIndex(
		(fault) => (fault.method ?? method) === method && (fault.path === undefined || path.search(fault.path) >= 0),
	);
	const fault = faults[index];
	if (!fault) return undefined;
	if (fault.skip) {
		faults.splice(index, 1, { ...fault, skip: fault.skip - 1 });
		return undefined;
	}
	const times = (fault.times ?? 1) - 1;
	faults.splice(index, 1, ...(times > 0 ? [{ ...fault, times }] : []));
	return fault;
}
