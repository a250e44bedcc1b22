import { runPool } from '../../nodes/Videograph/shared/pool';

const always = () => true;

/** Tasks that count how many of them are under way at once; each goes on when all that could start have. */
function counted(count: number) {
	const seen = { now: 0, most: 0, started: 0 };
	const tasks = Array.from({ length: count }, (_, index) => async () => {
		seen.started++;
		seen.most = Math.max(seen.most, ++seen.now);
		await new Promise(setImmediate);
		seen.now--;
		return index;
	});
	return { seen, tasks };
}

it.each([
	[1, 1],
	[5, 5],
	[50, 20],
])('runs 20 tasks with at most %d under way, and keeps their order', async (limit, most) => {
	const { seen, tasks } = counted(20);
	expect(await runPool(tasks, limit, always)).toEqual(Array.from({ length: 20 }, (_, index) => index));
	expect(seen.most).toBe(most);
});

it('starts nothing more once it may not go on, and awaits what is under way', async () => {
	const { seen, tasks } = counted(20);
	const results = await runPool(tasks, 4, () => seen.started < 6);
	expect(seen).toMatchObject({ now: 0, started: 6 });
	expect(results).toEqual([0, 1, 2, 3, 4, 5]);
});

it('has nothing to do without tasks', async () => {
	expect(await runPool([], 5, always)).toEqual([]);
});
