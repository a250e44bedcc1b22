import type { VideographClient } from '../api/client';
import type { ClipRequest, CreatedClip } from '../api/types';
import { shortHash } from '../shared/hash';
import { mayExist, notAgain, Undecided } from '../shared/undecided';
import { REFERENCE_KEY } from '../video/reference';
import { idsOf, type Clip, type ClipIds, type WantedClip } from './clip';
import { ClipFinder, type Sighting } from './find';

/** One clip to make. */
export interface ClipOrder {
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
export interface MadeClip {
	clip: Clip;
	answer: CreatedClip;
}

/** What is kept of an order between the tries of one execution. */
export interface Kept {
	/** What was sent, or is about to be: another try may see another moment as now. */
	request: ClipRequest;
	/** undefined: it is not known whether it was carried out. */
	made?: MadeClip;
}

export interface Memory<T> {
	get(key: string): T | undefined;
	set(key: string, kept: T | undefined): void;
}

/** How often a request whose answer was lost, and whose clip is surely not there, is sent at most. */
const SENDINGS = 3;
/** Waits before each look for a clip, in milliseconds. The first two suffice where nothing looks like it. */
const LOOKS_MS = [1000, 2000, 4000, 8000, 15_000, 30_000];
const ENOUGH_LOOKS = 2;

/** Makes clips so that no order makes two. */
export class ClipMaker {
	/** Clips that this run makes or has made, by what tells them apart. */
	private readonly underWay = new Map<string, Promise<MadeClip>>();
	/** Ids of those clips and of their videos; another order's clip is none of them. */
	private readonly ids = new Set<string>();
	/** Streams and titles of which this run has made clips whose ids are not known: in a list they may be any of the title. */
	private readonly unnamed = new Set<string>();
	private readonly finder: ClipFinder;

	constructor(
		private readonly client: VideographClient,
		private readonly memory: Memory<Kept>,
		private readonly pause: (milliseconds: number) => Promise<boolean>,
	) {
		this.finder = new ClipFinder(client);
	}

	/** The clip that an earlier try of this execution has made of an order. */
	recall(key: string): MadeClip | undefined {
		const made = this.memory.get(key)?.made;
		if (!made) return undefined;
		this.know(made.clip);
		this.underWay.set(nameOf(made.clip), Promise.resolve(made));
		return made;
	}

	/**
	 * Makes a clip, or gives the one that was made of this order before.
	 *
	 * @throws {NodeApiError} where the API refuses or fails, and where it cannot be told whether the clip was made
	 * @throws {Undecided} where that still cannot be told of an earlier try, or of a clip that is to be taken
	 */
	async make(order: ClipOrder): Promise<MadeClip> {
		if (!order.reuse) return await this.remembered(order);
		// Two items of one run may ask for the same clip at once, before either could be found.
		const same = nameOf(wantedOf(order));
		const first = this.underWay.get(same);
		if (first) {
			// A failure belongs to the item that met it: this one tries for itself.
			const made = await first.catch(() => undefined);
			return made ? { ...made, clip: { ...made.clip, created: false } } : await this.make(order);
		}
		const making = this.remembered(order);
		this.underWay.set(same, making);
		making.catch(() => this.underWay.delete(same));
		return await making;
	}

	private async remembered(order: ClipOrder): Promise<MadeClip> {
		const { key } = order;
		const kept = this.memory.get(key);
		if (kept?.made) return kept.made;
		const same = kept ? { ...order, request: kept.request } : order;
		const made = (await this.existing(same, kept !== undefined)) ?? (await this.created(same));
		this.memory.set(key, { request: same.request, made });
		this.know(made.clip);
		return made;
	}

	private know({ streamId, title, clipId, contentId }: Clip): void {
		for (const id of [clipId, contentId]) if (id !== null) this.ids.add(id);
		if (clipId === null) this.unnamed.add(titleIn(streamId, title));
	}

