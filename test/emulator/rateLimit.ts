import type { Options } from './options';

/** Counts requests in windows of one second by the emulator's clock; says whether one more is admitted. */
export function rateLimiter(options: Pick<Options, 'now'>): (perSecond: number) => boolean {
	let second = NaN;
	let count = 0;
	return (perSecond) => {
		const current = Math.floor(options.now() / 1000);
		count = current === second ? count + 1 : 1;
		second = current;
		return count <= perSecond;
	};
}
