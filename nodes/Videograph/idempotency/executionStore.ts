import type { IDataObject } from 'n8n-workflow';

/** A create request of this execution. Plain data, because n8n serializes it. */
export type StoredCreate<Request, Result> =
	/** It was or will be sent. Until there is a result, its outcome is unknown. */
	{ status: 'pending'; request: Request } | { status: 'created'; result: Result };

/**
 * The create requests of an execution by idempotency key. They are in the node context, which n8n retains for Retry On
 * Fail.
 */
export class ExecutionStore {
	/** @param context of the node, from `getContext('node')` */
	constructor(private readonly context: IDataObject) {}

	/** The key is unique to the request, so its entry always has the same types. */
	get<Request, Result>(key: string): StoredCreate<Request, Result> | undefined {
		return this.entries()[key] as StoredCreate<Request, Result> | undefined;
	}

	set<Request, Result>(key: string, value: StoredCreate<Request, Result> | undefined): void {
		this.entries()[key] = value;
	}

	clear(): void {
		this.context.videograph = undefined;
	}

	private entries(): Record<string, unknown> {
		return (this.context.videograph ??= {}) as Record<string, unknown>;
	}
}
