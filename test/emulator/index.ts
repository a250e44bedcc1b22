import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { ChatRequest } from './chatModel';
import type { Fault } from './faults';
import { watchUrl } from './media/watchPage';
import type { Clip, Stream, Video } from './model';
import { defaults, type Options, originOf } from './options';
import { createServer, type Neighbours, type Page } from './server';
import { type LoggedRequest, Service } from './service';
import { State } from './state';
import type { Upload } from './uploads';

export type { Answer } from './answer';
export type { Fault } from './faults';
export { type Clip, RECORDING_KEPT_MS, type Stream, type Video } from './model';
export type { Options } from './options';
export type { LoggedRequest } from './service';
export type { Upload } from './uploads';

/** A running emulator of the Videograph API. */
export interface Emulator {
	/** What a credential names as its Base URL, without the API's base path. */
	url: string;
	credentials: { accessTokenId: string; secretKey: string };
	/** May be changed at any time, apart from the port. */
	options: Options;
	streams: readonly Stream[];
	clips: readonly Clip[];
	/** Videos that did not come from a stream, and the clips of videos. */
	readonly videos: readonly Video[];
	/** The files that were sent to the URL of an upload, each as it came in full. */
	uploads: readonly Upload[];
	/** What the requests for signing keys asked for. */
	signingKeys: readonly object[];
	/** Requests outside of the API that carried an Authorization header all the same, as "METHOD /path". */
	leaks: readonly string[];
	/** The newest 1000 requests, all but those to /echo, /pages and /v1. */
	requests: readonly LoggedRequest[];
	/** The maximum number of concurrent requests. */
	readonly mostAtOnce: number;
	/** The bodies that were posted to /echo. */
	echoed: readonly unknown[];
	/** What is at /pages/…, by what follows; empty at first. */
	pages: Map<string, Page>;
	/** What the chat model at /v1 was asked. */
	chats: readonly ChatRequest[];
	/** Responses of the emulator that violate docs/openapi.yaml. Must stay empty. */
	contractBreaks: string[];
	/** What was wrong with the requests that docs/openapi.yaml does not allow. */
	badRequests: readonly string[];
	/** Faults still to strike; emptying it ends them. */
	faults: Fault[];
	failNext(fault: Fault): void;
	/** Faults of playback still to strike. Their paths are whole, such as /hls/ID/180p/0.ts. */
	mediaFaults: Fault[];
	failNextMedia(fault: Fault): void;
	/** Clips that fit fail at the moment they would be ready. */
	failClip(fits: (clip: Clip) => boolean): void;
	/** As `failClip`, for videos that did not come from a stream. */
	failContent(fits: (video: Video) => boolean): void;
	/** Adds a stream; what is left out is a recorded stream that never was live. The result may be changed later. */
	addStream(stream?: Partial<Stream>): Stream;
	/** Adds a video that is ready; what is left out is a video of an hour. */
	addVideo(video?: Partial<Video>): Video;
	/** Adds as many videos. */
	addVideos(count: number, video?: (index: number) => Partial<Video>): Video[];
	/** The page on which a browser plays a live stream or a video. */
	watchUrl(id: string): string;
	close(): Promise<void>;
}

/** Starts an emulator on 127.0.0.1, with no streams. */
export async function startEmulator(given: Partial<Options> = {}): Promise<Emulator> {
	const options: Options = {
		...defaults,
		accessTokenId: randomUUID(),
		secretKey: randomBytes(24).toString('base64url'),
		...given,
	};
	const state = new State(options);
	const service = new Service(options, state);
	const requests: LoggedRequest[] = [];
	const neighbours: Neighbours = { echoed: [], pages: new Map(), chats: [] };
	const load = { now: 0, most: 0 };
	const server = createServer({ options, service, state, requests, neighbours, load });
	await server.listen({ port: options.port, host: '127.0.0.1' });
	options.port = (server.server.address() as AddressInfo).port;

	return {
		url: originOf(options),
		credentials: { accessTokenId: options.accessTokenId, secretKey: options.secretKey },
		options,
		streams: state.streams.all,
		clips: state.clips,
		get videos() {
			return state.videos;
		},
		uploads: state.uploads.received,
		signingKeys: state.signingKeys,
		leaks: service.leaks,
		requests,
		get mostAtOnce() {
			return load.most;
		},
		...neighbours,
		contractBreaks: service.contractBreaks,
		badRequests: service.badRequests,
		faults: service.faults,
		failNext: (fault) => void service.faults.push(fault),
		mediaFaults: service.mediaFaults,
		failNextMedia: (fault) => void service.mediaFaults.push(fault),
		failClip: (fits) => void state.failing.push(fits),
		failContent: (fits) => void state.failingVideos.push(fits),
		addStream: (stream) => state.streams.add(stream),
		addVideo: (video) => state.addVideo(video),
		addVideos: (count, video) => Array.from({ length: count }, (_, index) => state.addVideo(video?.(index))),
		watchUrl: (id) => watchUrl(id, options),
		close: () => server.close(),
	};
}
