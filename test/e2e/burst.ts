import { performance } from 'node:perf_hooks';
import type { N8nClient, WebhookAnswer } from './n8nClient';

/** The responses to calls of a webhook that arrive at the same time. */
export interface Burst {
	answers: WebhookAnswer[];
	/** Until each caller had its response. */
	seconds: number[];
}

/** Calls a webhook once per body, all at once, as many senders do in a busy moment. */
export async function callAtOnce(client: N8nClient, path: string, bodies: object[]): Promise<Burst> {
	const started = performance.now();
	const seconds: number[] = [];
	const answers = await Promise.all(
		bodies.map(async (body) => {
			const answer = await client.callWebhook(path, body);
			seconds.push((performance.now() - started) / 1000);
			return answer;
		}),
	);
	return { answers, seconds };
}
