import { join } from 'node:path';
import type { Options, Video } from '../../test/emulator';
import { Callee } from './calls';

/** The data of a credential, and a live stream that has been recorded for an hour. */
export interface ApiLogin {
	accessTokenId: string;
	secretKey: string;
	baseUrl: string;
	streamId: string;
	/** Where clips of it are made. */
	clipsUrl: string;
}

/** What the emulator has seen since it was started. */
export interface ApiFigures {
	connections: number;
	requests: number;
	cpuMs: number;
	clips: number;
	/** Different titles among the clips. */
	titles: number;
	/** Epoch milliseconds. */
	newestClipAt: number;
	/** Bytes of each file that came in full. */
	uploaded: number[];
	/** What of docs/openapi.yaml was broken; must be empty. */
	broken: string[];
}

/** The emulator of the Videograph API, in a process of its own. */
export class Api {
	private readonly process = Callee.start(join(__dirname, 'apiProcess.js'));

	/** Starts it anew, with nothing in it but a live stream. */
	async restart(options: Partial<Omit<Options, 'now' | 'signingKey'>> = {}): Promise<ApiLogin> {
		return await this.process.call('start', options);
	}

	/** @returns the ID of a video that is ready */
	async addVideo(video: Partial<Video>): Promise<string> {
		return await this.process.call('addVideo', video);
	}

	async figures(): Promise<ApiFigures> {
		const figures = await this.process.call<ApiFigures>('figures');
		if (figures.broken.length > 0) throw new Error(figures.broken.join('\n'));
		return figures;
	}

	async end(): Promise<void> {
		await this.process.end();
	}
}
