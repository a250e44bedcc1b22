import fc from 'fast-check';
import type { Content } from '../../nodes/Videograph/api/types';
import { applyPage, INITIAL_VIDEO_STATE, PAGE_SIZE, type VideoState } from '../../nodes/Videograph/trigger/videoState';

const MINUTE_MS = 60_000;
const BEGIN = Date.parse('2026-11-23T20:31:00Z');

interface Video {
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
	/** How many videos exist when watching begins. */
	existing: number;
	steps: Array<{ added: number; takes: number; deleted: number; crashes: boolean }>;
}

const accounts: fc.Arbitrary<Account> = fc.record({
	newestFirst: fc.boolean(),
	ignoresPaging: fc.boolean(),
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
	private videos: Video[];
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
		const { start } = this.state;
		const page = (this.account.ignoresPaging ? list : list.slice(start, start + PAGE_SIZE)).map((video) =>
			this.content(video),
		);
		const { videos, finished } = applyPage(this.state, page);
		this.state = videos;
		const events = finished.filter(({ isPreexisting }) => !isPreexisting);
		for (const { content, status } of events) {
			this.emitted.set(content.contentId, [...(this.emitted.get(content.contentId) ?? []), status]);
		}
		if (events.length > 0) this.saved = structuredClone(videos);
	}

	private content({ contentId, createdMs, doneMs, fails }: Video): Content {
		const status = this.now < doneMs ? 'Processing' : fails ? 'Failed' : 'Ready';
		return { contentId, created_at: createdMs, status };
	}

	private createVideo(createdMs: number, takes: number): Video {
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
		const firstSeen = this.account.newestFirst && !this.account.ignoresPaging ? this.account.existing - PAGE_SIZE : 0;
		for (const { contentId, doneMs, fails } of this.videos) {
			const index = Number(contentId.slice('video-'.length)) - 1;
			if (doneMs > BEGIN && index >= firstSeen) due.set(contentId, [fails ? 'failed' : 'ready']);
		}
		return due;
	}

	/** Polls until every video has finished and was polled. */
	settle(): void {
		for (let minute = 0; minute < 150; minute++) this.step({ added: 0, takes: 0, deleted: 0, crashes: false });
	}

	get size(): number {
		return Object.keys(this.state.retained).length;
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
			{ numRuns: 40, endOnFailure: true },
		);
	});

	test('is capped at 1,000 videos', () => {
		const simulation = new Simulation({ newestFirst: true, ignoresPaging: true, existing: 3000, steps: [] });
		simulation.settle();
		expect(simulation.size).toBe(1000);
		expect([...simulation.emitted.keys()].sort()).toEqual([...simulation.due().keys()].sort());
	});

	test('accepts unexpected IDs and times', () => {
		const page = [
			{ contentId: '__proto__', status: 'Processing' },
			{ contentId: 'constructor', status: 'Processing', created_at: 'yesterday' as never },
		];
		const first = applyPage(INITIAL_VIDEO_STATE, page).videos;
		const { finished } = applyPage(
			structuredClone(first),
			page.map((content) => ({ ...content, status: 'Ready' })),
		);
		expect(finished.map(({ content }) => content.contentId)).toEqual(['__proto__', 'constructor']);
	});
});
