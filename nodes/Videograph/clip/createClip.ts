import { deepCopy, type IDataObject } from 'n8n-workflow';
import type { VideographClient } from '../api/client';
import { isOutcomeUnknown } from '../api/errors';
import type { ClipRequest } from '../api/types';
import { createOnce, type Lookup, OutcomeUnknownError } from '../idempotency/createOnce';
import type { ExecutionStore } from '../idempotency/executionStore';
import { raceAbort } from '../utils/abort';
import { shortHash } from '../utils/hash';
import { CLIP_REFERENCE_KEY } from '../video/video';
import type { Clip, ClipCriteria, ClipIds } from './clip';
import { ClipLookup, type LookupResult } from './clipLookup';

/** A clip to create. */
export interface CreateClipInput {
	streamId: string;
	request: ClipRequest;
	/** The idempotency key. A retry has the same key, even if the times of its request differ. */
	key: string;
	/** Whether to reuse an existing clip of the same live stream, title and times. */
	reuse: boolean;
}

/** A created or reused clip, with the API's response. The response is empty if it was lost. */
export interface ClipResult {
	clip: Clip;
	response: IDataObject;
}

/** Requests of the executions of an account for clips with Reuse Existing, by stream, title and times. */
export type ClipsInFlight = Map<string, { request: Promise<ClipResult>; signal?: AbortSignal }>;

/** The delays before each lookup, in milliseconds. */
const LOOKUP_DELAYS_MS = [1000, 2000, 4000, 8000, 15_000, 30_000];
/** The number of lookups without a match after which the clip is absent. */
const MIN_ABSENT_LOOKUPS = 2;

/** Creates clips without duplicates. */
export class ClipCreator {
	/** The clips that this execution has created or reused, by stream, title and times. */
	private readonly results = new Map<string, ClipResult>();
	/** The IDs of those clips and of their videos, which a lookup for another clip excludes. */
	private readonly createdIds = new Set<string>();
	/** Streams and titles of created clips with unknown IDs: in a list they may be any clip with the title. */
	private readonly titlesWithUnknownId = new Set<string>();
	private readonly clipLookup = new ClipLookup();

	/**
	 * @param delay resolves to false if the execution was stopped
	 * @param inFlight of all executions of the account
	 * @param signal aborts when the execution is stopped
	 */
	constructor(
		private readonly client: VideographClient,
		private readonly store: ExecutionStore,
		private readonly delay: (milliseconds: number) => Promise<boolean>,
		private readonly inFlight: ClipsInFlight,
		private readonly signal?: AbortSignal,
	) {}

	/** Returns the clip that an earlier attempt of this execution has created. */
	restore(key: string): ClipResult | undefined {
		const stored = this.store.get<ClipRequest, ClipResult>(key);
		if (stored?.status !== 'created') return undefined;
		const { result } = stored;
		this.track(result);
		return result;
	}

	/**
	 * Creates a clip, or returns the clip that was created with the same idempotency key, or an existing one to reuse.
	 *
	 * @throws {VideographError} if the request fails; its note says if the clip may exist
	 * @throws {OutcomeUnknownError} if the outcome of an earlier attempt, or the status of a clip to reuse, stays
	 * unknown
	 */
	async getOrCreate(input: CreateClipInput): Promise<ClipResult> {
		if (!input.reuse) return await this.createOnce(input);
		const clipKey = clipKeyOf(criteriaOf(input));
		const ownResult = this.results.get(clipKey);
		if (ownResult) return this.reuse(input, ownResult);
		// Two items or executions may request the same clip before a lookup can find it.
		const inFlight = this.inFlight.get(clipKey);
		if (!inFlight) {
			const request = this.createOnce(input).finally(() => this.inFlight.delete(clipKey));
			this.inFlight.set(clipKey, { request, signal: this.signal });
			return await request;
		}
		const outcome = await raceAbort(
			inFlight.request.then(
				(result) => ({ result }),
				(error: unknown) => ({ error }),
			),
			this.signal,
		);
		if (!outcome) return await this.createOnce(input);
		if ('result' in outcome) return this.reuse(input, outcome.result);
		if (isOutcomeUnknown(outcome.error)) {
			// The API does not respond. All who wait would find that out one after the other.
			if (inFlight.signal?.aborted !== true) throw outcome.error;
			// The API may still process the request of the stopped execution.
			await this.delay(LOOKUP_DELAYS_MS[0] ?? 0);
		}
		// Any other error belongs to the item that caused it.
		return await this.getOrCreate(input);
	}

	/** Also stores the result: a retry may have other times. */
	private reuse(input: CreateClipInput, other: ClipResult): ClipResult {
		const result = reused(other);
		this.track(result);
		this.store.set(input.key, { status: 'created', result });
		return result;
	}

