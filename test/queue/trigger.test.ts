import type { Execution, Workflow } from '../e2e/n8nClient';
import { streamEndedWorkflow, TRIGGER, untilPoll } from '../e2e/triggerWorkflow';
import type { LoggedRequest } from '../emulator';
import { describeQueue } from './harness';

/** n8n polls at most once a minute; the test waits for five polls. */
const TEST_MS = 600_000;

jest.setTimeout(TEST_MS);

describeQueue('the Videograph Trigger in queue mode', (harness) => {
	test('starts one execution for the end of a live stream, even if main restarted while it was live', async () => {
		const { cluster, service } = harness;
		const { emulator } = service;
		const until = async (what: string, happened: () => Promise<boolean> | boolean): Promise<void> =>
			await untilPoll(cluster.main, what, happened);
		/** Waits for the next poll. */
		const polled = async (): Promise<void> => {
			const from = Date.now();
			const isPoll = ({ method, path, at }: LoggedRequest): boolean =>
				method === 'GET' && path === '/livestreams' && at > from;
			await until('A poll', () => emulator.requests.some(isPoll));
		};
		const stream = emulator.addStream({ title: 'Match' });
		const { client } = cluster.main;
		const workflow = await client.importWorkflow(streamEndedWorkflow(harness.credential));
		await client.activate(workflow);
		await polled();

		stream.startedAt = Date.now();
		// Until then, no state persists that the stream was live.
		const runs = async (): Promise<number> => (await client.executions(workflow)).length;
		await until('The execution that persists the state', async () => (await runs()) > 0);
		await cluster.restartMain();
		await polled();
		stream.endedAt = Date.now();
		await until('The end of the stream', async () => (await events(workflow)).length > 0);
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
});
