import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Emulator } from '../emulator';

/** A host of files, as a CDN. */
export interface FileHost {
	url: string;
	/** By path, such as /video.m3u8. */
	files: Map<string, Buffer | string>;
	/** Its requests, as "path" or "path range". */
	requests: string[];
	/** Those with an Authorization header. */
	leaks: string[];
	/** Cuts responses to these paths after as many bytes, once each. */
	cuts: Map<string, number>;
	/** Makes the details of all videos name this playback URL. */
	play(emulator: Emulator, path: string): void;
	close(): Promise<void>;
}

export async function startFileHost(): Promise<FileHost> {
	const host: Pick<FileHost, 'files' | 'requests' | 'leaks' | 'cuts'> = {
		files: new Map(),
		requests: [],
		leaks: [],
		cuts: new Map(),
	};
	const server = createServer((request, response) => {
		const path = request.url ?? '';
		const { range, authorization } = request.headers;
		host.requests.push([path, range].filter(Boolean).join(' '));
		if (authorization !== undefined) host.leaks.push(path);
		const file = host.files.get(path);
		if (file === undefined) {
			response.writeHead(404).end();
			return;
		}
		const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
		const bytes = Buffer.from(file).subarray(Number(from ?? 0), to ? Number(to) + 1 : undefined);
		response.writeHead(from === undefined ? 200 : 206, { 'content-length': bytes.length });
		const cut = host.cuts.get(path);
		if (cut === undefined) {
			response.end(bytes);
			return;
		}
		host.cuts.delete(path);
		response.write(bytes.subarray(0, cut), () => response.destroy());
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		...host,
		url,
		play(emulator, path) {
			const answer = (real: object) => {
				const { body } = real as { body: { data: object } };
				return { ...real, status: 200, body: { ...body, data: { ...body.data, playbackUrl: `${url}${path}` } } };
			};
			emulator.failNext({ method: 'GET', path: /^\/contents\/[^/]+$/, times: Infinity, answer });
		},
		async close() {
			server.closeAllConnections();
			await once(server.close(), 'close');
		},
	};
}
