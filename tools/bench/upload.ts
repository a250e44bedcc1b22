import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeLargeFile } from '../../test/engine/largeFile';
import { CandidateProcess, type UploadJob } from './candidate';
import { median, ratio } from './figures';
import type { Report } from './report';
import { type Bench, inRounds } from './scale';

const MIB = 1024 * 1024;
const SENDERS = ['this node', 'axios'] as const satisfies ReadonlyArray<UploadJob['by']>;

/** How fast a large file goes out, and what memory that takes. */
export async function upload(bench: Bench): Promise<Report> {
	const { api, home, scale } = bench;
	const folder = mkdtempSync(join(tmpdir(), 'videograph-upload-'));
	const size = scale.uploadMib * MIB;
	const files = { small: join(folder, 'small.mp4'), large: join(folder, 'large.mp4') };
	try {
		await writeLargeFile(files.small, MIB);
		await writeLargeFile(files.large, size);
		const measured = await inRounds(bench, 'Upload', SENDERS, async (by) => {
			const login = await api.restart();
			const process = new CandidateProcess(home);
			// So that all code is loaded before anything is measured.
			await process.upload({ by, path: files.small, name: 'small.mp4', api: login });
			const { seconds, grownBytes } = await process.upload({ by, path: files.large, name: 'large.mp4', api: login });
			const { uploaded } = await api.figures();
			await process.end();
			if (uploaded.at(-1) !== size) throw new Error(`${by} has uploaded ${uploaded.at(-1)} of ${size} bytes`);
			return { speed: scale.uploadMib / seconds, grown: grownBytes / MIB };
		});
		const of = (by: (typeof SENDERS)[number], key: 'speed' | 'grown'): number[] => measured[by].map((one) => one[key]);
		const title = `Upload of ${scale.uploadMib.toLocaleString('en')} MiB`;
		return {
			tables: [
				{
					title: 'Uploading a large file',
					about: `A file of ${scale.uploadMib.toLocaleString('en')} MiB that n8n stores on disk, to a storage that computes its checksum; compared with axios and a stream from the same disk.`,
					columns: ['MiB/s', 'of this node', 'memory growth, MiB'],
					rows: SENDERS.map((by) => [
						by,
						median(of(by, 'speed')),
						ratio(of(by, 'speed'), of('this node', 'speed')),
						median(of(by, 'grown')),
					]),
				},
			],
			targets: [
				{
					what: `${title}: speed compared with axios`,
					value: ratio(of('this node', 'speed'), of('axios', 'speed')),
					limit: { least: 0.8 },
				},
				{
					what: `${title}: memory growth`,
					value: median(of('this node', 'grown')),
					unit: ' MiB',
					limit: { most: 128 },
				},
			],
			charts: [{ title, unit: 'MiB/s', bars: SENDERS.map((name) => ({ name, value: median(of(name, 'speed')) })) }],
		};
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
