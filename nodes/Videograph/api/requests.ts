import type { IDataObject, IHttpRequestMethods, IHttpRequestOptions, IN8nHttpFullResponse, INode } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { isObject } from '../shared/values';
import { readEnvelope } from './envelope';
import { answerError, networkCode, noAnswerError, notSentError, stoppedError, unexpectedAnswerError } from './errors';
import { Gate } from './gate';
import { API_PATH } from './path';
import { putFile, type FileToSend, type SendFile } from './putFile';
import { arrivalOfAnswer, arrivalOfNetworkError, readRetryAfter, waitBeforeRepeat, type Arrival } from './retry';

/** What the client needs of n8n. */
export interface Transport {
	/** Sends one request with the credential's authentication; an HTTP status of any kind is an answer. */
	send(options: IHttpRequestOptions): Promise<IN8nHttpFullResponse>;
	/** Gets a text from anywhere, without authentication. */
	download(url: string): Promise<unknown>;
	upload: SendFile;
}

/** How a client repeats requests. */
export interface Patience {
	/** Sleeps that many milliseconds, and tells whether the execution goes on. */
	pause(milliseconds: number): Promise<boolean>;
	/** The longest wait that the API may ask for, in milliseconds. */
	longestWaitMs: number;
}

/** Without patience nothing is repeated. */
const NEVER: Patience = { pause: async () => await Promise.resolve(false), longestWaitMs: 0 };

/** How long one request may take, in milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000;

/** What became of a request that makes something. */
export type Sent<T> =
	| { answer: T }
	/** Where it may have arrived, what it asked for may exist, and it must not be sent again unseen. */
	| { error: NodeApiError; mayHaveArrived: boolean };

interface Call {
	method: IHttpRequestMethods;
	/** Under the API's base path, with its ids encoded. */
	apiPath: string;
	qs?: IDataObject;
	body?: object;
	/** Whether repeating it does no harm if it was carried out already. */
	repeatable: boolean;
}

/** A request that did not succeed. */
interface Failure {
	error: NodeApiError;
	arrival: Arrival;
	retryAfterMs?: number;
}

/** Requests to the API, repeated where that is worth while and does no harm, and what their answers hold. */
export class Requests {
	private readonly gate: Gate;

	/** @param origin scheme and host of the API, without a path and without a slash at its end */
	constructor(
		private readonly node: INode,
		private readonly origin: string,
		private readonly transport: Transport,
		private readonly patience: Patience = NEVER,
	) {
		this.gate = new Gate((milliseconds) => patience.pause(milliseconds), patience.longestWaitMs);
	}

	/**
	 * An answer's data, whatever it is.
	 *
	 * @throws {NodeApiError} in the API's own words where it refuses, fails or does not answer
	 */
	async get(apiPath: string, qs?: IDataObject): Promise<unknown> {
		return await this.data({ method: 'GET', apiPath, qs, repeatable: true });
	}

	/** An answer's data as one object that holds its id. */
	async one<T extends object>(apiPath: string, idKey: keyof T & string): Promise<T> {
		const data = await this.get(apiPath);
		if (!holdsId<T>(data, idKey)) throw unexpectedAnswerError(this.node, `GET ${apiPath}`, idKey);
		return data;
	}

	/** An answer's data as a list. An entry without its id is left out: nothing could be done with it. */
	async list<T extends object>(apiPath: string, idKey: keyof T & string, qs?: IDataObject): Promise<T[]> {
		const data = await this.get(apiPath, qs);
		if (!Array.isArray(data)) throw unexpectedAnswerError(this.node, `GET ${apiPath}`, 'the list');
		return data.filter((entry): entry is T => holdsId<T>(entry, idKey));
	}

	/**
	 * Makes something. It is not repeated where it may have arrived, as the API would make a second one.
	 *
	 * @returns what became of it, with the answer's data, or {} where that is no object; it does not reject
	 */
	async create(apiPath: string, body: object): Promise<Sent<IDataObject>> {
		const result = await this.request({ method: 'POST', apiPath, body, repeatable: false });
		if ('error' in result) return { error: result.error, mayHaveArrived: result.arrival === 'unclear' };
		return { answer: objectOf(result.data) };
	}

	/** As `create`, where the answer is of no use without one of its texts, such as the id. */
	async createOne<T extends object>(apiPath: string, body: object, key: keyof T & string): Promise<Sent<T>> {
		const sent = await this.create(apiPath, body);
		if ('error' in sent) return sent;
		const { answer } = sent;
		if (holdsId<T>(answer, key)) return { answer };
		return { error: unexpectedAnswerError(this.node, `POST ${apiPath}`, key), mayHaveArrived: true };
	}

