import { setTimeout as sleep } from 'node:timers/promises';
import { refuseSecrets } from '../secrets';
import type { Harness } from './harness';
import type { Service } from './service';

/**
 * Searches everything that n8n has logged and stored for the secret of the credentials.
 *
 * @param runs the minimum number of executions to wait for: n8n responds to a caller before it stores the execution
 * @throws {Error} where the secret key, or the Authorization header that is made of it, is found
 */
export async function refuseStoredSecrets({ n8n }: Harness, { credential }: Service, runs: number): Promise<void> {
	let stored = await n8n.client.allExecutions();
	while (stored.length < runs) {
		await sleep(200);
		stored = await n8n.client.allExecutions();
	}
	refuseSecrets(credential, JSON.stringify(stored), 'What n8n stores of the runs');
	refuseSecrets(credential, n8n.log(), "n8n's log");
}
