import { subscribe } from 'node:diagnostics_channel';
import { basePath } from '../../test/contract/openapi';
import { type Emulator, type Options, startEmulator, type Video } from '../../test/emulator';
import type { ApiFigures, ApiLogin } from './api';
import { serve } from './calls';

/** The emulator in a process of its own, so that its work is not counted as that of what calls it. */
let emulator: Emulator | undefined;
let connections = 0;
let requests = 0;
let cpu = process.cpuUsage();

subscribe('net.server.socket', () => connections++);
subscribe('http.server.request.start', () => requests++);

const HOUR_MS = 60 * 60 * 1000;

serve({
	async start(options: Partial<Options>): Promise<ApiLogin> {
		await emulator?.close();
		emulator = await startEmulator({ createAnswer: 'contentId', ...options });
		const { streamUUID } = emulator.addStream({ startedAt: Date.now() - HOUR_MS });
		connections = 0;
		requests = 0;
		cpu = process.cpuUsage();
		return {
			...emulator.credentials,
			baseUrl: emulator.url,
			streamId: streamUUID,
			clipsUrl: `${emulator.url}${basePath}/livestreams/${streamUUID}/clips`,
		};
	},

	addVideo(video: Partial<Video>): string | undefined {
		return emulator?.addVideo(video).contentId;
	},

	figures(): ApiFigures {
		const clips = emulator?.clips ?? [];
		const { user, system } = process.cpuUsage(cpu);
		return {
			connections,
			requests,
			cpuMs: (user + system) / 1000,
			clips: clips.length,
			titles: new Set(clips.map(({ title }) => title)).size,
			newestClipAt: Math.max(0, ...clips.slice(-100).map(({ createdAt }) => createdAt)),
			uploaded: emulator?.uploads.map(({ size }) => size) ?? [],
			broken: [...(emulator?.contractBreaks ?? []), ...(emulator?.leaks ?? [])],
		};
	},
});
