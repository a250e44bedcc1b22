declare global {
	/** Set by the project `faults` of jest. */
	var ALL_CASES: boolean | undefined;
}

/**
 * @param share which part of them a test plays in `npm test`
 * @returns how many random cases a test plays: all of them in `npm run test:faults`
 */
export function cases(all: number, share = 0.1): number {
	return globalThis.ALL_CASES ? all : Math.ceil(all * share);
}
