import { isOutcomeUnknown, VideographError } from '../api/errors';
import type { ExecutionStore } from './executionStore';

/** A resource may already exist, and a lookup cannot confirm it. */
export class OutcomeUnknownError extends Error {
	/** @param description advice for the user */
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
	}
}

/** Result of the lookup of a resource. */
export type Lookup<T> =
	| { status: 'found'; value: T }
	| { status: 'absent' }
	/** It may exist. Has the ID of the only candidate, if there is one. */
	| { status: 'ambiguous'; id?: string | null };

export interface CreateOptions<Request, Result> {
	/** The resource with its article, such as `the clip`. */
	name: string;
	request: Request;
	send: (request: Request) => Promise<Result>;
	/** Finds the resource of a request with an unknown outcome. Without it, such a request is never resent. */
	lookup?: (request: Request) => Promise<Lookup<Result>>;
	/** Finds an existing resource to return instead of creating one. */
	findExisting?: (request: Request) => Promise<Result | undefined>;
}

/** How often a request is sent if lookups find that it did not arrive. */
const MAX_ATTEMPTS = 3;

/**
 * Creates a resource at most once per execution, because Videograph has no idempotency keys. Replays a stored result.
 * Resends a request whose outcome is unknown only if a lookup does not find its resource.
 *
 * @param key idempotency key: a hash of the item's identity and of the request. A retry uses the request of the first
 * attempt
 * @throws {VideographError} if the API rejects the request or fails. Its note says if the resource may exist
 * @throws {OutcomeUnknownError} if the outcome of an earlier attempt is unknown
 */
export async function createOnce<Request, Result>(
	store: ExecutionStore,
	key: string,
	options: CreateOptions<Request, Result>,
): Promise<Result> {
	const stored = store.get<Request, Result>(key);
	if (stored?.status === 'created') return stored.result;
	const { lookup = ambiguous, findExisting } = options;
	const create = { ...options, lookup, request: stored?.request ?? options.request };
	const earlier = stored && (await lookup(create.request));
	if (earlier?.status === 'ambiguous') {
		throw new OutcomeUnknownError(
			`An earlier attempt may already have created ${create.name}, so it was not sent again`,
			`Check for ${create.name} in Videograph. If it does not exist, run the node again.`,
		);
	}
	const result =
		earlier?.status === 'found'
			? earlier.value
			: ((await findExisting?.(create.request)) ?? (await sendUntilCertain(store, key, create)));
	store.set(key, { status: 'created', result });
	return result;
}

type WithLookup<Request, Result> = CreateOptions<Request, Result> &
	Required<Pick<CreateOptions<Request, Result>, 'lookup'>>;

async function sendUntilCertain<Request, Result>(
	store: ExecutionStore,
	key: string,
	options: WithLookup<Request, Result>,
	attempt = 1,
): Promise<Result> {
	const { name, request, send, lookup } = options;
	store.set(key, { status: 'pending', request });
	return await send(request).catch(async (error: unknown) => {
		if (!isOutcomeUnknown(error)) {
			if (error instanceof VideographError) store.set(key, undefined);
			throw error;
		}
		const result = await lookup(request);
		if (result.status === 'found') return result.value;
		if (result.status === 'ambiguous' || attempt >= MAX_ATTEMPTS) {
			throw error.withNote(mayExistNote(name, result.status === 'ambiguous' ? result.id : undefined));
		}
		return await sendUntilCertain(store, key, options, attempt + 1);
	});
}

async function ambiguous(): Promise<{ status: 'ambiguous' }> {
	return await Promise.resolve({ status: 'ambiguous' });
}

function mayExistNote(name: string, id: string | null = null): string {
	const subject = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
	const hint = id === null ? '' : `It may be ${id}. `;
	return `${subject} may have been created. ${hint}Check for it in Videograph before you create it again.`;
}

/**
 * Runs an idempotent action at most once per execution, and replays its result: a second deletion would fail, and a
 * second upload would take time.
 *
 * @param key idempotency key: a hash of the item's identity and of the action
 */
export async function doOnce<Result>(store: ExecutionStore, key: string, act: () => Promise<Result>): Promise<Result> {
	const stored = store.get<null, Result>(key);
	if (stored?.status === 'created') return stored.result;
	const result = await act();
	store.set(key, { status: 'created', result });
	return result;
}
