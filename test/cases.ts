/** Which part of its random cases a test plays in `npm test`. */
const SHARE = 0.1;

declare global {
	/** Set by the project `faults` of jest. */
	var ALL_CASES: boolean | undefined;
}

/** @returns how many random cases a test plays: all of them in `npm run test:faults`, a tenth in `npm test` */
export function cases(all: number): number {
	return globalThis.ALL_CASES ? all : Math.ceil(all * SHARE);
}
