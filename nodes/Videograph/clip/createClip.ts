import type { VideographClient } from '../api/client';
import type { ClipRequest, CreateClipResponse } from '../api/types';
import { shortHash } from '../utils/hash';
import { withMayExistAdvice, refuseToResend, OutcomeUnknownError } from '../idempotency/outcomeUnknownError';
import { CLIP_REFERENCE_KEY } from '../idempotency/clipReference';
import type { ExecutionStore } from '../idempotency/executionStore';
import { readClipIds, type Clip, type ClipIds, type ClipCriteria } from './clip';
import { ClipLookup, type LookupResult } from './clipLookup';

/** One clip to make. */
export interface CreateClipInput {
	streamId: string;
	request: ClipRequest;
	/** What names the order among all: the same each time that it is given again, though its times may differ then. */
	key: string;
	/** Whether the clip carries its reference in its metadata. */
	marked: boolean;
	/** Whether a clip of the same stream, title and range that exists already is taken instead. */
	reuse: boolean;
}

/** A clip that was made, with the API's answer as it came; it is empty where the answer was lost. */
export interface ClipResult {
	clip: Clip;
	response: CreateClipResponse;
}

/** What is kept of an order between the tries of one execution. */
export interface StoredClip {
	/** What was sent, or is about to be: another try may see another moment as now. */
	request: ClipRequest;
	/** undefined: it is not known whether it was carried out. */
	result?: ClipResult;
}

/** How often a request whose answer was lost, and whose clip is surely not there, is sent at most. */
const MAX_ATTEMPTS = 3;
/** Waits before each look for a clip, in milliseconds. The first two suffice where nothing looks like it. */
const LOOKUP_DELAYS_MS = [1000, 2000, 4000, 8000, 15_000, 30_000];
const MIN_ABSENT_LOOKUPS = 2;

/** Makes clips so that no order makes two. */
export class ClipCreator {
	/** Clips that this run makes or has made, by what tells them apart. */
	private readonly inFlight = new Map<string, Promise<ClipResult>>();
	/** Ids of those clips and of their videos; another order's clip is none of them. */
	private readonly createdIds = new Set<string>();
	/** Streams and titles of which this run has made clips whose ids are not known: in a list they may be any of the title. */
	private readonly titlesWithUnknownId = new Set<string>();
	private readonly clipLookup: ClipLookup;

	constructor(
		private readonly client: VideographClient,
		private readonly store: ExecutionStore<StoredClip>,
		private readonly delay: (milliseconds: number) => Promise<boolean>,
	) {
		this.clipLookup = new ClipLookup(client);
	}

	/** The clip that an earlier try of this execution has made of an order. */
	restore(key: string): ClipResult | undefined {
		const clipResult = this.store.get(key)?.result;
		if (!clipResult) return undefined;
		this.trackIds(clipResult.clip);
		this.inFlight.set(inFlightKey(clipResult.clip), Promise.resolve(clipResult));
		return clipResult;
	}

	/**
	 * Makes a clip, or gives the one that was made of this order before.
	 *
	 * @throws {NodeApiError} where the API refuses or fails, and where it cannot be told whether the clip was made
	 * @throws {OutcomeUnknownError} where that still cannot be told of an earlier try, or of a clip that is to be taken
	 */
	async getOrCreate(order: CreateClipInput): Promise<ClipResult> {
		if (!order.reuse) return await this.createOnce(order);
		// Two items of one run may ask for the same clip at once, before either could be found.
		const same = inFlightKey(criteriaOf(order));
		const first = this.inFlight.get(same);
		if (first) {
			// A failure belongs to the item that met it: this one tries for itself.
			const made = await first.catch(() => undefined);
			return made ? { ...made, clip: { ...made.clip, created: false } } : await this.getOrCreate(order);
		}
		const making = this.createOnce(order);
		this.inFlight.set(same, making);
		making.catch(() => this.inFlight.delete(same));
		return await making;
	}

	private async createOnce(order: CreateClipInput): Promise<ClipResult> {
		const { key } = order;
		const kept = this.store.get(key);
		if (kept?.result) return kept.result;
		const same = kept ? { ...order, request: kept.request } : order;
		const result = (await this.findExisting(same, kept !== undefined)) ?? (await this.postClip(same));
		this.store.set(key, { request: same.request, result });
		this.trackIds(result.clip);
		return result;
	}

	private trackIds({ streamId, title, clipId, contentId }: Clip): void {
		for (const id of [clipId, contentId]) if (id !== null) this.createdIds.add(id);
		if (clipId === null) this.titlesWithUnknownId.add(titleKey(streamId, title));
	}

