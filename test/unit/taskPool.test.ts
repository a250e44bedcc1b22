import { runPool } from '../../nodes/Videograph/utils/taskPool';

/** Tasks that count how many of them run at a time. Each continues when no further one can start. */
function counted(count: number) {
	const seen = { now: 0, most: 0, order: [] as number[] };
	const tasks = Array.from({ length: count }, (_, index) => async () => {
		seen.order.push(index);
		seen.most = Math.max(seen.most, ++seen.now);
		await new Promise(setImmediate);
		seen.now--;
	});
	return { seen, tasks };
}

describe('task pool', () => {
	it.each([
		[1, 1],
		[5, 5],
		[50, 20],
	])('runs 20 tasks in order, at most %d at a time', async (limit, most) => {
		const { seen, tasks } = counted(20);
		await runPool(tasks, limit);
		expect(seen.order).toEqual(Array.from({ length: 20 }, (_, index) => index));
		expect(seen.most).toBe(most);
	});

	it('starts no further task once it must stop, and awaits the running ones', async () => {
		const { seen, tasks } = counted(20);
		await runPool(tasks, 4, () => seen.order.length < 6);
		expect(seen).toMatchObject({ now: 0, order: [0, 1, 2, 3, 4, 5] });
	});

	it('ends at once without tasks', async () => {
		await expect(runPool([], 5)).resolves.toBeUndefined();
	});

	it('starts tasks of the same millisecond together, and waits for nothing at the end', async () => {
		const started: number[] = [];
		const ends: Array<() => void> = [];
		const tasks = Array.from({ length: 6 }, (_, index) => async () => {
			started.push(index);
			await new Promise<void>((resolve) => ends.push(resolve));
		});
		let now = 0;
		jest.spyOn(Date, 'now').mockImplementation(() => ++now);
		jest.useFakeTimers({ doNotFake: ['Date', 'nextTick', 'queueMicrotask', 'setImmediate'] });
		const settled = async () => await new Promise(setImmediate);
		try {
			const running = runPool(tasks, 3);
			for (const end of ends.splice(0)) {
				end();
				await settled();
			}
			expect(started).toEqual([0, 1, 2]);
			jest.advanceTimersByTime(1);
			await settled();
			expect(started).toEqual([0, 1, 2, 3, 4, 5]);
			for (const end of ends) end();
			await running;
		} finally {
			jest.useRealTimers();
			jest.restoreAllMocks();
		}
	});
});