	/**
	 * Does what may be done twice: brings something into a state. A DELETE that is repeated after an unclear answer and
	 * then finds nothing has done its work the first time.
	 *
	 * @returns the answer's data, or {} where that is no object
	 * @throws {NodeApiError} as `get`
	 */
	async bring(method: 'POST' | 'PUT' | 'DELETE', apiPath: string, body?: object): Promise<IDataObject> {
		return objectOf(await this.data({ method, apiPath, body, repeatable: true }));
	}

	/** A text from anywhere, without the credential's login. */
	async download(url: string): Promise<string> {
		const call = `GET ${url}`;
		try {
			const text = await this.transport.download(url);
			if (typeof text === 'string') return text;
		} catch (error) {
			throw noAnswerError(this.node, call, error);
		}
		throw unexpectedAnswerError(this.node, call, 'the text');
	}

	/** A file to the address that the API has named for it, without the credential's login. It is sent once. */
	async putFile(url: string, file: FileToSend): Promise<void> {
		await putFile(this.node, this.transport.upload, url, file);
	}

	private async data(call: Call): Promise<unknown> {
		const result = await this.request(call);
		if ('error' in result) throw result.error;
		return result.data;
	}

	/** Sends a request, and again as long as that is worth while and does no harm. */
	private async request(call: Call): Promise<{ data: unknown } | Failure> {
		let mayBeDone = false;
		for (let count = 1; ; count++) {
			const closed = await this.gate.pass();
			if (closed) {
				const name = nameOf(call);
				const error = closed === 'stopped' ? stoppedError(this.node, name) : notSentError(this.node, name, closed.closedForMs);
				return { error, arrival: mayBeDone ? 'unclear' : 'notSent' };
			}
			const result = await this.attempt(call);
			if ('data' in result) return result;

			const { arrival, retryAfterMs, error } = result;
			if (mayBeDone && call.method === 'DELETE' && error.httpCode === '404') return { data: undefined };
			mayBeDone ||= arrival === 'unclear';
			const wait = waitBeforeRepeat(arrival, count, call.repeatable, retryAfterMs, this.patience.longestWaitMs);
			// What the API asks of one request it asks of all, whether this one is sent again or not.
			const asked = retryAfterMs ?? (arrival === 'limited' ? wait : undefined);
			if (asked !== undefined) this.gate.close(asked);
			if (wait === undefined) return result;
			if (!(await this.patience.pause(wait))) return result;
		}
	}

	private async attempt(call: Call): Promise<{ data: unknown } | Failure> {
		const { method, apiPath, qs, body: sent } = call;
		let answer: IN8nHttpFullResponse;
		try {
			answer = await this.transport.send({
				...(qs && { qs }),
				...(sent && { body: sent }),
				method,
				url: `${this.origin}${API_PATH}${apiPath}`,
				json: true,
				timeout: REQUEST_TIMEOUT_MS,
				disableFollowRedirect: true,
			});
		} catch (thrown) {
			const arrival = arrivalOfNetworkError(networkCode(thrown));
			return { error: noAnswerError(this.node, nameOf(call), thrown), arrival };
		}
		const { statusCode, body, headers } = answer;
		const envelope = readEnvelope(statusCode, body);
		if (envelope.ok) return { data: envelope.data };
		const retryAfterMs = readRetryAfter(headers['retry-after'], headers.date, Date.now());
		const error = answerError(this.node, nameOf(call), statusCode, envelope.message, isObject(body), retryAfterMs);
		return { error, arrival: arrivalOfAnswer(statusCode, body), retryAfterMs };
	}
}

/** An answer, or undefined where the API says that there is no such thing, or no such call. */
export async function ifThere<T>(answer: Promise<T>): Promise<T | undefined> {
	return await answer.catch((error: unknown) => {
		if (error instanceof NodeApiError && (error.httpCode === '404' || error.httpCode === '405')) return undefined;
		throw error;
	});
}

function nameOf({ method, apiPath }: Call): string {
	return `${method} ${apiPath}`;
}

function objectOf(data: unknown): IDataObject {
	return isObject(data) ? (data as IDataObject) : {};
}

function holdsId<T extends object>(data: unknown, idKey: keyof T & string): data is T {
	return isObject(data) && typeof data[idKey] === 'string' && data[idKey] !== '';
}
