import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest, type ServerResponse } from 'node:http';
import { held } from '../emulator/held';

/** Turns of the event loop without progress after which everything waits. One step of a request takes one or two. */
const IDLE_TURNS = 20;

// The real ones: they are read before a test replaces them.
const { setImmediate: nextTurn, setTimeout: realTimeout } = globalThis;
// eslint-disable-next-line @typescript-eslint/unbound-method -- it is put back where it was
const { setTimeout: setRealRequestTimeout } = ClientRequest.prototype;

/**
 * The clock of a test: one for the node, n8n's engine and the emulator. It stands still while one of them works, and jumps to
 * the next timer when all of them wait. A wait of minutes takes milliseconds, and a busy machine changes no result.
 */
export class Clock {
	/** Requests without a complete response, as their sender sees them. */
	private readonly sent = new Set<ClientRequest>();
	/** The same, as their receiver sees them. */
	private readonly received = new Set<ServerResponse>();
	/** Grows with each request that begins or ends. */
	private steps = 0;
	private isRunning = false;
	private ended: Promise<void> | undefined;

	/** @param now the time at first, in epoch milliseconds */
	start(now: number): void {
		jest.useFakeTimers({ now, doNotFake: ['hrtime', 'nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate'] });
		ClientRequest.prototype.setTimeout = setRequestTimeout;
		subscribe('http.client.request.start', this.onSent);
		subscribe('http.server.request.start', this.onReceived);
		this.isRunning = true;
		this.ended = this.run();
	}

	async stop(): Promise<void> {
		this.isRunning = false;
		await this.ended;
		unsubscribe('http.client.request.start', this.onSent);
		unsubscribe('http.server.request.start', this.onReceived);
		ClientRequest.prototype.setTimeout = setRealRequestTimeout;
		jest.useRealTimers();
	}

	private async run(): Promise<void> {
		let idleTurns = 0;
		let steps = 0;
		while (this.isRunning) {
			if (this.isBusy() || this.steps !== steps || jest.getTimerCount() === 0) {
				idleTurns = 0;
				steps = this.steps;
				await new Promise((resolve) => realTimeout(resolve, 1));
			} else if (idleTurns < IDLE_TURNS) {
				idleTurns++;
				await new Promise((resolve) => nextTurn(resolve));
			} else {
				idleTurns = 0;
				jest.advanceTimersToNextTimer();
			}
		}
	}

	/** Whether a request is in transit, a server handles one, or an operation of the file system or of DNS is pending. */
	private isBusy(): boolean {
		const isHandled = [...this.received].some((response) => !held.has(response));
		const isInTransit = this.sent.size > this.received.size;
		return isHandled || isInTransit || process.getActiveResourcesInfo().some((name) => name.includes('Req'));
	}

	private readonly onSent = (message: unknown): void => {
		this.track(this.sent, (message as { request: ClientRequest }).request);
	};

	private readonly onReceived = (message: unknown): void => {
		this.track(this.received, (message as { response: ServerResponse }).response);
	};

	private track<T extends ClientRequest | ServerResponse>(pending: Set<T>, exchange: T): void {
		this.steps++;
		pending.add(exchange);
		exchange.once('close', () => {
			this.steps++;
			pending.delete(exchange);
		});
	}
}

/** Node.js measures the timeout of a request in real time; this one is the test's. No spy: it would retain all requests. */
function setRequestTimeout(this: ClientRequest, milliseconds: number, onTimeout?: () => void): ClientRequest {
	if (onTimeout) this.once('timeout', onTimeout);
	if (milliseconds > 0) {
		const timer = setTimeout(() => this.emit('timeout'), milliseconds);
		this.once('close', () => clearTimeout(timer));
	}
	return this;
}