	private async findExisting(order: CreateClipInput, wasSent: boolean): Promise<ClipResult | undefined> {
		if (wasSent) {
			const result = await this.findUntilCertain(order, clipReference(order));
			if (result.status === 'found') return clipResult(order, result, true);
			if (result.status === 'ambiguous') throw refuseToResend('the clip');
		}
		if (!order.reuse) return undefined;
		const result = await this.find(order);
		// Its own title, still being made: whether it is the same clip shows once it is ready.
		const sure = result.status === 'ambiguous' ? await this.findUntilCertain(order) : result;
		// The one that is being made may be of this run, and then it is another order's.
		if (sure.status === 'ambiguous' && !this.titlesWithUnknownId.has(titleKey(order.streamId, order.request.title))) {
			throw new OutcomeUnknownError(
				'A clip of the same title is still being made, and Videograph does not tell yet whether it is this one',
				'Run the node again when it is ready. To make the clip without looking, set If the Clip Exists to Make Another.',
			);
		}
		return sure.status === 'found' ? clipResult(order, sure, false) : undefined;
	}

	private async postClip(order: CreateClipInput): Promise<ClipResult> {
		const { streamId, request, key, marked } = order;
		const reference = clipReference(order);
		// The reference of another clip, whose metadata somebody has handed on, would mislead.
		const own = (request.metadata ?? []).filter(({ key: name }) => name !== CLIP_REFERENCE_KEY);
		const metadata = marked ? [...own, { key: CLIP_REFERENCE_KEY, value: reference }] : own;
		const body = { ...request, ...(request.metadata || marked ? { metadata } : {}) };
		for (let count = 1; ; count++) {
			this.store.set(key, { request });
			const sent = await this.client.createClip(streamId, body);
			if ('response' in sent) {
				const named = readClipIds(sent.response);
				return clipResult(order, named.clipId === null ? await this.resolveIds(order) : named, true, sent.response);
			}
			if (!sent.outcomeUnknown) {
				this.store.set(key, undefined);
				throw sent.error;
			}
			const result = await this.findUntilCertain(order, reference);
			if (result.status === 'found') return clipResult(order, result, true);
			if (result.status === 'ambiguous' || count >= MAX_ATTEMPTS) {
				const id = result.status === 'ambiguous' ? result.clipId : null;
				throw withMayExistAdvice(sent.error, 'the clip', id === null ? '' : `It may be ${id}.`);
			}
		}
	}

	/** The ids of a clip that the answer to its creation did not name: null where they cannot be told, but never wrong. */
	private async resolveIds(order: CreateClipInput): Promise<ClipIds> {
		const unknown = { clipId: null, contentId: null };
		const result = await this.find(order, clipReference(order)).catch(() => undefined);
		return result === undefined || result.status === 'absent' ? unknown : result;
	}

	private async find(order: CreateClipInput, reference?: string): Promise<LookupResult> {
		return await this.clipLookup.find(criteriaOf(order), { reference, excludedIds: this.createdIds });
	}

	/** Looks until it is sure whether the clip exists, or patience ends. A look that fails tells nothing. */
	private async findUntilCertain(order: CreateClipInput, reference?: string): Promise<LookupResult> {
		let result: LookupResult = { status: 'ambiguous', clipId: null, contentId: null };
		let notSeen = 0;
		for (const wait of LOOKUP_DELAYS_MS) {
			if (!(await this.delay(wait))) break;
			const find = await this.find(order, reference).catch(() => undefined);
			if (find?.status === 'found') return find;
			if (find?.status === 'absent' && ++notSeen >= MIN_ABSENT_LOOKUPS) return find;
			if (find?.status === 'ambiguous') result = find;
		}
		return result;
	}
}

function clipReference({ key, request: { startTime, endTime } }: CreateClipInput): string {
	return shortHash([key, startTime, endTime]);
}

function inFlightKey({ streamId, title, startTime, endTime }: ClipCriteria): string {
	return JSON.stringify([streamId, title, startTime, endTime]);
}

/** What the list of a stream's clips tells them by. */
function titleKey(streamId: string, title: string): string {
	return JSON.stringify([streamId, title]);
}

function criteriaOf({ streamId, request: { title, startTime, endTime } }: CreateClipInput): ClipCriteria {
	return { streamId, title, startTime, endTime };
}

function clipResult(order: CreateClipInput, { clipId, contentId }: ClipIds, created: boolean, response: CreateClipResponse = {}): ClipResult {
	const pending = { status: 'processing', playbackUrl: null, thumbnailUrl: null } as const;
	return { clip: { ...criteriaOf(order), clipId, contentId, ...pending, created }, response };
}
