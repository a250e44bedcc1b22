import { readFile } from 'node:fs/promises';
import { addDownload } from '../../test/e2e/downloadWorkflow';
import { installPackage } from '../../test/e2e/installPackage';
import { memoryOf, watchMemory } from '../../test/e2e/memory';
import { type N8n, startN8n } from '../../test/e2e/n8n';
import type { Runtime } from '../../test/e2e/runtime';
import { mediaDefaults, type MediaOptions } from '../../test/emulator/media/options';
import { median } from './figures';
import type { Report } from './report';
import { type Bench, inRounds } from './scale';

const MIB = 1024 * 1024;
const MEGABYTE = 1_000_000;
/** Of large recordings, in bits per second. */
const BIT_RATE = 8_000_000;
const CLIP = { bytes: 20 * MEGABYTE, seconds: 30 };
/** 200 Mbit/s, in bytes per second. */
const SLOW = 200_000_000 / 8;
/** Of the segments that are merely fetched: as many at the same time as the node fetches ahead. */
const FETCHES = 6;
/** A clock tick of Linux, in milliseconds. */
const TICK_MS = 10;

interface Downloaded {
	seconds: number;
	/** Of the file. */
	bytes: number;
	/** Resident memory above that of the idle n8n, at its peak. */
	grownBytes: number;
	/** Processor time of n8n. */
	cpuMs: number;
}

/** What the download of recordings takes in a real n8n that stores files on disk. */
export async function download(bench: Bench, runtime: Runtime): Promise<Report> {
	const { scale } = bench;
	const large = scale.downloadMib * MIB;
	const { clip: clips } = await inRounds(bench, 'Download', ['clip'], async () => {
		return await downloadOnce(bench, runtime, CLIP.bytes, CLIP.seconds);
	});
	bench.log(`Download: ${scale.downloadMib} MiB, and four times as much`);
	const one = await downloadOnce(bench, runtime, large);
	const four = await downloadOnce(bench, runtime, 4 * large);
	bench.log(`Download: ${scale.downloadMib} MiB at 200 Mbit/s`);
	const slow = await downloadOnce(bench, runtime, large, undefined, SLOW);
	const fetched = await fetchOnce(bench, large);

	const sizeOf = (bytes: number) => `${Math.round(bytes / MIB).toLocaleString('en')} MiB`;
	const clipSeconds = median(clips.map(({ seconds }) => seconds));
	const cpu = ({ cpuMs, bytes }: Downloaded) => cpuMs / (bytes / MEGABYTE);
	const row = (name: string, measured: Downloaded): [string, ...Array<number | string>] => {
		const { seconds, bytes, grownBytes } = measured;
		return [name, seconds, bytes / MEGABYTE / seconds, grownBytes / MIB, cpu(measured)];
	};
	const title = `Download of ${sizeOf(large)}`;
	return {
		tables: [
			{
				title: 'Downloading as MP4',
				about:
					`From a webhook call to the response, in n8n ${runtime.version} with files on disk, after a small download to load all code. ` +
					`HLS of ${BIT_RATE / MEGABYTE} Mbit/s in MPEG-TS, which another process creates meanwhile. Large files are downloaded once each, in a new n8n.`,
				columns: ['seconds', 'MB/s', 'memory growth, MiB', 'CPU ms/MB'],
				rows: [
					[
						`Clip of ${CLIP.seconds} s, ${CLIP.bytes / MEGABYTE} MB`,
						clipSeconds,
						CLIP.bytes / MEGABYTE / clipSeconds,
						median(clips.map(({ grownBytes }) => grownBytes / MIB)),
						median(clips.map(cpu)),
					],
					row(sizeOf(large), one),
					row(sizeOf(4 * large), four),
					row(`${sizeOf(large)} at 200 Mbit/s`, slow),
					['Its segments, merely fetched', fetched.seconds, fetched.bytes / MEGABYTE / fetched.seconds, '', ''],
				],
			},
		],
		targets: [
			{ what: `Download of a 20 MB clip`, value: clipSeconds, unit: ' s', limit: { most: 1 } },
			{ what: `${title}: memory growth`, value: one.grownBytes / MIB, unit: ' MiB', limit: { most: 256 } },
			{
				what: `Download of ${sizeOf(4 * large)}: memory growth compared with that`,
				value: four.grownBytes / one.grownBytes,
				limit: { most: 1.1 },
			},
			{ what: `${title}: processor time`, value: cpu(one), unit: ' ms/MB', limit: { most: 25 } },
			{
				what: `${title} at 200 Mbit/s: time compared with fetching its segments`,
				value: slow.seconds / fetched.seconds,
				limit: { most: 1.1 },
			},
		],
		charts: [],
	};
}

