import type { Options } from './options';

type RateLimit = NonNullable<Options['rateLimit']>;

/**
 * Says whether one more request is admitted, by the emulator's clock: it counts admitted requests in windows of one second, or
 * all requests of the last second.
 */
export function rateLimiter({ now }: Pick<Options, 'now'>): (limit: RateLimit) => boolean {
	let second = NaN;
	let count = 0;
	let recent: number[] = [];
	return ({ perSecond, countsRefused = false }) => {
		const time = now();
		const current = Math.floor(time / 1000);
		count = current === second ? count + 1 : 1;
		second = current;
		recent = [...recent.filter((at) => at > time - 1000), time];
		return (countsRefused ? recent.length : count) <= perSecond;
	};
}
