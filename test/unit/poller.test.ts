import type { VideographClient } from '../../nodes/Videograph/api/client';
import { decodeLivestream, type Livestream } from '../../nodes/Videograph/api/decode';
import { createLivestreamPoller, LivestreamPoller } from '../../nodes/Videograph/polling/livestreamPoller';
import { Poller, type PollUpdate } from '../../nodes/Videograph/polling/poller';
import { playTime, waitingExecution } from './waiting';

const HOUR_MS = 3_600_000;
const CLIENT = {} as unknown as VideographClient;

beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] }));
afterEach(() => void jest.useRealTimers());

/** The poller of one execution, on a clock that jumps to its next round. */
function alone<T>(poller: Poller<T>) {
	const { execution } = waitingExecution(CLIENT);
	return { wait: async (subject: T, timeoutMs: number) => await playTime(poller.wait(subject, timeoutMs, execution)) };
}

/** A poller of texts. It records the subjects of each poll. */
function recordingPoller(
	poll: (subject: string, round: number) => PollUpdate<string>,
	groupKey?: (subject: string) => string,
) {
	const polls: string[][] = [];
	const poller = new Poller<string>({
		createPoll: () => (subjects) => {
			polls.push(subjects);
			return Promise.resolve(subjects.map((subject) => poll(subject, polls.length)));
		},
		groupKey,
	});
	return { poller: alone(poller), polls };
}

describe('Poller', () => {
	it('polls all pending subjects together, and no subject that is done', async () => {
		const { poller, polls } = recordingPoller((subject, round) => ({
			subject,
			isDone: subject === 'a' || round === 2,
		}));
		expect(await Promise.all(['a', 'b', 'c'].map((subject) => poller.wait(subject, HOUR_MS)))).toEqual(['a', 'b', 'c']);
		expect(polls).toEqual([
			['a', 'b', 'c'],
			['b', 'c'],
		]);
	});

	it('polls the updated subject in the next round', async () => {
		const { poller } = recordingPoller((subject) => ({ subject: `${subject}+`, isDone: subject.length === 3 }));
		expect(await poller.wait('a', HOUR_MS)).toBe('a+++');
	});

	it('returns the updated subject if its last poll failed when the time is up', async () => {
		const { poller } = recordingPoller((subject) => ({ subject: `${subject}+`, error: new Error('down') }));
		expect(await poller.wait('a', 0)).toBe('a+');
	});

	it('fails at once with a fatal error, and continues with the other subjects', async () => {
		const error = new Error('gone');
		const { poller, polls } = recordingPoller((subject, round) =>
			subject === 'a' ? { error, isFatal: true } : { subject, isDone: round === 2 },
		);
		const [a, b] = await Promise.allSettled([poller.wait('a', HOUR_MS), poller.wait('b', HOUR_MS)]);
		expect(a).toEqual({ status: 'rejected', reason: error });
		expect(b).toEqual({ status: 'fulfilled', value: 'b' });
		expect(polls).toHaveLength(2);
	});

	it('polls each group on its own, and a failed group does not affect the others', async () => {
		const polls: string[][] = [];
		const poller = new Poller<string>({
			createPoll: () => (subjects) => {
				polls.push(subjects);
				if (subjects.includes('a1')) return Promise.reject(new Error('down'));
				return Promise.resolve(subjects.map((subject) => ({ subject, isDone: true })));
			},
			groupKey: (subject) => subject.charAt(0),
		});
		const waits = ['a1', 'b1', 'b2'].map((subject) => alone(poller).wait(subject, HOUR_MS));
		const [a1, b1, b2] = await Promise.allSettled(waits);
		expect(a1).toMatchObject({ status: 'rejected', reason: { message: 'down' } });
		expect([b1?.status, b2?.status]).toEqual(['fulfilled', 'fulfilled']);
		expect(polls).toEqual([['a1'], ['b1', 'b2'], ['a1'], ['a1'], ['a1']]);
	});
});

