import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nClient } from '../e2e/n8nClient';

/** The result of a call: the response of the last attempt, and the reason for each retry. */
export interface Sent {
	body: unknown;
	repeated: string[];
}

export interface Patience {
	/** The timeout of the sender, in milliseconds. */
	answerMs: number;
	/** How long it waits before it calls again, in milliseconds. */
	pauseMs: number;
}

/** Calls a webhook like a webhook sender: retries until a response reports success. */
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