	private async existing(order: ClipOrder, wasSent: boolean): Promise<MadeClip | undefined> {
		if (wasSent) {
			const sighting = await this.lookUntilSure(order, referenceOf(order));
			if (sighting.seen === 'yes') return made(order, sighting, true);
			if (sighting.seen === 'maybe') throw notAgain('the clip');
		}
		if (!order.reuse) return undefined;
		const sighting = await this.look(order);
		// Its own title, still being made: whether it is the same clip shows once it is ready.
		const sure = sighting.seen === 'maybe' ? await this.lookUntilSure(order) : sighting;
		// The one that is being made may be of this run, and then it is another order's.
		if (sure.seen === 'maybe' && !this.unnamed.has(titleIn(order.streamId, order.request.title))) {
			throw new Undecided(
				'A clip of the same title is still being made, and Videograph does not tell yet whether it is this one',
				'Run the node again when it is ready. To make the clip without looking, set If the Clip Exists to Make Another.',
			);
		}
		return sure.seen === 'yes' ? made(order, sure, false) : undefined;
	}

	private async created(order: ClipOrder): Promise<MadeClip> {
		const { streamId, request, key, marked } = order;
		const reference = referenceOf(order);
		// The reference of another clip, whose metadata somebody has handed on, would mislead.
		const own = (request.metadata ?? []).filter(({ key: name }) => name !== REFERENCE_KEY);
		const metadata = marked ? [...own, { key: REFERENCE_KEY, value: reference }] : own;
		const body = { ...request, ...(request.metadata || marked ? { metadata } : {}) };
		for (let count = 1; ; count++) {
			this.memory.set(key, { request });
			const sent = await this.client.createClip(streamId, body);
			if ('answer' in sent) {
				const named = idsOf(sent.answer);
				return made(order, named.clipId === null ? await this.identified(order) : named, true, sent.answer);
			}
			if (!sent.mayHaveArrived) {
				this.memory.set(key, undefined);
				throw sent.error;
			}
			const sighting = await this.lookUntilSure(order, reference);
			if (sighting.seen === 'yes') return made(order, sighting, true);
			if (sighting.seen === 'maybe' || count >= SENDINGS) {
				const id = sighting.seen === 'maybe' ? sighting.clipId : null;
				throw mayExist(sent.error, 'the clip', id === null ? '' : `It may be ${id}.`);
			}
		}
	}

	/** The ids of a clip that the answer to its creation did not name: null where they cannot be told, but never wrong. */
	private async identified(order: ClipOrder): Promise<ClipIds> {
		const unknown = { clipId: null, contentId: null };
		const sighting = await this.look(order, referenceOf(order)).catch(() => undefined);
		return sighting === undefined || sighting.seen === 'no' ? unknown : sighting;
	}

	private async look(order: ClipOrder, reference?: string): Promise<Sighting> {
		return await this.finder.look(wantedOf(order), { reference, others: this.ids });
	}

	/** Looks until it is sure whether the clip exists, or patience ends. A look that fails tells nothing. */
	private async lookUntilSure(order: ClipOrder, reference?: string): Promise<Sighting> {
		let sighting: Sighting = { seen: 'maybe', clipId: null, contentId: null };
		let notSeen = 0;
		for (const wait of LOOKS_MS) {
			if (!(await this.pause(wait))) break;
			const look = await this.look(order, reference).catch(() => undefined);
			if (look?.seen === 'yes') return look;
			if (look?.seen === 'no' && ++notSeen >= ENOUGH_LOOKS) return look;
			if (look?.seen === 'maybe') sighting = look;
		}
		return sighting;
	}
}

function referenceOf({ key, request: { startTime, endTime } }: ClipOrder): string {
	return shortHash([key, startTime, endTime]);
}

function nameOf({ streamId, title, startTime, endTime }: WantedClip): string {
	return JSON.stringify([streamId, title, startTime, endTime]);
}

/** What the list of a stream's clips tells them by. */
function titleIn(streamId: string, title: string): string {
	return JSON.stringify([streamId, title]);
}

function wantedOf({ streamId, request: { title, startTime, endTime } }: ClipOrder): WantedClip {
	return { streamId, title, startTime, endTime };
}

function made(order: ClipOrder, { clipId, contentId }: ClipIds, created: boolean, answer: CreatedClip = {}): MadeClip {
	const pending = { status: 'processing', playbackUrl: null, thumbnailUrl: null } as const;
	return { clip: { ...wantedOf(order), clipId, contentId, ...pending, created }, answer };
}