describe('LivestreamPoller', () => {
	it('shares one request per live stream and poll', async () => {
		const requestedIds: string[] = [];
		const client = {
			getLivestream: (streamUUID: string) => {
				requestedIds.push(streamUUID);
				return Promise.resolve(
					decodeLivestream({ streamUUID, status: requestedIds.length > 2 ? 'Active' : 'Starting' }),
				);
			},
		} as unknown as VideographClient;
		const poller = new LivestreamPoller(createLivestreamPoller(), waitingExecution(client).execution);
		const isActive = ({ status }: Livestream) => status === 'Active';
		const streams = await Promise.all(
			['a', 'a', 'b'].map((streamUUID) => playTime(poller.wait(decodeLivestream({ streamUUID }), isActive, HOUR_MS))),
		);
		expect(streams.map(({ status }) => status)).toEqual(['Active', 'Active', 'Active']);
		expect(requestedIds.toSorted()).toEqual(['a', 'a', 'b', 'b']);
	});
});

describe('Poller of several executions', () => {
	/** A poller whose polls record the name of the client that sends them. */
	function sharedPoller(readyMs: number, poll?: (name: string) => Promise<void> | undefined, firstPollMs?: number) {
		const polls: Array<{ by: string; atMs: number; subjects: string[] }> = [];
		const startMs = Date.now();
		const poller = new Poller<string>({
			firstPollMs,
			createPoll: () => async (subjects, client) => {
				const by = client as unknown as string;
				const atMs = Date.now() - startMs;
				polls.push({ by, atMs, subjects });
				await poll?.(by);
				return subjects.map((subject) => ({ subject: `${subject}+`, isDone: atMs >= readyMs }));
			},
		});
		const wait = (name: string, { timeoutMs = HOUR_MS, maxRateLimitWaitMs = 60_000 } = {}) => {
			const { execution, stop } = waitingExecution(name as unknown as VideographClient, maxRateLimitWaitMs);
			const ended = { result: '', atMs: Number.NaN };
			const end = (result: unknown) => Object.assign(ended, { result: String(result), atMs: Date.now() - startMs });
			const promise = poller.wait(name, timeoutMs, execution).then(end, end);
			return { ended, stop, promise };
		};
		return { poller, polls, wait };
	}

	const pass = async (milliseconds: number) => await jest.advanceTimersByTimeAsync(milliseconds);

	it('polls once for all, about as often as for one', async () => {
		const { polls, wait } = sharedPoller(8000);
		const waits = Array.from({ length: 50 }, () => wait('a'));
		await playTime(Promise.all(waits.map(({ promise }) => promise)));
		expect(polls.length).toBeLessThanOrEqual(8);
		expect(polls.every(({ subjects }) => subjects.length === 50)).toBe(true);
	});

	it.each([undefined, 100])('leaves 0.375 seconds between rounds (first poll after %p)', async (firstPollMs) => {
		const { polls, wait } = sharedPoller(8000, undefined, firstPollMs);
		const waits: Array<Promise<unknown>> = [];
		for (let index = 0; index < 50; index++) {
			waits.push(wait('a').promise);
			await pass(60);
		}
		await playTime(Promise.all(waits));
		const gaps = polls.slice(1).map(({ atMs }, index) => atMs - (polls[index]?.atMs ?? 0));
		expect(Math.min(...gaps)).toBeGreaterThanOrEqual(375);
	});

	it('notices soon that each of many is done that take as long as the first', async () => {
		let rounds = 0;
		const poller = new Poller<string>({
			createPoll: () => (readyTimes) => {
				rounds++;
				return Promise.resolve(readyTimes.map((subject) => ({ subject, isDone: Date.now() >= Number(subject) })));
			},
		});
		const { execution } = waitingExecution(CLIENT);
		const delays: Array<Promise<number>> = [];
		for (let index = 0; index < 50; index++) {
			const readyMs = Date.now() + 60_000;
			delays.push(poller.wait(String(readyMs), HOUR_MS, execution).then(() => Date.now() - readyMs));
			await pass(300);
		}
		const [first, ...others] = await playTime(Promise.all(delays));
		// The first one is noticed within a quarter of its time.
		expect(first).toBeLessThanOrEqual(10_000);
		expect(Math.max(...others.slice(-10))).toBeLessThan(1000);
		expect(rounds).toBeLessThanOrEqual(2 * 50);
	});

	it('does not wait for a slow round of other executions much longer than its timeout', async () => {
		const { wait } = sharedPoller(0, () => new Promise((resolve) => setTimeout(resolve, 60_000)));
		const patient = wait('a');
		const impatient = wait('b', { timeoutMs: 3000 });
		await pass(8000);
		expect(impatient.ended).toEqual({ result: 'b', atMs: 8000 });
		await pass(60_000);
		expect(patient.ended.result).toBe('a+');
	});

	it('does not poll old waits more often because of new ones', async () => {
		const { polls, wait } = sharedPoller(Infinity);
		wait('old');
		await pass(60_000);
		const before = polls.length;
		for (let index = 0; index < 20; index++) {
			wait('new');
			await pass(1000);
		}
		const later = polls.slice(before);
		expect(later.length).toBeGreaterThan(10);
		expect(later.filter(({ subjects }) => subjects[0]?.startsWith('old')).length).toBeLessThanOrEqual(3);
	});

	it('continues with another execution at once if the one that sends is stopped', async () => {
		const { polls, wait } = sharedPoller(0, (name) => (name === 'a' ? new Promise(() => undefined) : undefined));
		const [a, b, c] = ['a', 'b', 'c'].map((name) => wait(name));
		await pass(2500);
		a?.stop();
		await pass(0);
		expect(polls.map(({ by, atMs }) => [by, atMs])).toEqual([
			['a', 2000],
			['b', 2500],
		]);
		expect([a, b, c].map((wait) => wait?.ended)).toEqual([
			{ result: 'a', atMs: 2500 },
			{ result: 'b+', atMs: 2500 },
			{ result: 'c+', atMs: 2500 },
		]);
	});

	it('ends the wait of a stopped execution while another sends', async () => {
		const { wait } = sharedPoller(0, () => new Promise((resolve) => setTimeout(resolve, 5000)));
		const [a, b] = ['a', 'b'].map((name) => wait(name));
		await pass(2500);
		b?.stop();
		await pass(0);
		expect(b?.ended).toEqual({ result: 'b', atMs: 2500 });
		await pass(5000);
		expect(a?.ended).toEqual({ result: 'a+', atMs: 7000 });
	});

	it('has a timeout for each wait', async () => {
		const { wait } = sharedPoller(60_000);
		const waits = [300, 2300, 9000].map((timeoutMs) => wait('a', { timeoutMs }));
		await pass(20_000);
		expect(waits.map(({ ended }) => ended.atMs)).toEqual([300, 2300, 9000]);
	});

	it('counts failed polls for each wait', async () => {
		const { wait } = sharedPoller(60_000, () => Promise.reject(new Error('down')));
		const first = wait('a');
		await pass(3000);
		const second = wait('a');
		await pass(20_000);
		expect(first.ended).toEqual({ result: 'Error: down', atMs: 4375 });
		expect(second.ended.atMs).toBeGreaterThan(first.ended.atMs);
	});

	it('polls with the execution that accepts the longest rate limit', async () => {
		const { polls, wait } = sharedPoller(0);
		wait('impatient', { maxRateLimitWaitMs: 1000 });
		wait('patient', { maxRateLimitWaitMs: 60_000 });
		await pass(2000);
		expect(polls.map(({ by }) => by)).toEqual(['patient']);
	});

	it('has neither timer nor group if nothing waits', async () => {
		const { poller, wait } = sharedPoller(60_000);
		const { stop } = wait('a');
		await pass(1000);
		stop();
		await pass(0);
		expect(jest.getTimerCount()).toBe(0);
		expect(Reflect.get(poller, 'groups')).toEqual(new Map());
	});
});
