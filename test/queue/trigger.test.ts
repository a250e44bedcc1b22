import { setTimeout as sleep } from 'node:timers/promises';
import type { Execution, Workflow } from '../e2e/n8nClient';
import { lastLines } from '../e2e/processes';
import type { LoggedRequest } from '../emulator';
import { describeQueue } from './harness';

/** n8n polls at most once a minute; the test waits for five polls. */
const TEST_MS = 600_000;

const POLL_WITHIN_MS = 150_000;

const TRIGGER = 'Stream ended';

jest.setTimeout(TEST_MS);

describeQueue('the Videograph Trigger in queue mode', (harness) => {
	test('starts one execution for the end of a live stream, even if main restarted while it was live', async () => {
		const { cluster, service } = harness;
		const { emulator } = service;
		/** Waits for an effect of a poll. */
		const untilPoll = async (what: string, happened: () => Promise<boolean> | boolean): Promise<void> => {
			const deadline = Date.now() + POLL_WITHIN_MS;
			while (!(await happened())) {
				if (Date.now() > deadline)
					throw new Error(`${what} did not come. n8n's log:\n${lastLines(cluster.main.log(), 20)}`);
				await sleep(200);
			}
		};
		/** Waits for the next poll. */
		const polled = async (): Promise<void> => {
			const from = Date.now();
			const isPoll = ({ method, path, at }: LoggedRequest): boolean =>
				method === 'GET' && path === '/livestreams' && at > from;
			await untilPoll('A poll', () => emulator.requests.some(isPoll));
		};
		const stream = emulator.addStream({ title: 'Match' });
		const { client } = cluster.main;
		const workflow = await client.importWorkflow(file());
		await client.activate(workflow);
		await polled();

		stream.startedAt = Date.now();
		// Until then, no state persists that the stream was live.
		const runs = async (): Promise<number> => (await client.executions(workflow)).length;
		await untilPoll('The execution that persists the state', async () => (await runs()) > 0);
		await cluster.restartMain();
		await polled();
		stream.endedAt = Date.now();
		await untilPoll('The end of the stream', async () => (await events(workflow)).length > 0);
		await polled();
		await polled();

		expect(await events(workflow)).toEqual([
			expect.objectContaining({ event: 'livestreamEnded', streamId: stream.streamUUID, title: 'Match' }),
		]);
		expect(emulator.contractBreaks).toEqual([]);
	});

	/** The output of the trigger in all executions so far. */
	async function events(workflow: Workflow): Promise<Array<Record<string, unknown>>> {
		const itemsOf = ({ data }: Execution) => data.resultData.runData[TRIGGER]?.[0]?.data?.main[0] ?? [];
		return (await harness.cluster.main.client.executions(workflow)).flatMap(itemsOf).map(({ json }) => json);
	}

	function file() {
		const { credential } = harness;
		const next = { main: [[{ node: 'Done', type: 'main', index: 0 }]] };
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
			connections: { [TRIGGER]: next },
			settings: {},
		};
	}
});
