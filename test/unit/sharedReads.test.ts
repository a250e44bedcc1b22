import { RateLimiter, type Turn } from '../../nodes/Videograph/api/rateLimiter';
import { SharedReads } from '../../nodes/Videograph/api/sharedReads';

beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] }));
afterEach(() => void jest.useRealTimers());

const pass = async (milliseconds = 0) => await jest.advanceTimersByTimeAsync(milliseconds);

/** Reads whose responses the test releases. Each response is its number. */
function openReads(closedMs = 0) {
	const limiter = new RateLimiter();
	if (closedMs > 0) {
		for (let request = 0; request < 1000; request++) limiter.accept(Date.now());
		limiter.refuse(Date.now(), closedMs);
	}
	const reads = new SharedReads(limiter);
	const sent: Array<{ by: string; respond: () => Promise<void> }> = [];
	const read = (by: string, { key = 'list', maxWaitMs = 60_000, signal = new AbortController().signal } = {}) => {
		const send = async () => {
			const number = sent.length + 1;
			await new Promise<void>((resolve) => {
				const respond = async () => {
					resolve();
					await pass();
				};
				sent.push({ by, respond });
				signal.addEventListener('abort', () => resolve());
			});
			return `response ${number}`;
		};
		const turn: Turn = limiter.createTurn(maxWaitMs, signal);
		return reads.read(key, turn, send).then((result) => (result.status === 'sent' ? result.value : result.status));
	};
	return { read, sent, limiter };
}

describe('shared reads', () => {
	it('answer nobody who asked after the read was sent', async () => {
		const { read, sent } = openReads();
		const first = read('a');
		await pass();
		const later = [read('b'), read('c')];
		await pass();
		expect(sent.map(({ by }) => by)).toEqual(['a']);
		await sent[0]?.respond();
		expect(await first).toBe('response 1');
		expect(sent).toHaveLength(2);
		const next = read('d');
		await pass();
		await sent[1]?.respond();
		expect(await Promise.all(later)).toEqual(['response 2', 'response 2']);
		await sent[2]?.respond();
		expect(await next).toBe('response 3');
	});

	it('are sent once by all who wait for the rate limit', async () => {
		const { read, sent } = openReads(1000);
		const waiting = ['a', 'b', 'c'].map((by) => read(by));
		const other = read('d', { key: 'another list' });
		await pass(999);
		waiting.push(read('e'));
		await pass(3);
		expect(sent.map(({ by }) => by)).toEqual(['a', 'd']);
		await sent[0]?.respond();
		await sent[1]?.respond();
		expect(await Promise.all(waiting)).toEqual(Array.from({ length: 4 }, () => 'response 1'));
		expect(await other).toBe('response 2');
	});

	it('take one turn of the rate limit for all', async () => {
		const { read, sent, limiter } = openReads();
		limiter.refuse(Date.now(), 1000);
		const waiting = ['a', 'b', 'c'].map((by) => read(by));
		await pass(1000);
		await sent[0]?.respond();
		expect(await Promise.all(waiting)).toEqual(Array.from({ length: 3 }, () => 'response 1'));
	});

	it('keep the maximum wait of each', async () => {
		const { read, sent } = openReads(1000);
		const [patient, impatient] = [read('a'), read('b', { maxWaitMs: 500 })];
		expect(await impatient).toBe('tooLong');
		await pass(1000);
		await sent[0]?.respond();
		expect(await patient).toBe('response 1');
	});

	it('are sent again at once by another if the execution that sent them is stopped', async () => {
		const { read, sent } = openReads(1000);
		const stop = new AbortController();
		const stopped = read('a', { signal: stop.signal });
		const others = [read('b'), read('c')];
		await pass(1000);
		stop.abort();
		await pass(3);
		expect(sent.map(({ by }) => by)).toEqual(['a', 'b']);
		await sent[1]?.respond();
		expect(await Promise.all(others)).toEqual(['response 2', 'response 2']);
		expect(await stopped).toBe('response 1');
	});

	it('end at once for an execution that is stopped, while another sends', async () => {
		const { read, sent } = openReads(1000);
		const stop = new AbortController();
		const [other, stopped] = [read('a'), read('b', { signal: stop.signal })];
		await pass(1000);
		stop.abort();
		expect(await stopped).toBe('aborted');
		await sent[0]?.respond();
		expect(await other).toBe('response 1');
	});

	it('do not wait longer than a second for an equal read that is slow', async () => {
		const { read, sent } = openReads();
		const slow = read('a');
		await pass();
		const next = read('b');
		await pass(999);
		expect(sent).toHaveLength(1);
		await pass(1);
		expect(sent).toHaveLength(2);
		await sent[1]?.respond();
		expect(await next).toBe('response 2');
		await sent[0]?.respond();
		expect(await slow).toBe('response 1');
	});
});
