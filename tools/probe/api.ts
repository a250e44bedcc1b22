import { setTimeout as sleep } from 'node:timers/promises';
import axios, { type AxiosRequestConfig } from 'axios';
import { isObject, stringOrNull } from '../../nodes/Videograph/utils/values';
import { basePath, operations } from '../../test/contract/openapi';
import { differencesIn } from './differences';

export interface Connection {
	/** Scheme and host, without a trailing slash. */
	baseUrl: string;
	accessTokenId: string;
	secretKey: string;
	/** Of one request, in milliseconds; by default 30 s. */
	timeoutMs?: number;
	/** By default, the time of this machine. */
	clock?: Clock;
}

export interface Clock {
	/** In epoch milliseconds. */
	now(): number;
	sleep(milliseconds: number): Promise<unknown>;
}

const REAL_TIME: Clock = { now: () => Date.now(), sleep: async (milliseconds) => await sleep(milliseconds) };

/** A request of an operation of docs/openapi.yaml. */
export interface Call {
	operationId: string;
	path?: Record<string, string>;
	query?: Record<string, unknown>;
	body?: object;
}

export interface Response {
	/** Method and path template: it contains no ID. */
	name: string;
	status: number;
	/** Parsed if it is JSON, otherwise text. */
	body: unknown;
	/** `body.data`, if there is one. */
	data: unknown;
}

/** What a 429 contained. */
interface RateLimited {
	retryAfter: string | undefined;
}

/** The probe was stopped. */
export class Stopped extends Error {}

/** A request without a usable response; its message contains no ID and nothing of the response. */
export class RequestFailed extends Error {
	constructor(
		name: string,
		readonly problem: string,
	) {
		super(`${name}: ${problem}`);
	}
}

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 64 * 1024 * 1024;
const RETRY_DELAYS_MS = [1000, 2000, 4000, 8000];
const MAX_RETRY_AFTER_MS = 60_000;

/** Sends requests, repeats what is safe to repeat, and compares each response with docs/openapi.yaml. */
export class Api {
	/** The differences between responses and docs/openapi.yaml, each with the number of responses that have it. */
	readonly differences = new Map<string, number>();
	requests = 0;
	/** The first response with status 429. */
	rateLimited: RateLimited | undefined;
	readonly clock: Clock;

	/**
	 * @param mayWrite whether other requests than GET are sent at all
	 * @param signal stops the probe before its next request; a request is never stopped, as its outcome would be unknown
	 */
	constructor(
		private readonly connection: Connection,
		private readonly mayWrite: boolean,
		private readonly signal?: AbortSignal,
	) {
		this.clock = connection.clock ?? REAL_TIME;
	}

	/**
	 * Sends a request. Reads, updates and deletions are repeated after a network or server error, everything after a 429.
	 *
	 * @throws {RequestFailed} without a response, or if it is a server error
	 */
	async send(call: Call): Promise<Response> {
		for (let attempt = 0; ; attempt++) {
			const delayMs = RETRY_DELAYS_MS[attempt];
			try {
				const { response, retryAfterMs } = await this.sendOnce(call);
				if (response.status !== 429 || delayMs === undefined) return response;
				await this.sleep(Math.min(retryAfterMs ?? delayMs, MAX_RETRY_AFTER_MS));
			} catch (error) {
				const isRepeatable = error instanceof RequestFailed && !this.isCreate(call);
				if (!isRepeatable || delayMs === undefined) throw error;
				await this.sleep(delayMs);
			}
		}
	}

	/**
	 * As `send`, without a retry.
	 *
	 * @throws {RequestFailed} without a response, or if it is a server error
	 */
	async sendOnce({
		operationId,
		path = {},
		query,
		body,
	}: Call): Promise<{ response: Response; retryAfterMs?: number }> {
		const operation = operations.find((one) => one.operationId === operationId);
		if (!operation) throw new Error(`docs/openapi.yaml has no operation ${operationId}`);
		const { method, path: template } = operation;
		if (method !== 'GET' && !this.mayWrite) throw new Error(`${method} ${template} is not sent without --write`);
		this.signal?.throwIfAborted();
		const { baseUrl, accessTokenId, secretKey } = this.connection;
		const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
		const name = `${method} ${template}`;
		const { status, headers, text } = await this.request(name, {
			method,
			url: `${baseUrl}${basePath}${filled}`,
			auth: { username: accessTokenId, password: secretKey },
			params: query,
			data: body,
		});
		const parsed = parseJson(text);
		for (const difference of differencesIn(operationId, name, status, parsed)) {
			this.differences.set(difference, (this.differences.get(difference) ?? 0) + 1);
		}
		const retryAfter = typeof headers['retry-after'] === 'string' ? headers['retry-after'] : undefined;
		if (status === 429) this.rateLimited ??= { retryAfter };
		if (status >= 500) throw new RequestFailed(name, `HTTP ${status}`);
		const data: unknown = isObject(parsed) ? parsed.data : undefined;
		const retryAfterMs = Number(retryAfter) * 1000;
		return { response: { name, status, body: parsed, data }, ...(retryAfterMs >= 0 && { retryAfterMs }) };
	}

	/**
	 * A file outside of the API, such as a playlist, without the credentials.
	 *
	 * @throws {RequestFailed} without a response
	 */
	async download(url: string): Promise<{ status: number; text: string }> {
		this.signal?.throwIfAborted();
		return await this.request('The playlist', { method: 'GET', url });
	}

	/** @throws {Stopped} if the probe is stopped */
	async sleep(milliseconds: number): Promise<void> {
		this.signal?.throwIfAborted();
		let stop: () => void = () => undefined;
		const stopped = new Promise<void>((resolve) => (stop = resolve));
		this.signal?.addEventListener('abort', stop, { once: true });
		await Promise.race([this.clock.sleep(milliseconds), stopped]);
		this.signal?.removeEventListener('abort', stop);
		this.signal?.throwIfAborted();
	}

	private async request(name: string, config: AxiosRequestConfig) {
		this.requests++;
		try {
			const { status, headers, data } = await axios.request<string>({
				...config,
				timeout: this.connection.timeoutMs ?? TIMEOUT_MS,
				maxContentLength: MAX_BYTES,
				// A redirect could lead to another host, which must not get the credentials.
				maxRedirects: config.auth ? 0 : 5,
				validateStatus: () => true,
				transformResponse: (text: string) => text,
				responseType: 'text',
			});
			return { status, headers: headers as Record<string, unknown>, text: data };
		} catch (error) {
			// Only the code: a message may contain a host or a path.
			const code = axios.isAxiosError(error) && error.code !== undefined ? error.code : 'failed';
			throw new RequestFailed(name, `no response (${code})`);
		}
	}

	private isCreate({ operationId }: Call): boolean {
		return operations.some((one) => one.operationId === operationId && one.method === 'POST');
	}
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

/** The objects of a list response. */
export function listOf({ data }: Response): Array<Record<string, unknown>> {
	return Array.isArray(data) ? data.filter(isObject) : [];
}

export function textOf(value: unknown): string | undefined {
	return stringOrNull(value) ?? undefined;
}
