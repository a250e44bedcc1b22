import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Emulator } from '../emulator';
import { mediaDefaults } from '../emulator/media/options';
import { readClock } from '../emulator/media/readClock';
import { addDownload } from './downloadWorkflow';
import { type Harness, openHarness } from './harness';
import { memoryOf, watchMemory } from './memory';
import { refuseStoredSecrets } from './noSecrets';
import { emulated, type Service } from './service';

/** The first time, n8n is downloaded and installed. */
const START_MS = 900_000;
const TEST_MS = 300_000;

const MIB = 1024 * 1024;
/** Bytes: of the large file at least, and of what n8n's memory may grow by meanwhile. */
const LARGE = 1024 * MIB;
const MOST = 256 * MIB;
const BIT_RATE = 8_000_000;
const START = Date.UTC(2026, 0, 10, 15);

jest.setTimeout(TEST_MS);

describe('recording of 1 GiB in a real n8n that stores files on disk', () => {
	let service: Service & { emulator: Emulator };
	let harness: Harness;
	const opened: Array<() => unknown> = [];

	beforeAll(async () => {
		service = await emulated();
		opened.push(service.close);
		service.emulator.options.media = { ...mediaDefaults, bitRate: BIT_RATE };
		const log = (line: string): boolean => process.stderr.write(`${line}\n`);
		harness = await openHarness(service, log, {
			N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
			N8N_LOG_LEVEL: 'debug',
		});
		opened.push(harness.n8n.stop);
		await addDownload(harness, { path: 'download', respondsWith: 'item' });
	}, START_MS);

	afterAll(async () => {
		for (const close of opened.reverse()) await close();
	}, TEST_MS);

	test('is downloaded from its first to its last second, and never held in memory as a whole', async () => {
		const download = async (seconds: number): Promise<{ fileSize: number }> => {
			const { contentId } = service.emulator.addVideo({ clockStartMs: START, durationMs: seconds * 1000 });
			const { status, body } = await harness.n8n.client.callWebhook('download', { contentId });
			expect([status, body]).toEqual([200, expect.objectContaining({ contentId, mimeType: 'video/mp4' })]);
			return body as { fileSize: number };
		};
		// So that all code is loaded before memory is measured.
		await download(1);
		await sleep(2000);

		const { pid } = harness.n8n;
		const idle = await memoryOf(pid);
		const endWatch = watchMemory(pid);
		const started = Date.now();
		const seconds = Math.ceil((LARGE * 8) / BIT_RATE);
		const { fileSize } = await download(seconds);
		const peak = endWatch();

		const inMib = (bytes: number): number => Math.round(bytes / MIB);
		process.stderr.write(
			`  ${inMib(fileSize)} MiB downloaded in ${((Date.now() - started) / 1000).toFixed(1)} s; ` +
				`n8n: ${inMib(idle)} MiB idle, ${inMib(peak)} MiB at most\n`,
		);
		expect(fileSize).toBeGreaterThan(LARGE);
		expect(peak - idle).toBeLessThan(MOST);
		const shown = await readClock(await storedFile(fileSize));
		expect(shown).toHaveLength(seconds * 25);
		expect([shown[0], shown.at(-1)]).toMatchObject([
			{ second: START / 1000, picture: 0 },
			{ second: START / 1000 + seconds - 1, picture: 24 },
		]);
		expect(service.emulator.leaks).toEqual([]);
		expect(service.emulator.contractBreaks).toEqual([]);
	});

	test('stores and logs no secret', async () => {
		await expect(refuseStoredSecrets(harness, service, 2)).resolves.toBeUndefined();
	});

	/** The file of a size that n8n has stored. */
	async function storedFile(size: number): Promise<string> {
		const folder = join(harness.packageFolder, '../../..');
		for (const name of await readdir(folder, { recursive: true })) {
			const file = join(folder, name);
			if ((await stat(file)).size === size) return file;
		}
		throw new Error(`n8n has stored no file of ${size} bytes`);
	}
});
