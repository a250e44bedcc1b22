const SAMPLE_MS = 10;

/** Resident memory of this process, in bytes: before a task, and the maximum during it. */
export interface Memory {
	idle: number;
	peak: number;
}

/** Measures the memory of this process during a task. */
export async function watchMemory(work: () => Promise<void>): Promise<Memory> {
	global.gc?.();
	const idle = process.memoryUsage.rss();
	let peak = idle;
	const sample = (): void => {
		peak = Math.max(peak, process.memoryUsage.rss());
	};
	const sampler = setInterval(sample, SAMPLE_MS);
	try {
		await work();
		sample();
	} finally {
		clearInterval(sampler);
	}
	return { idle, peak };
}
