import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Emulator } from '../emulator';
import { writeLargeFile } from '../engine/largeFile';
import { type Harness, openHarness, VIDEOGRAPH_NODE } from './harness';
import { memoryOf, watchMemory } from './memory';
import { refuseStoredSecrets } from './noSecrets';
import { emulated, type Service } from './service';

/** The first time, n8n is downloaded and installed. */
const START_MS = 900_000;
const TEST_MS = 120_000;

const MIB = 1024 * 1024;
/** Bytes: of the large file, and of what n8n's memory may grow by meanwhile. */
const LARGE = 1024 * MIB;
const MOST = 128 * MIB;

jest.setTimeout(TEST_MS);

describe('file of 1 GiB in a real n8n that stores files on disk', () => {
	let service: Service & { emulator: Emulator };
	let harness: Harness;
	const folder = mkdtempSync(join(tmpdir(), 'videograph-upload-'));
	const opened: Array<() => unknown> = [() => rmSync(folder, { recursive: true, force: true })];

	beforeAll(async () => {
		service = await emulated();
		opened.push(service.close);
		const log = (line: string): boolean => process.stderr.write(`${line}\n`);
		harness = await openHarness(service, log, {
			N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
			N8N_RESTRICT_FILE_ACCESS_TO: folder,
			N8N_LOG_LEVEL: 'debug',
		});
		opened.push(harness.n8n.stop);
		await harness.n8n.client.activate(await harness.n8n.client.importWorkflow(workflow(harness)));
	}, START_MS);

	afterAll(async () => {
		for (const close of opened.reverse()) await close();
	}, TEST_MS);

	test('is uploaded unchanged, and never held in memory as a whole', async () => {
		const upload = async (name: string, size: number): Promise<string> => {
			const path = join(folder, name);
			const hash = await writeLargeFile(path, size);
			const answer = await harness.n8n.client.callWebhook('upload', { path });
			expect(answer).toMatchObject({ status: 200, body: { fileName: name, size, uploaded: true } });
			return hash;
		};
		// So that all code is loaded before memory is measured.
		await upload('small.mp4', MIB);
		await sleep(2000);

		const { pid } = harness.n8n;
		const idle = await memoryOf(pid);
		const endWatch = watchMemory(pid);
		const started = Date.now();
		const hash = await upload('large.mp4', LARGE);
		const peak = endWatch();

		const inMib = (bytes: number): number => Math.round(bytes / MIB);
		process.stderr.write(
			`  1 GiB read and uploaded in ${((Date.now() - started) / 1000).toFixed(1)} s; ` +
				`n8n: ${inMib(idle)} MiB idle, ${inMib(peak)} MiB at most\n`,
		);
		expect(service.emulator.uploads.at(-1)).toMatchObject({ size: LARGE, contentLength: LARGE, sha256: hash });
		expect(service.emulator.leaks).toEqual([]);
		expect(service.emulator.contractBreaks).toEqual([]);
		expect(peak - idle).toBeLessThan(MOST);
	});

	test('stores and logs no secret', async () => {
		await expect(refuseStoredSecrets(harness, service, 2)).resolves.toBeUndefined();
	});
});

/** A webhook that receives the path of a file and uploads it. */
function workflow({ credential }: Harness) {
	const node = (name: string, type: string, typeVersion: number, parameters: Record<string, unknown>) => ({
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters,
	});
	const next = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	return {
		name: 'Upload',
		nodes: [
			{
				...node('Webhook', 'n8n-nodes-base.webhook', 2, {
					httpMethod: 'POST',
					path: 'upload',
					responseMode: 'lastNode',
					options: {},
				}),
				webhookId: '6f0b4c39-5f0e-4d43-8f0b-0a2a4f2f7b01',
			},
			node('Read', 'n8n-nodes-base.readWriteFile', 1, { fileSelector: '={{ $json.body.path }}', options: {} }),
			{
				...node('Upload', VIDEOGRAPH_NODE, 1, { resource: 'upload', operation: 'uploadFile' }),
				credentials: { [credential.type]: credential },
			},
		],
		connections: { Webhook: next('Read'), Read: next('Upload') },
		settings: {},
	};
}
