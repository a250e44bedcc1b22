/** The memory of a server at one moment, in bytes, as the server reports it. */
export interface Sample {
	/** Epoch milliseconds. */
	at: number;
	/** Resident memory: all that the process has of the machine. */
	rss: number;
	/** What the program holds, after everything that it does not is collected. */
	held: number;
}

export const EVERY_MS = 5000;
export const MARK = 'soak-memory ';

/** Reads the samples out of a server's log. */
export function samplesIn(log: string): Sample[] {
	return log
		.split('\n')
		.filter((line) => line.startsWith(MARK) && line.endsWith('}'))
		.map((line) => JSON.parse(line.slice(MARK.length)) as Sample);
}

/** How fast a quantity grows, per millisecond: the slope of the straight line that fits best. */
export function slope(samples: Sample[], quantity: 'rss' | 'held'): number {
	const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
	const middle = mean(samples.map(({ at }) => at));
	const average = mean(samples.map((sample) => sample[quantity]));
	const sum = (term: (sample: Sample) => number): number => samples.reduce((total, sample) => total + term(sample), 0);
	return sum((one) => (one.at - middle) * (one[quantity] - average)) / sum(({ at }) => (at - middle) ** 2);
}
