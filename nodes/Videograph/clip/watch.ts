import type { VideographClient } from '../api/client';
import type { ClipListItem, Content } from '../api/types';
import { runPool } from '../shared/pool';
import { textOrNull } from '../shared/values';
import type { Clip } from './clip';
import { lookForClip } from './find';
import { statusOf, statusOfItem } from './known';

/** A clip that somebody waits for. */
interface Waiting {
	clip: Clip;
	/** Epoch milliseconds. */
	deadline: number;
	resolve: (clip: Clip) => void;
	reject: (error: unknown) => void;
}

/** Milliseconds between two ticks: a clip takes seconds to minutes, and what took long will take longer. */
const TICK = { firstMs: 2000, factor: 1.25, mostMs: 10_000 };
/** Failed ticks in a row that are survived. */
const SURVIVED = 3;
/** From how many ready clips on their videos are read from the list of videos, a page of this size, at first. */
const BULK = { from: 3, page: 100 };
const AT_ONCE = 5;

/**
 * Waits for clips until they are ready: all clips of a stream for one call a tick. It ticks while anybody waits.
 */
export class ClipWatch {
	private readonly waiting = new Map<string, Waiting[]>();
	private ticking = false;

	/** @param pause sleeps that many milliseconds, and tells whether the execution goes on */
	constructor(
		private readonly client: VideographClient,
		private readonly pause: (milliseconds: number) => Promise<boolean>,
	) {}

	/**
	 * @param timeoutMs how long to wait, in milliseconds
	 * @returns the clip as it is in the end: ready, failed, or still processing where the time or the execution ended
	 * @throws {NodeApiError} where the API failed in several ticks in a row
	 */
	async wait(clip: Clip, timeoutMs: number): Promise<Clip> {
		return await new Promise((resolve, reject) => {
			const one = { clip, deadline: Date.now() + timeoutMs, resolve, reject };
			this.waiting.set(clip.streamId, [...(this.waiting.get(clip.streamId) ?? []), one]);
			if (!this.ticking) void this.tickOn();
		});
	}

	private async tickOn(): Promise<void> {
		this.ticking = true;
		const failures = new Map<string, number>();
		for (let wait = TICK.firstMs; this.waiting.size > 0; wait = Math.min(wait * TICK.factor, TICK.mostMs)) {
			const deadlines = [...this.waiting.values()].flat().map(({ deadline }) => deadline);
			const goesOn = await this.pause(Math.min(wait, Math.min(...deadlines) - Date.now()));
			if (!goesOn) break;
			await Promise.all([...this.waiting.keys()].map(async (streamId) => await this.tick(streamId, failures)));
		}
		for (const { clip, resolve } of [...this.waiting.values()].flat()) resolve(clip);
		this.waiting.clear();
		this.ticking = false;
	}

	private async tick(streamId: string, failures: Map<string, number>): Promise<void> {
		const waiting = this.waiting.get(streamId) ?? [];
		try {
			await this.look(streamId, waiting);
			failures.delete(streamId);
		} catch (error) {
			const count = (failures.get(streamId) ?? 0) + 1;
			failures.set(streamId, count);
			if (count > SURVIVED) {
				for (const { reject } of waiting) reject(error);
				this.keep(streamId, (one) => !waiting.includes(one));
			}
		}
		const now = Date.now();
		for (const { clip, resolve } of waiting.filter(({ deadline }) => deadline <= now)) resolve(clip);
		this.keep(streamId, ({ clip, deadline }) => clip.status === 'processing' && deadline > now);
	}

	/** Brings the clips of a stream up to date, and settles those that are ready or failed. */
	private async look(streamId: string, waiting: Waiting[]): Promise<void> {
		const list = await this.client.listClips(streamId);
		const asked: Waiting[] = [];
		for (const one of waiting) {
			const entry = list?.find((item) => isOf(item, one.clip));
			if (entry) one.clip = { ...one.clip, clipId: entry.clipUUID, contentId: textOrNull(entry.contentUUID) ?? one.clip.contentId };
			const status = entry && statusOfItem(entry);
			if (status === 'failed') settle(one, { status });
			else if (entry ? status === 'ready' : one.clip.contentId !== null) asked.push(one);
			else if (one.clip.clipId === null || !list) await this.identify(one, asked);
		}
		await this.complete(asked);
	}

	/** A clip that the list does not tell, because its id is not known or there is no list, may be found by its video. */
	private async identify(one: Waiting, asked: Waiting[]): Promise<void> {
		const sighting = await lookForClip(this.client, one.clip);
		if (sighting.seen !== 'yes') return;
		one.clip = { ...one.clip, clipId: one.clip.clipId ?? sighting.clipId, contentId: sighting.contentId };
		asked.push(one);
	}

	/** Adds what only the clip's video tells. */
	private async complete(asked: Waiting[]): Promise<void> {
		const known = new Map<string, Content>();
		if (asked.length >= BULK.from) {
			for (const content of await this.client.listContents(0, BULK.page)) known.set(content.contentId, content);
		}
		const tasks = asked.map((one) => async () => {
			const { contentId } = one.clip;
			if (contentId === null) {
				settle(one, { status: 'ready' });
				return;
			}
			const listed = known.get(contentId);
			// One that is still being made tells nothing more when it is asked for alone.
			const isTold = listed?.status !== undefined && (listed.status !== 'Ready' || listed.playbackUrl);
			const content = isTold ? listed : await this.client.getContent(contentId);
			const status = statusOf(content.status);
			if (status !== 'processing') settle(one, { status, ...linksOf(content) });
		});
		await runPool(tasks, AT_ONCE);
	}

	private keep(streamId: string, wanted: (one: Waiting) => boolean): void {
		const left = (this.waiting.get(streamId) ?? []).filter(wanted);
		if (left.length > 0) this.waiting.set(streamId, left);
		else this.waiting.delete(streamId);
	}
}

function settle(one: Waiting, end: Partial<Clip>): void {
	one.clip = { ...one.clip, ...end };
	one.resolve(one.clip);
}

function isOf({ clipUUID, contentUUID }: ClipListItem, { clipId, contentId }: Clip): boolean {
	return clipUUID === clipId || (contentId !== null && contentUUID === contentId);
}

function linksOf({ playbackUrl, thumbnailUrl }: Content) {
	return { playbackUrl: textOrNull(playbackUrl), thumbnailUrl: textOrNull(thumbnailUrl) };
}
