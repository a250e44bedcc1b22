import type { ApiLogin } from './api';
import { Callee } from './calls';
import type { Job, Outcome } from './candidates';
import type { Home } from './home';

/** A job that was done, and what it took. */
export interface Ran extends Outcome {
	/** Epoch milliseconds. */
	startedAt: number;
	seconds: number;
	/** Of all of the process's threads. */
	cpuMs: number;
	/** The most resident memory that the process ever had. */
	peakBytes: number;
}

export interface UploadJob {
	by: 'this node' | 'axios';
	path: string;
	name: string;
	api: ApiLogin;
}

export interface Uploaded {
	seconds: number;
	/** By how much resident memory grew meanwhile, at the most. */
	grownBytes: number;
}

export interface Loaded {
	/** Until the files of the node and the credential are loaded, all that they need with them. */
	importMs: number;
	/** Until n8n's loader has taken the whole package in. */
	loadMs: number;
}

/** A process with n8n's engine and everything that is compared in it. */
export class CandidateProcess {
	private readonly process: Callee;

	constructor({ script, node }: Home) {
		this.process = Callee.start(script, node);
	}

	async make(job: Job): Promise<Ran> {
		return await this.process.call('make', job);
	}

	async upload(job: UploadJob): Promise<Uploaded> {
		return await this.process.call('upload', job);
	}

	async load(): Promise<Loaded> {
		return await this.process.call('load');
	}

	async end(): Promise<void> {
		await this.process.end();
	}
}
