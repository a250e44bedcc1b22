import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nClient } from '../e2e/n8nClient';

/** How a call has ended: the answer of the last try, and why each one before it was repeated. */
export interface Sent {
	body: unknown;
	repeated: string[];
}

export interface Patience {
	/** How long the sender waits for an answer, in milliseconds. */
	answerMs: number;
	/** How long it waits before it calls again, in milliseconds. */
	pauseMs: number;
}

/** Calls a webhook as senders of webhooks do: the same again, until there is an answer that says it went well. */
export async function send(client: N8nClient, path: string, body: unknown, patience: Patience): Promise<Sent> {
	const repeated: string[] = [];
	for (;;) {
		const outcome = await client.callWebhook(path, body, AbortSignal.timeout(patience.answerMs)).catch(reason);
		if (typeof outcome !== 'string' && outcome.status >= 200 && outcome.status < 300) {
			return { body: outcome.body, repeated };
		}
		repeated.push(typeof outcome === 'string' ? outcome : `HTTP ${outcome.status}`);
		await sleep(patience.pauseMs);
	}
}

function reason(error: unknown): string {
	return (error as Error).name === 'TimeoutError' ? 'no answer in time' : 'connection lost';
}
