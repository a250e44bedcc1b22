import type { Readable } from 'node:stream';
import { checkAnswer, checkRequest, type GoodRequest } from '../contract/openapi';
import { type Answer, failure, Refusal } from './answer';
import { type Fault, type Outcome, struck, takeFault } from './faults';
import { mediaFile, type MediaRequest } from './media/mediaFiles';
import type { Options } from './options';
import { rateLimiter } from './rateLimit';
import { routes } from './routes';
import type { State } from './state';

/** One request as the emulator saw it; never its Authorization header. */
export interface LoggedRequest {
	method: string;
	/** Under the API's base path; the whole path where it is outside. */
	path: string;
	query: Record<string, unknown>;
	/** Parsed where it is JSON, else the text. */
	body: unknown;
	/** The access token ID; undefined: unauthorized. */
	account: string | undefined;
	/** The HTTP status, or the fault instead of a response. Undefined until then. */
	status: number | 'reset' | 'hang' | undefined;
	/** Epoch milliseconds by the emulator's clock. */
	at: number;
}

/** Handles a request, without HTTP: credentials, contract, rate limit, faults, then the route. */
export class Service {
	/** Faults of the API and of uploads. */
	readonly faults: Fault[] = [];
	/** Faults of playback; paths are whole. */
	readonly mediaFaults: Fault[] = [];
	/** Responses of the emulator that docs/openapi.yaml does not describe. Must stay empty. */
	readonly contractBreaks: string[] = [];
	/** What was wrong with the requests that docs/openapi.yaml does not allow. */
	readonly badRequests: string[] = [];
	/** Requests outside of the API that carried an Authorization header all the same. */
	readonly leaks: string[] = [];
	/** By account. */
	private readonly rateLimiters = new Map<string, ReturnType<typeof rateLimiter>>();

	constructor(
		private readonly options: Options,
		private readonly state: State,
	) {}

	async play(request: LoggedRequest, isJson: boolean): Promise<Outcome> {
		const check = checkRequest(request);
		const operationId = check.ok ? check.operationId : undefined;
		if (request.account === undefined) return this.refuse(operationId, 401, 'Unauthorized');
		if (!check.ok) {
			const problems = check.problems.join('; ');
			this.badRequests.push(`${request.method} ${request.path}: ${problems}`);
			return this.refuse(operationId, check.status, problems);
		}
		if (request.body !== undefined && !isJson) {
			return this.refuse(operationId, 400, 'The Content-Type of a body must be application/json');
		}
		const { rateLimit } = this.options;
		if (rateLimit && !this.rateLimiterOf(request.account)(rateLimit)) {
			const { retryAfter } = rateLimit;
			const headers = retryAfter === undefined ? undefined : { 'retry-after': String(retryAfter) };
			return { ...this.refuse(operationId, 429, 'Too many requests'), headers };
		}
		const fault = takeFault(this.faults, request.method, request.path);
		return await struck(fault, () => this.carryOut(check, request.body));
	}

	/** A file of playback, outside the API and without credentials. */
	async media({ method, path }: LoggedRequest, request: MediaRequest): Promise<Outcome> {
		try {
			const fault = takeFault(this.mediaFaults, method, path);
			return await struck(fault, () => mediaFile(request, this.state, this.options));
		} catch (error) {
			if (error instanceof Refusal) return this.refuse(undefined, error.status, error.message);
			return this.breakContract(`${path}: ${String(error)}`);
		}
	}

	/** Takes the bytes of a file, which is no part of the API either. */
	async store(request: LoggedRequest, headers: Record<string, string | undefined>, bytes: Readable): Promise<Outcome> {
		const outcome = await this.receive(request, headers, bytes);
		// A refused body is read to its end, because otherwise the sender would not read the response.
		if (typeof outcome !== 'string') bytes.resume();
		return outcome;
	}

	refuse(operationId: string | undefined, status: number, message: string): Answer {
		return this.keepContract(operationId, failure(status, message, this.options.errorStatus));
	}

	private rateLimiterOf(account: string): ReturnType<typeof rateLimiter> {
		const limiter = this.rateLimiters.get(account) ?? rateLimiter(this.options);
		this.rateLimiters.set(account, limiter);
		return limiter;
	}

	private async receive(
		{ method, path, query }: LoggedRequest,
		headers: Record<string, string | undefined>,
		bytes: Readable,
	): Promise<Outcome> {
		if (headers.authorization !== undefined) {
			return this.refuse(undefined, 400, 'Only one way of authentication is allowed: the signature');
		}
		const fault = takeFault(this.faults, method, path);
		try {
			return await struck(fault, () => this.state.uploads.receive(query.signature, headers, bytes));
		} catch (error) {
			if (error instanceof Refusal) return this.refuse(undefined, error.status, error.message);
			// The sender has hung up.
			return 'reset';
		}
	}

	private carryOut(check: GoodRequest, body: unknown): Answer {
		const { operationId, pathParams, query } = check;
		try {
			const route = routes[operationId];
			if (!route) throw new Error('the emulator does not play it');
			const { state, options } = this;
			return this.keepContract(operationId, route({ pathParams, query, body, state, options }));
		} catch (error) {
			if (error instanceof Refusal) return this.refuse(operationId, error.status, error.message);
			return this.breakContract(`${operationId}: ${String(error)}`);
		}
	}

	private keepContract(operationId: string | undefined, answer: Answer): Answer {
		const problems = checkAnswer(operationId, answer.status, answer.body);
		return problems.length
			? this.breakContract(`${operationId ?? 'unknown path'} ${answer.status}: ${problems.join('; ')}`)
			: answer;
	}

	private breakContract(problem: string): Answer {
		this.contractBreaks.push(problem);
		return failure(500, `The emulator broke the contract: ${problem}`, this.options.errorStatus);
	}
}
