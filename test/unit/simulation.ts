import { Pacer } from '../../nodes/Videograph/api/pacer';
import type { Limit } from './limits';

interface Load {
	limit: Limit;
	/** The number of calls, each with one request. */
	calls: number;
	/** The calls that arrive per second. */
	arriving: number;
	/** The processes that share the limit and know nothing of each other. */
	processes?: number;
	retryAfterMs: number | undefined;
	/** From the sender to the limit and back, in milliseconds. */
	latencyMs: number;
	random: () => number;
}

export interface Simulated {
	/** The requests of each call. */
	requests: number[];
	/** When the last call got its response. */
	seconds: number;
	/** The longest wait of a call. */
	maxWaitSeconds: number;
}

interface Call {
	order: number;
	arrivedMs: number;
	requests: number;
}

/** Plays executions that send requests through pacers, first come first served, without any real time. */
export function simulate({ limit, calls, arriving, processes = 1, retryAfterMs, latencyMs, random }: Load): Simulated {
	const events: Array<{ ms: number; happen: (nowMs: number) => void }> = [];
	const at = (ms: number, happen: (nowMs: number) => void) => void events.push({ ms, happen });
	const all: Call[] = [];
	let endMs = 0;
	let maxWaitMs = 0;
	const lanes = Array.from({ length: processes }, () => ({ pacer: new Pacer(random), queue: [] as Call[] }));
	const proceed = ({ pacer, queue }: (typeof lanes)[number], nowMs: number): void => {
		for (let call = queue[0]; call; call = queue[0]) {
			const dueMs = pacer.nextDueMs(nowMs);
			if (dueMs > nowMs) {
				// A timer is never early.
				at(Math.ceil(dueMs), (ms) => proceed({ pacer, queue }, ms));
				return;
			}
			queue.shift();
			const sender = call;
			sender.requests++;
			pacer.send(nowMs);
			const halfMs = () => (latencyMs * (0.5 + random())) / 2;
			at(nowMs + halfMs(), (receivedMs) => {
				const isAdmitted = limit(receivedMs);
				at(receivedMs + halfMs(), (ms) => {
					if (isAdmitted) {
						pacer.accept(nowMs);
						endMs = ms;
						maxWaitMs = Math.max(maxWaitMs, ms - sender.arrivedMs);
					} else {
						pacer.refuse(nowMs, ms, retryAfterMs);
						queue.push(sender);
						queue.sort((a, b) => a.order - b.order);
					}
					proceed({ pacer, queue }, ms);
				});
			});
		}
	};
	for (let order = 0; order < calls; order++) {
		const lane = lanes[order % processes];
		const arrivedMs = (order * 1000) / arriving;
		const call = { order, arrivedMs, requests: 0 };
		all.push(call);
		at(arrivedMs, (nowMs) => {
			if (!lane) return;
			lane.queue.push(call);
			proceed(lane, nowMs);
		});
	}
	while (events.length > 0) {
		const next = events.reduce((first, event) => (event.ms < first.ms ? event : first));
		events.splice(events.indexOf(next), 1);
		if (next.ms > 600_000) throw new Error('a call waits for ten minutes');
		next.happen(next.ms);
	}
	return { requests: all.map(({ requests }) => requests), seconds: endMs / 1000, maxWaitSeconds: maxWaitMs / 1000 };
}