/** Starts the emulator with a video of a size. @returns its content ID and the credentials */
async function addVideo({ api }: Bench, bytes: number, seconds: number, media: Partial<MediaOptions> = {}) {
	const bitRate = (bytes * 8) / seconds;
	const { baseUrl, accessTokenId, secretKey } = await api.restart({ media: { ...mediaDefaults, bitRate, ...media } });
	const contentId = await api.addVideo({ durationMs: seconds * 1000, clockStartMs: Date.UTC(2026, 0, 10) });
	return { contentId, credential: { baseUrl, accessTokenId, secretKey } };
}

const lengthOf = (bytes: number): number => Math.ceil((bytes * 8) / BIT_RATE);

async function downloadOnce(
	bench: Bench,
	runtime: Runtime,
	bytes: number,
	seconds = lengthOf(bytes),
	bytesPerSecond?: number,
): Promise<Downloaded> {
	const { contentId, credential: data } = await addVideo(bench, bytes, seconds, { bytesPerSecond });
	const warmUp = await bench.api.addVideo({ durationMs: 6000, clockStartMs: 0 });
	const env = { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' };
	const n8n = await startN8n({ runtime, prepare: installPackage, env });
	try {
		await n8n.client.setUpOwner();
		const credential = await n8n.client.createCredential('Videograph', 'videographApi', data);
		await addDownload({ n8n, credential }, { path: 'download', respondsWith: 'item' });
		await call(n8n, warmUp);
		await quiet(n8n.pid);
		const idle = await memoryOf(n8n.pid);
		const cpu = await processorTimeOf(n8n.pid);
		const endWatch = watchMemory(n8n.pid);
		const started = performance.now();
		const { fileSize } = await call(n8n, contentId);
		const ms = performance.now() - started;
		const grownBytes = endWatch() - idle;
		const cpuMs = (await processorTimeOf(n8n.pid)) - cpu;
		return { seconds: ms / 1000, bytes: fileSize, grownBytes, cpuMs };
	} finally {
		await n8n.stop();
	}
}

async function call({ client }: N8n, contentId: string): Promise<{ fileSize: number }> {
	const { status, body } = await client.callWebhook('download', { contentId });
	if (status !== 200) throw new Error(`The webhook answered ${status} ${JSON.stringify(body)}`);
	return body as { fileSize: number };
}

/** Fetches all segments of a video at 200 Mbit/s, and nothing else. */
async function fetchOnce(bench: Bench, bytes: number): Promise<{ seconds: number; bytes: number }> {
	const { contentId, credential } = await addVideo(bench, bytes, lengthOf(bytes), { bytesPerSecond: SLOW });
	const playlist = `${credential.baseUrl}/hls/${contentId}/180p.m3u8`;
	const started = performance.now();
	const lines = (await (await fetch(playlist)).text()).split('\n');
	const urls = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => new URL(line, playlist));
	let fetched = 0;
	const fetchRest = async (): Promise<void> => {
		for (let url = urls.shift(); url; url = urls.shift()) {
			const { byteLength } = await (await fetch(url)).arrayBuffer();
			fetched += byteLength;
		}
	};
	await Promise.all(Array.from({ length: FETCHES }, fetchRest));
	return { seconds: (performance.now() - started) / 1000, bytes: fetched };
}

/** Waits until a process uses no processor time, for a second. */
async function quiet(pid: number): Promise<void> {
	for (let before = NaN, now = await processorTimeOf(pid); ; before = now, now = await processorTimeOf(pid)) {
		if (now - before <= 5 * TICK_MS) return;
		await new Promise((resolve) => setTimeout(resolve, 1000));
	}
}

/** The processor time of a process in milliseconds. */
async function processorTimeOf(pid: number): Promise<number> {
	const text = await readFile(`/proc/${pid}/stat`, 'utf8');
	// After the name of the program, which may have spaces: 12th and 13th are user and system time.
	const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
