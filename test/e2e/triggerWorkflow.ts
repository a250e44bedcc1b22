import { setTimeout as sleep } from 'node:timers/promises';
import type { Credential } from './n8nClient';
import { lastLines } from './processes';
import type { Server } from './server';

/** n8n polls at most once a minute. */
const POLL_WITHIN_MS = 150_000;

/** The name of the trigger in `streamEndedWorkflow`. */
export const TRIGGER = 'Stream ended';

/** Waits for an effect of a poll. */
export async function untilPoll(
	main: Pick<Server, 'log'>,
	what: string,
	happened: () => Promise<boolean> | boolean,
): Promise<void> {
	const deadline = Date.now() + POLL_WITHIN_MS;
	while (!(await happened())) {
		if (Date.now() > deadline) throw new Error(`${what} did not come. n8n's log:\n${lastLines(main.log(), 20)}`);
		await sleep(200);
	}
}

/** A workflow that starts when a live stream has ended. */
export function streamEndedWorkflow(credential: Credential) {
	return {
		name: 'A live stream has ended',
		nodes: [
			{
				id: TRIGGER,
				name: TRIGGER,
				type: 'n8n-nodes-videograph.videographTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] } },
				credentials: { [credential.type]: credential },
			},
			{ id: 'Done', name: 'Done', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [200, 0], parameters: {} },
		],
		connections: { [TRIGGER]: { main: [[{ node: 'Done', type: 'main', index: 0 }]] } },
		settings: {},
	};
}
