import '../../test/engine/environment';
import { createReadStream, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import axios from 'axios';
import type { IBinaryData } from 'n8n-workflow';
import { keepFilesOnDisk, storedFile } from '../../test/engine/binaryData';
import { Engine } from '../../test/engine/engine';
import { watchMemory } from '../../test/engine/memory';
import type { ApiLogin } from './api';
import { serve } from './calls';
import type { Loaded, Ran, Uploaded, UploadJob } from './candidate';
import { type Job, runJob } from './candidates';

/** A candidate in a process of its own, so that time, work and memory are its alone. */
let engine: Engine | undefined;

serve({
	async make(job: Job): Promise<Ran> {
		engine ??= await Engine.load(false);
		const cpu = process.cpuUsage();
		const startedAt = Date.now();
		const started = performance.now();
		const outcome = await runJob(engine, job);
		const seconds = (performance.now() - started) / 1000;
		const { user, system } = process.cpuUsage(cpu);
		return {
			...outcome,
			startedAt,
			seconds,
			cpuMs: (user + system) / 1000,
			peakBytes: process.resourceUsage().maxRSS * 1024,
		};
	},

	async upload({ by, path, name, api }: UploadJob): Promise<Uploaded> {
		const send = by === 'this node' ? await uploadByNode(path, name, api) : uploadByAxios(path, name, api);
		let seconds = 0;
		const { idle, peak } = await watchMemory(async () => {
			const started = performance.now();
			await send();
			seconds = (performance.now() - started) / 1000;
		});
		return { seconds, grownBytes: peak - idle };
	},

	/** To be called in a new process, whose n8n-workflow is loaded already, as in n8n. */
	async load(): Promise<Loaded> {
		const root = join(__dirname, '../../..');
		const started = performance.now();
		for (const file of ['nodes/Videograph/Videograph.node.js', 'credentials/VideographApi.credentials.js']) {
			await import(join(root, 'dist', file));
		}
		const imported = performance.now();
		await Engine.load(false);
		return { importMs: imported - started, loadMs: performance.now() - started };
	},
});

process.once('exit', () => rmSync(process.env.N8N_USER_FOLDER ?? '', { recursive: true, force: true }));

async function uploadByNode(path: string, name: string, credential: ApiLogin): Promise<() => Promise<void>> {
	const loaded = (engine ??= await Engine.load(false));
	const data: IBinaryData = await storedFile(await keepFilesOnDisk(), path, name);
	return async () => {
		const parameters = { resource: 'upload', operation: 'uploadFile' };
		const { error } = await loaded.run({ parameters, credential: { ...credential }, binary: [{ data }] });
		if (error) throw new Error(`${error.message} ${error.description ?? ''}`);
	};
}

function uploadByAxios(path: string, name: string, api: ApiLogin): () => Promise<void> {
	return async () => {
		const auth = { username: api.accessTokenId, password: api.secretKey };
		const url = api.clipsUrl.replace(/\/livestreams\/.*$/, '/uploads');
		const { data } = await axios.post<{ data: { url: string } }>(url, { file_name: name }, { auth });
		const { size } = await stat(path);
		await axios.put(data.data.url, createReadStream(path), {
			headers: { 'Content-Type': 'video/mp4', 'Content-Length': size },
			maxRedirects: 0,
			maxBodyLength: Infinity,
		});
	};
}