	private async createOnce(input: CreateClipInput): Promise<ClipResult> {
		const result = await createOnce(this.store, input.key, {
			name: 'the clip',
			request: input.request,
			send: async (request) => await this.postClip({ ...input, request }),
			lookup: async (request) => await this.lookup({ ...input, request }),
			findExisting: async (request) => (input.reuse ? await this.findExisting({ ...input, request }) : undefined),
		});
		this.track(result);
		return result;
	}

	private track(result: ClipResult): void {
		const { streamId, title, clipId, contentId } = result.clip;
		this.results.set(clipKeyOf(result.clip), result);
		for (const id of [clipId, contentId]) if (id !== null) this.createdIds.add(id);
		if (clipId === null) this.titlesWithUnknownId.add(titleKey(streamId, title));
	}

	/** Finds the clip of a request with an unknown outcome. */
	private async lookup(input: CreateClipInput): Promise<Lookup<ClipResult>> {
		const lookup = await this.findUntilCertain(input, clipReference(input));
		if (lookup.status === 'found') return { status: 'found', value: clipResult(input, lookup, true) };
		return lookup.status === 'ambiguous' ? { status: 'ambiguous', id: lookup.clipId } : { status: 'absent' };
	}

	private async findExisting(input: CreateClipInput): Promise<ClipResult | undefined> {
		const firstLookup = await this.find(input);
		// Whether a processing clip with the same title is the same clip is certain once it is ready.
		const lookup = firstLookup.status === 'ambiguous' ? await this.findUntilCertain(input) : firstLookup;
		// If this execution has created a clip with this title, the processing clip may be that one.
		const hasOwnClip = this.titlesWithUnknownId.has(titleKey(input.streamId, input.request.title));
		if (lookup.status === 'ambiguous' && !hasOwnClip) {
			throw new OutcomeUnknownError(
				'A clip with the same title is still processing, and may be the same clip',
				'Run the node again when it is ready, or set If Clip Exists to Create Another to create the clip anyway.',
			);
		}
		return lookup.status === 'found' ? clipResult(input, lookup, false) : undefined;
	}

	private async postClip(input: CreateClipInput): Promise<ClipResult> {
		const { streamId, request } = input;
		// Metadata that was copied from another clip may contain the reference of that clip.
		const ownMetadata = (request.metadata ?? []).filter((entry) => entry.key !== CLIP_REFERENCE_KEY);
		const metadata = [...ownMetadata, { key: CLIP_REFERENCE_KEY, value: clipReference(input) }];
		const created = await this.client.createClip(streamId, { ...request, metadata });
		return clipResult(input, created.clipId === null ? await this.resolveIds(input) : created, true, created.raw);
	}

	/** Finds the IDs that the response to Create Clip did not contain. Null if they are not certain. */
	private async resolveIds(input: CreateClipInput): Promise<ClipIds> {
		const unknownIds = { clipId: null, contentId: null };
		const lookup = await this.find(input, clipReference(input)).catch(() => undefined);
		return lookup === undefined || lookup.status === 'absent' ? unknownIds : lookup;
	}

	private async find(input: CreateClipInput, reference?: string): Promise<LookupResult> {
		return await this.clipLookup.find(this.client, criteriaOf(input), { reference, excludedIds: this.createdIds });
	}

	/** Repeats the lookup until the result is certain or the delays are used up. A failed lookup proves nothing. */
	private async findUntilCertain(input: CreateClipInput, reference?: string): Promise<LookupResult> {
		let lastLookup: LookupResult = { status: 'ambiguous', clipId: null, contentId: null };
		let absentLookups = 0;
		for (const delayMs of LOOKUP_DELAYS_MS) {
			if (!(await this.delay(delayMs))) break;
			const lookup = await this.find(input, reference).catch(() => undefined);
			if (lookup?.status === 'found') return lookup;
			if (lookup?.status === 'absent' && ++absentLookups >= MIN_ABSENT_LOOKUPS) return lookup;
			if (lookup?.status === 'ambiguous') lastLookup = lookup;
		}
		return lastLookup;
	}
}

function clipReference({ key, request: { startTime, endTime } }: CreateClipInput): string {
	return shortHash([key, startTime, endTime]);
}

function clipKeyOf({ streamId, title, startTime, endTime }: ClipCriteria): string {
	return JSON.stringify([streamId, title, startTime, endTime]);
}

function titleKey(streamId: string, title: string): string {
	return JSON.stringify([streamId, title]);
}

function criteriaOf({ streamId, request: { title, startTime, endTime } }: CreateClipInput): ClipCriteria {
	return { streamId, title, startTime, endTime };
}

/** A copy, because the result may belong to another execution. */
function reused(result: ClipResult): ClipResult {
	const { clip, response } = deepCopy(result);
	return { clip: { ...clip, created: false }, response };
}

function clipResult(
	input: CreateClipInput,
	{ clipId, contentId }: ClipIds,
	created: boolean,
	response: IDataObject = {},
): ClipResult {
	const pendingState = { status: 'processing', playbackUrl: null, thumbnailUrl: null } as const;
	return { clip: { ...criteriaOf(input), clipId, contentId, ...pendingState, created }, response };
}
