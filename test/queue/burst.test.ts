import { addWorkflow, goal } from '../e2e/harness';
import { underWay, untilUnderWay } from './executions';
import { describeQueue, say } from './harness';
import { send } from './sender';

const TEST_MS = 600_000;
const CALLS = 150;
const RATE_LIMIT = { perSecond: 10, retryAfter: 1 };
/** n8n ends longer executions, so that none still runs when its call is repeated. In seconds. */
const RUN_AT_MOST = 60;
const PATIENCE = { answerMs: 75_000, pauseMs: 1000 };

jest.setTimeout(TEST_MS);

describeQueue('150 webhook calls at once and 10 requests per second, with three workers', (harness) => {
	beforeAll(async () => {
		const { cluster, credential, service } = harness;
		await cluster.addWorker();
		service.emulator.options.createAnswer = 'clipUUID';
		const nodes = { 'Create clip': { parameters: { options: { onExisting: 'reuse' } } } };
		await addWorkflow({ n8n: cluster.main, credential }, { nodes, settings: { executionTimeout: RUN_AT_MOST } });
		await cluster.main.client.callWebhook('goal', { ...goal(service.streamId), title: 'Warm-up' });
	});

	/** Sends all calls at once, each until it is answered. */
	async function burst(name: string, meanwhile: () => Promise<void> = () => Promise.resolve()) {
		const { emulator, streamId } = harness.service;
		emulator.options.rateLimit = RATE_LIMIT;
		const started = Date.now();
		const isOfBurst = ({ at }: { at: number }): boolean => at >= started;
		const titles = Array.from({ length: CALLS }, (_, call) => `${name} ${call}`);
		const calls = titles.map((title) =>
			send(harness.cluster.main.client, 'goal', { ...goal(streamId), title }, PATIENCE),
		);
		const [sent] = await Promise.all([Promise.all(calls), meanwhile()]);
		const requests = emulator.requests.filter(isOfBurst);
		const refused = requests.filter(({ status }) => status === 429).length;
		const counts = titles.map((title) => emulator.clips.filter((clip) => clip.title === title).length);
		const repeated = sent.flatMap((one) => one.repeated).length;
		const seconds = ((Date.now() - started) / 1000).toFixed(1);
		say(`  ${name}: ${requests.length} requests, ${refused} refused, ${repeated} calls repeated, ${seconds} s`);
		expect({
			lost: counts.filter((count) => count === 0).length,
			double: counts.filter((count) => count > 1).length,
		}).toEqual({ lost: 0, double: 0 });
		expect(requests.length).toBeLessThanOrEqual(4 * CALLS);
		expect(emulator.contractBreaks).toEqual([]);
		return repeated;
	}

	test('create one clip each, without a repeated call', async () => {
		expect(await burst('Goal')).toBe(0);
	});

	test('create one clip each if one worker is killed', async () => {
		let cutOff: string[] = [];
		await burst('Save', async () => {
			const [worker] = harness.cluster.workers;
			if (!worker) throw new Error('no worker');
			await untilUnderWay(worker, (count) => count > 0);
			await harness.cluster.removeWorker(worker, 'kill');
			cutOff = underWay(worker);
		});
		say(`  A worker was killed in ${cutOff.length} executions`);
		expect(cutOff).not.toEqual([]);
	});
});
