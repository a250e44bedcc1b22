import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { held } from '../emulator/held';

/** Turns of the event loop without work after which everything waits. A step of a request takes one or two. */
const IDLE_TURNS = 20;

// The real ones: they are loaded before a test replaces them.
const { setImmediate: nextTurn, setTimeout: realTimeout } = globalThis;

/**
 * The clock of a test, for the node, n8n's engine and the emulator alike. It stands still while any of them works, and jumps
 * to the next timer as soon as all of them wait. So a wait of minutes takes milliseconds, and a busy machine changes nothing.
 */
export class Clock {
	private readonly sent = new Set<ClientRequest>();
	private readonly received = new Set<ServerResponse>();
	private steps = 0;
	private isRunning = false;
	private ended: Promise<void> | undefined;

	/** @param now what it shows at first, in epoch milliseconds */
	start(now: number): void {
		jest.useFakeTimers({ now, doNotFake: ['hrtime', 'nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate'] });
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
		jest.useRealTimers();
	}

	private async run(): Promise<void> {
		let turns = 0;
		let steps = 0;
		while (this.isRunning) {
			if (this.isBusy() || this.steps !== steps || jest.getTimerCount() === 0) {
				turns = 0;
				steps = this.steps;
				await new Promise((resolve) => realTimeout(resolve, 1));
			} else if (turns < IDLE_TURNS) {
				turns++;
				await new Promise((resolve) => nextTurn(resolve));
			} else {
				turns = 0;
				jest.advanceTimersToNextTimer();
			}
		}
	}

	/** Whether anybody works: a request is on its way, the emulator carries one out, or a file is read. */
	private isBusy(): boolean {
		const isCarriedOut = [...this.received].some((response) => !held.has(response));
		return (
			isCarriedOut ||
			this.sent.size > this.received.size ||
			process.getActiveResourcesInfo().some((name) => /Req/.test(name))
		);
	}

	private readonly onSent = (message: unknown): void => {
		const { request } = message as { request: ClientRequest };
		this.track(this.sent, request);
	};

	private readonly onReceived = (message: unknown): void => {
		const { response } = message as { request: IncomingMessage; response: ServerResponse };
		this.track(this.received, response);
	};

	private track<T extends ClientRequest | ServerResponse>(all: Set<T>, one: T): void {
		this.steps++;
		all.add(one);
		one.once('close', () => {
			this.steps++;
			all.delete(one);
		});
	}
}
