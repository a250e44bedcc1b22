import type { IHttpRequestOptions, IN8nHttpFullResponse, INode } from 'n8n-workflow';
import { VideographClient } from '../../nodes/Videograph/api/client';
import { createSharedRequests } from '../../nodes/Videograph/api/httpClient';
import { RateLimiter } from '../../nodes/Videograph/api/rateLimiter';
import type { Transport } from '../../nodes/Videograph/api/transport';
import { type NodeError, toNodeError } from '../../nodes/Videograph/execution/toNodeError';

export const NODE: INode = {
	id: 'n',
	name: 'Videograph',
	type: 'videograph',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** The part of a transport that reads the files of videos. */
export const NO_FILES: Pick<Transport, 'open' | 'signal'> = {
	open: () => Promise.reject(new Error('no files')),
	signal: undefined,
};

/** An answer of the API: its status and its body, or the network's error code where there is none. */
export type Answer = [status: number, body?: unknown, headers?: Record<string, string>] | string;

/** The n8n error of what a promise rejects with; fails if it resolves. */
export async function nodeError(promise: Promise<unknown>): Promise<NodeError> {
	return await promise.then(
		(value) => {
			throw new Error(`resolved to ${JSON.stringify(value)}`);
		},
		(error: unknown) => toNodeError(NODE, error),
	);
}

export const success = (data?: unknown): Answer => [200, { status: 'Success', code: 200, data }];

/**
 * A client whose requests get these answers, one after the other, the last one again and again. Where it would sleep, the
 * clock of the test goes on; `jest.restoreAllMocks()` puts the clock right again.
 *
 * @param stopAfter how many sleeps the execution survives
 */
export function scriptedClient(
	answers: Answer[],
	{ maxRateLimitWaitMs = 60_000, stopAfter = Infinity, more = {} } = {},
) {
	const sent: IHttpRequestOptions[] = [];
	const pauses: number[] = [];
	const transport: Transport = {
		send: (options) => {
			const answer = answers[Math.min(sent.length, answers.length - 1)] ?? 'ECONNRESET';
			sent.push(options);
			if (sent.length > 100) throw new Error('sent without end');
			if (typeof answer === 'string') return Promise.reject(Object.assign(new Error('secret'), { code: answer }));
			const [statusCode, body = {}, headers = {}] = answer;
			return Promise.resolve({ statusCode, headers, body: body as IN8nHttpFullResponse['body'] });
		},
		download: () => Promise.reject(new Error('no download')),
		upload: () => Promise.reject(new Error('no upload')),
		...NO_FILES,
		...more,
	};
	let now = Date.UTC(2026, 10, 23);
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	const delay = (milliseconds: number) => {
		pauses.push(milliseconds);
		now += milliseconds;
		return Promise.resolve(pauses.length <= stopAfter);
	};
	const stop = new AbortController();
	const sleep = async (milliseconds: number) => {
		if (!(await delay(milliseconds))) stop.abort();
	};
	const shared = createSharedRequests(new RateLimiter(sleep, () => 0.5));
	const retry = { delay, maxRateLimitWaitMs, signal: stop.signal, shared };
	const advance = (milliseconds: number) => void (now += milliseconds);
	return { client: new VideographClient('https://api.test', transport, retry), sent, pauses, advance };
}
