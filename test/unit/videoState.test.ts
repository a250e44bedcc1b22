import fc from 'fast-check';
import { decodeVideo, type Video } from '../../nodes/Videograph/api/decode';
import {
	applyPage,
	findFinished,
	type FinishedVideo,
	INITIAL_VIDEO_STATE,
	type VideoState,
} from '../../nodes/Videograph/trigger/videoState';
import { PAGE_SIZE } from '../../nodes/Videograph/video/listVideos';
import { cases } from '../cases';

const MINUTE_MS = 60_000;
const NONE_UNREADABLE = { unreadableIds: new Set<string>() };
const BEGIN = Date.parse('2026-11-23T20:31:00Z');

interface SimulatedVideo {
	contentId: string;
	createdMs: number;
	/** When it is ready, or has failed. */
	doneMs: number;
	fails: boolean;
}

/** The videos of an account, and how its list behaves. */
interface Account {
	newestFirst: boolean;
	ignoresPaging: boolean;
	/** How many videos the server returns per page at most. */
	cap: number;
	/** How many pages a poll reads at most: n8n limits its time. */
	pagesPerPoll: number;
	includeExisting: boolean;
	/** How many videos exist when watching begins. */
	existing: number;
	steps: Array<{ added: number; takes: number; deleted: number; crashes: boolean }>;
}

const accounts: fc.Arbitrary<Account> = fc.record({
	newestFirst: fc.boolean(),
	ignoresPaging: fc.boolean(),
	cap: fc.constantFrom(PAGE_SIZE, 20),
	pagesPerPoll: fc.constantFrom(100, 3),
	includeExisting: fc.boolean(),
	existing: fc.oneof(
		fc.integer({ min: 0, max: 5 }),
		fc.integer({ min: 90, max: 110 }),
		fc.integer({ min: 0, max: 700 }),
	),
	steps: fc.array(
		fc.record({
			added: fc.oneof(
				{ weight: 5, arbitrary: fc.integer({ min: 0, max: 3 }) },
				{ weight: 1, arbitrary: fc.integer({ min: 0, max: 150 }) },
			),
			takes: fc.integer({ min: 0, max: 90 }),
			deleted: fc.oneof(
				{ weight: 5, arbitrary: fc.constant(0) },
				{ weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }) },
			),
			crashes: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
		}),
		{ minLength: 10, maxLength: 40, size: 'max' },
	),
});

/** An account, the events emitted for its videos, and the expected ones. */
class Simulation {
	readonly emitted = new Map<string, string[]>();
	private videos: SimulatedVideo[];
	private now = BEGIN;
	private state: VideoState = INITIAL_VIDEO_STATE;
	private saved: VideoState = INITIAL_VIDEO_STATE;
	private count = 0;

	constructor(private readonly account: Account) {
		this.videos = Array.from({ length: account.existing }, (_, index) =>
			this.createVideo(BEGIN - (account.existing - index) * MINUTE_MS, index % 40),
		);
		this.poll();
		while (this.state.isFirstPass) this.poll();
		this.saved = this.state;
	}

	step({ added, takes, deleted, crashes }: Account['steps'][number]): void {
		this.now += MINUTE_MS;
		for (let index = 0; index < added; index++) this.videos.push(this.createVideo(this.now + index, takes));
		const done = this.videos.filter(({ doneMs }) => doneMs < this.now - 60 * MINUTE_MS);
		this.videos = this.videos.filter((video) => !done.slice(0, deleted).includes(video));
		if (crashes) this.state = structuredClone(this.saved);
		this.poll();
	}

