import { getEventListeners } from 'node:events';
import { onAbort, raceAbort } from '../../nodes/Videograph/utils/abort';

describe('abort', () => {
	it('calls all functions that were not removed, with one listener', () => {
		const { signal, abort } = controlled();
		const called: number[] = [];
		const removes = Array.from({ length: 20 }, (_, index) => onAbort(signal, () => called.push(index)));
		for (const remove of removes.slice(2)) remove();
		expect(getEventListeners(signal, 'abort')).toHaveLength(1);
		abort();
		expect(called).toEqual([0, 1]);
	});

	it('does not call a function that another one removes', () => {
		const { signal, abort } = controlled();
		const called: string[] = [];
		onAbort(signal, () => {
			called.push('first');
			removeSecond();
		});
		const removeSecond = onAbort(signal, () => called.push('second'));
		abort();
		expect(called).toEqual(['first']);
	});

	it('ends a race without the result, and otherwise returns or throws it', async () => {
		const { signal, abort } = controlled();
		expect(await raceAbort(Promise.resolve(1), signal)).toBe(1);
		expect(await raceAbort(Promise.resolve(1), undefined)).toBe(1);
		await expect(raceAbort(Promise.reject(new Error('down')), signal)).rejects.toThrow('down');
		const race = raceAbort(new Promise(() => undefined), signal);
		abort();
		expect(await race).toBeUndefined();
		expect(await raceAbort(Promise.resolve(1), signal)).toBeUndefined();
	});
});

function controlled() {
	const controller = new AbortController();
	return { signal: controller.signal, abort: () => controller.abort() };
}
