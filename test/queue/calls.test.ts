import { addWorkflow, goal } from '../e2e/harness';
import { underWay, untilUnderWay } from './executions';
import { failSomehow } from './faults';
import { describeQueue, say } from './harness';
import { send, type Sent } from './sender';

const TEST_MS = 900_000;

const CALLS = 500;
const SENDERS = 10;
const CALLS_A_FAULT = 3;
/** Calls that are sent twice at once. */
const PAIRS = 20;
/** The number of calls after which a worker is killed, and after which another one is restarted. */
const KILL_AT = 150;
const RESTART_AT = 300;

/** n8n ends longer executions, so that none still runs when its call is repeated. In seconds. */
const RUN_AT_MOST = 30;
const PATIENCE = { answerMs: 45_000, pauseMs: 1000 };

jest.setTimeout(TEST_MS);

describeQueue('a webhook that makes clips, in queue mode', (harness) => {
	beforeAll(async () => {
		const { cluster, credential } = harness;
		const settings = { executionTimeout: RUN_AT_MOST };
		await addWorkflow(
			{ n8n: cluster.main, credential },
			{ nodes: { 'Create clip': { parameters: { options: { onExisting: 'reuse' } } } }, settings },
		);
	});

	const held = (title: string): number => harness.service.emulator.clips.filter((clip) => clip.title === title).length;

	test(`every one of ${CALLS} calls creates exactly one clip, while a worker dies and the API fails`, async () => {
		const { cluster, service } = harness;
		const { emulator } = service;
		const { client } = cluster.main;
		const sent: Sent[] = [];
		const titleOf = (call: number): string => `Goal ${call}`;
		let next = 0;
		let cutOff: string[] = [];

		const oneSender = async (): Promise<void> => {
			while (next < CALLS) {
				const call = next++;
				if (call % CALLS_A_FAULT === 0) failSomehow(emulator, call / CALLS_A_FAULT);
				const body = { ...goal(service.streamId), title: titleOf(call) };
				sent.push(await send(client, 'goal', body, PATIENCE));
			}
		};
		const killOne = async (): Promise<void> => {
			const [worker] = cluster.workers;
			if (!worker) throw new Error('no worker');
			await untilUnderWay(worker, (count) => count > 0);
			await cluster.removeWorker(worker, 'kill');
			cutOff = underWay(worker);
			say(`  ${sent.length} calls are done. A worker was killed in ${cutOff.length} runs; starting another …`);
			await cluster.addWorker();
		};
		const restartOne = async (): Promise<void> => {
			const [worker] = cluster.workers;
			if (!worker) throw new Error('no worker');
			say(`  ${sent.length} calls are done. Starting a worker anew …`);
			await cluster.removeWorker(worker, 'stop');
			await cluster.addWorker();
		};
		const trouble = async (): Promise<void> => {
			await until(() => sent.length >= KILL_AT);
			await killOne();
			await until(() => sent.length >= RESTART_AT);
			await restartOne();
		};
		await Promise.all([trouble(), ...Array.from({ length: SENDERS }, oneSender)]);
		for (const worker of cluster.workers) await untilUnderWay(worker, (count) => count === 0);

		const clips = Array.from({ length: CALLS }, (_, call) => held(titleOf(call)));
		const figures = {
			calls: sent.length,
			clips: emulator.clips.length,
			lost: clips.filter((count) => count === 0).length,
			double: clips.filter((count) => count > 1).length,
		};
		say(
			`  ${Object.entries(figures)
				.map(([name, count]) => `${name} ${count}`)
				.join(', ')}`,
		);
		say(`  repeated: ${JSON.stringify(counts(sent.flatMap(({ repeated }) => repeated)))}`);
		expect(figures).toEqual({ calls: CALLS, clips: CALLS, lost: 0, double: 0 });
		expect(cutOff).not.toEqual([]);
		expect(emulator.contractBreaks).toEqual([]);
	});

	test('a call that is repeated during the first one may create a second clip, but no third', async () => {
		const { cluster, service } = harness;
		service.emulator.faults.length = 0;
		const clips: number[] = [];
		for (let pair = 0; pair < PAIRS; pair++) {
			const body = { ...goal(service.streamId), title: `Pair ${pair}` };
			const twice = [body, body].map((one) => cluster.main.client.callWebhook('goal', one));
			expect((await Promise.all(twice)).map(({ status }) => status)).toEqual([200, 200]);
			clips.push(held(body.title));
		}
		say(
			`  of ${PAIRS} calls that were sent twice at once, ${clips.filter((count) => count > 1).length} made two clips`,
		);
		for (const count of clips) expect([1, 2]).toContain(count);
	});
});

async function until(happened: () => boolean): Promise<void> {
	while (!happened()) await new Promise((resolve) => setTimeout(resolve, 10));
}

function counts(words: string[]): Record<string, number> {
	const counted: Record<string, number> = {};
	for (const word of words) counted[word] = (counted[word] ?? 0) + 1;
	return counted;
}
