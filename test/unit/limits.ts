/** Says whether a request that arrives at that time is admitted, in milliseconds. The times never go back. */
export type Limit = (nowMs: number) => boolean;

/** Counts in windows of a second, whose start nobody knows. */
function fixedWindow(perSecond: number, phaseMs: number): Limit {
	let window = Number.NaN;
	let count = 0;
	return (nowMs) => {
		const current = Math.floor((nowMs + phaseMs) / 1000);
		count = current === window ? count + 1 : 1;
		window = current;
		return count <= perSecond;
	};
}

function tokenBucket(perSecond: number): Limit {
	let tokens = perSecond;
	let lastMs = 0;
	return (nowMs) => {
		tokens = Math.min(tokens + ((nowMs - lastMs) * perSecond) / 1000, perSecond);
		lastMs = nowMs;
		if (tokens < 1) return false;
		tokens--;
		return true;
	};
}

/** Admits a request if there were fewer in the second before; with `countsRefused`, of any result. */
function slidingWindow(perSecond: number, countsRefused: boolean): Limit {
	let counted: number[] = [];
	return (nowMs) => {
		counted = counted.filter((ms) => ms > nowMs - 1000);
		const isAdmitted = counted.length < perSecond;
		if (isAdmitted || countsRefused) counted.push(nowMs);
		return isAdmitted;
	};
}

export const LIMITS = {
	'fixed window': fixedWindow,
	'token bucket': tokenBucket,
	'sliding window': (perSecond: number) => slidingWindow(perSecond, false),
	'sliding window that counts refused requests': (perSecond: number) => slidingWindow(perSecond, true),
} satisfies Record<string, (perSecond: number, phaseMs: number) => Limit>;