	/** Lists the videos oldest first or newest first, and applies a page. */
	private poll(): void {
		const list = this.account.newestFirst ? [...this.videos].reverse() : this.videos;
		const { ignoresPaging, cap, pagesPerPoll, includeExisting } = this.account;
		const passIds = new Set<string>();
		const events: FinishedVideo[] = [];
		for (let count = 1; count <= pagesPerPoll; count++) {
			const { start } = this.state;
			const listed = ignoresPaging ? list : list.slice(start, start + cap);
			const page = listed.map((video) => this.decoded(video));
			const finished = findFinished(this.state, page);
			events.push(...finished.filter(({ isPreexisting }) => !isPreexisting || includeExisting));
			const applied = applyPage(this.state, page, { ...NONE_UNREADABLE, passIds, readsAll: includeExisting });
			this.state = applied.state;
			if (applied.isPassOver) break;
			if (applied.state.pass) for (const { id } of page) passIds.add(id);
			else passIds.clear();
		}
		for (const { video, status } of events) {
			this.emitted.set(video.id, [...(this.emitted.get(video.id) ?? []), status]);
		}
		if (events.length > 0) this.saved = structuredClone(this.state);
	}

	private decoded({ contentId, createdMs, doneMs, fails }: SimulatedVideo): Video {
		const status = this.now < doneMs ? 'Processing' : fails ? 'Failed' : 'Ready';
		return decodeVideo({ contentId, created_at: createdMs, status });
	}

	private createVideo(createdMs: number, takes: number): SimulatedVideo {
		this.count++;
		return {
			contentId: `video-${this.count}`,
			createdMs,
			doneMs: createdMs + takes * MINUTE_MS,
			fails: this.count % 7 === 0,
		};
	}

	/** The expected events: of the videos that the first pass saw unfinished, and of all later ones. */
	due(): Map<string, string[]> {
		const due = new Map<string, string[]>();
		const { newestFirst, ignoresPaging, existing, cap, includeExisting } = this.account;
		const firstSeen = newestFirst && !ignoresPaging && !includeExisting ? existing - cap : 0;
		for (const { contentId, doneMs, fails } of this.videos) {
			const index = Number(contentId.slice('video-'.length)) - 1;
			const isExpected = includeExisting || doneMs > BEGIN;
			if (isExpected && index >= firstSeen) due.set(contentId, [fails ? 'failed' : 'ready']);
		}
		return due;
	}

	/** Polls until every video has finished and was polled. */
	settle(): void {
		const { cap, pagesPerPoll } = this.account;
		const minutes = 150 + (4 * this.count) / (cap * pagesPerPoll);
		for (let minute = 0; minute < minutes; minute++) this.step({ added: 0, takes: 0, deleted: 0, crashes: false });
	}

	get size(): number {
		return this.state.retained.length;
	}
}

describe('trigger state of videos', () => {
	test('emits each ready or failed video once, in any list order', () => {
		fc.assert(
			fc.property(accounts, (account) => {
				const simulation = new Simulation(account);
				for (const step of account.steps) simulation.step(step);
				simulation.settle();
				const due = simulation.due();
				expect(new Map([...simulation.emitted].filter(([id]) => due.has(id)))).toEqual(due);
				for (const events of simulation.emitted.values()) expect(events).toHaveLength(1);
			}),
			{ numRuns: cases(40), endOnFailure: true },
		);
	});

	test('is capped at 1,000 videos', () => {
		const simulation = new Simulation({
			newestFirst: true,
			ignoresPaging: true,
			cap: PAGE_SIZE,
			pagesPerPoll: 100,
			includeExisting: false,
			existing: 3000,
			steps: [],
		});
		simulation.settle();
		expect(simulation.size).toBe(1000);
		expect([...simulation.emitted.keys()].sort()).toEqual([...simulation.due().keys()].sort());
	});

	test('accepts unexpected IDs and times', () => {
		const page = [
			{ contentId: '__proto__', status: 'Processing' },
			{ contentId: 'constructor', status: 'Processing', created_at: 'yesterday' },
		].map(decodeVideo);
		const context = { ...NONE_UNREADABLE, passIds: new Set<string>(), readsAll: false };
		const first = applyPage(INITIAL_VIDEO_STATE, page, context).state;
		const finished = findFinished(
			structuredClone(first),
			page.map((video) => ({ ...video, status: 'ready' as const })),
		);
		expect(finished.map(({ video }) => video.id)).toEqual(['__proto__', 'constructor']);
	});
});
