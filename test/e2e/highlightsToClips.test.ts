import type { Emulator } from '../emulator';
import { addWorkflow, type Harness, openHarness } from './harness';
import type { WebhookAnswer } from './n8nClient';
import { refuseStoredSecrets } from './noSecrets';
import { emulated, type Service } from './service';

/** The first time, n8n is downloaded and installed. */
const START_MS = 900_000;
/** One test: a few requests to n8n, the first of which may have to wait for the webhook to appear. */
const TEST_MS = 60_000;

jest.setTimeout(TEST_MS);

describe('workflows/highlights-to-clips.json in a real n8n', () => {
	let service: Service & { emulator: Emulator };
	let harness: Harness;
	let call: (highlights: string) => Promise<WebhookAnswer>;
	const opened: Array<() => Promise<void>> = [];

	/** Epoch milliseconds, whole seconds. */
	const kickOff = Math.floor(Date.now() / 1000) * 1000 - 30 * 60_000;
	const minute = (count: number): number => kickOff + count * 60_000;
	const iso = (ms: number): string => new Date(ms).toISOString();
	const clock = (ms: number): string => iso(ms).slice(11, 19);
	const list = [
		`${clock(minute(0))} Kick-off`,
		`${clock(minute(5))} - ${clock(minute(6))} Goal by Ada #goal`,
		`${iso(minute(10))} Corner`,
	].join('\n');
	const expected = [
		{ title: 'Kick-off', startTime: iso(minute(0) - 20_000), endTime: iso(minute(0) + 10_000) },
		{ title: 'Goal by Ada', startTime: iso(minute(5)), endTime: iso(minute(6)) },
		{ title: 'Corner', startTime: iso(minute(10) - 20_000), endTime: iso(minute(10) + 10_000) },
	];

	beforeAll(async () => {
		service = await emulated();
		opened.push(service.close);
		const log = (line: string): boolean => process.stderr.write(`${line}\n`);
		harness = await openHarness(service, log, { N8N_LOG_LEVEL: 'debug' });
		opened.push(harness.n8n.stop);
		await addWorkflow(harness, { example: 'highlights-to-clips', settings: { timezone: 'UTC' } });
		const { streamId } = service;
		// The day is said, as the test may run just after midnight.
		const date = iso(kickOff).slice(0, 10);
		call = (highlights) => harness.n8n.client.callWebhook('highlights', { streamId, date, highlights });
	}, START_MS);

	afterAll(async () => {
		for (const close of opened.reverse()) await close();
	}, TEST_MS);

	/** What the emulator holds, by time. */
	const held = () =>
		service.emulator.clips
			.map(({ title, startTime, endTime }) => ({
				title,
				startTime: iso(startTime * 1000),
				endTime: iso(endTime * 1000),
			}))
			.sort((a, b) => a.startTime.localeCompare(b.startTime));

	test('creates three clips from a list of three highlights', async () => {
		const answer = await call(list);

		expect(answer).toMatchObject({ status: 200, body: expected.map((clip) => ({ ...clip, created: true })) });
		expect(answer.body).toHaveLength(3);
		expect(held()).toEqual(expected);
		expect(service.emulator.clips.find(({ title }) => title === 'Goal by Ada')?.tags).toEqual(['goal']);
	});

	test('creates no duplicate clips from the same list', async () => {
		const answer = await call(list);

		expect(answer).toMatchObject({ status: 200, body: expected.map((clip) => ({ ...clip, created: false })) });
		expect(service.emulator.clips).toHaveLength(3);
	});

	test('responds with HTTP 422 to an invalid line, and creates no clip', async () => {
		const answer = await call(`${list}\nFinal whistle`);

		expect(answer).toEqual({
			status: 422,
			body: { error: 'Highlights: line 4: "Final whistle" does not start with a time' },
		});
		expect(service.emulator.clips).toHaveLength(3);
	});

	test("responds with HTTP 422 and the API's own words if Videograph rejects a highlight", async () => {
		const answer = await call(`${list}\n${iso(minute(-60))} Arrival`);

		expect(answer).toEqual({
			status: 422,
			body: { error: expect.stringMatching(/^Highlights: line 4: The range is outside the recording/) as string },
		});
		expect(service.emulator.contractBreaks).toEqual([]);
	});

	test('stores and logs no secret', async () => {
		await expect(refuseStoredSecrets(harness, service, 4)).resolves.toBeUndefined();
	});
});
