/** The middle of some values; of an even number of them, the upper one. */
export function median(values: number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/**
 * How one series stands to another that was measured in turn with it: the median of the rounds' ratios, as what else the
 * machine was doing in a round was there for both.
 */
export function ratio(values: number[], others: number[]): number {
	return median(values.map((value, round) => value / (others[round] ?? NaN)));
}

/** A value below which that share of all lies, from 0 to 1. */
export function percentile(values: number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** A number as people read it: three digits that count, thousands apart. */
export function shown(value: number): string {
	if (!Number.isFinite(value)) return '–';
	if (value >= 100) return Math.round(value).toLocaleString('en');
	return value.toFixed(value >= 10 ? 1 : 2);
}
