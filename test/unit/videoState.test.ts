import fc from 'fast-check';
import type { Content } from '../../nodes/Videograph/api/types';
import { INITIAL_VIDEO_STATE, applyPage, PAGE_SIZE, type VideoState } from '../../nodes/Videograph/trigger/videoState';

const MINUTE_MS = 60_000;
const BEGIN = Date.parse('2026-11-23T20:31:00Z');

interface Video {
	contentId: string;
	createdMs: number;
	/** When it is ready, or has failed. */
	doneMs: number;
	fails: boolean;
}

/** What an account has to tell, and how. */
interface Account {
	newestFirst: boolean;
	ignoresPaging: boolean;
	/** How many videos are there at first. */
	existing: number;
	steps: Array<{ added: number; takes: number; deleted: number; crashes: boolean }>;
}

const accounts: fc.Arbitrary<Account> = fc.record({
	newestFirst: fc.boolean(),
	ignoresPaging: fc.boolean(),
	existing: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 90, max: 110 }), fc.integer({ min: 0, max: 700 })),
	steps: fc.array(
		fc.record({
			added: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 3 }) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 150 }) }),
			takes: fc.integer({ min: 0, max: 90 }),
			deleted: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }) }),
			crashes: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
		}),
		{ minLength: 10, maxLength: 40, size: 'max' },
	),
});

/** An account, what was told of its videos, and what was due. */
class Play {
	readonly told = new Map<string, string[]>();
	private videos: Video[];
	private now = BEGIN;
	private memory: VideoState = INITIAL_VIDEO_STATE;
	private saved: VideoState = INITIAL_VIDEO_STATE;
	private count = 0;

	constructor(private readonly account: Account) {
		this.videos = Array.from({ length: account.existing }, (_, index) =>
			this.make(BEGIN - (account.existing - index) * MINUTE_MS, index % 40),
		);
		this.look();
		while (this.memory.isFirstPass) this.look();
		this.saved = this.memory;
	}

	step({ added, takes, deleted, crashes }: Account['steps'][number]): void {
		this.now += MINUTE_MS;
		for (let index = 0; index < added; index++) this.videos.push(this.make(this.now + index, takes));
		const done = this.videos.filter(({ doneMs }) => doneMs < this.now - 60 * MINUTE_MS);
		this.videos = this.videos.filter((video) => !done.slice(0, deleted).includes(video));
		if (crashes) this.memory = structuredClone(this.saved);
		this.look();
	}

	/** The list as the server gives it: the order of creation, or the other way round. */
	private look(): void {
		const list = this.account.newestFirst ? [...this.videos].reverse() : this.videos;
		const { start } = this.memory;
		const page = (this.account.ignoresPaging ? list : list.slice(start, start + PAGE_SIZE)).map((video) => this.content(video));
		const { videos, finished } = applyPage(this.memory, page);
		this.memory = videos;
		const news = finished.filter(({ isPreexisting }) => !isPreexisting);
		for (const { content, status } of news) {
			this.told.set(content.contentId, [...(this.told.get(content.contentId) ?? []), status]);
		}
		if (news.length > 0) this.saved = structuredClone(videos);
	}

	private content({ contentId, createdMs, doneMs, fails }: Video): Content {
		const status = this.now < doneMs ? 'Processing' : fails ? 'Failed' : 'Ready';
		return { contentId, created_at: createdMs, status };
	}

	private make(createdMs: number, takes: number): Video {
		this.count++;
		return { contentId: `video-${this.count}`, createdMs, doneMs: createdMs + takes * MINUTE_MS, fails: this.count % 7 === 0 };
	}

	/** What had to be told: of those that were not finished when the first look was done, as far as it saw them. */
	due(): Map<string, string[]> {
		const due = new Map<string, string[]>();
		const firstSeen = this.account.newestFirst && !this.account.ignoresPaging ? this.account.existing - PAGE_SIZE : 0;
		for (const { contentId, doneMs, fails } of this.videos) {
			const index = Number(contentId.slice('video-'.length)) - 1;
			if (doneMs > BEGIN && index >= firstSeen) due.set(contentId, [fails ? 'failed' : 'ready']);
		}
		return due;
	}

	/** Goes on until everything is done and has been looked at. */
	settle(): void {
		for (let minute = 0; minute < 150; minute++) this.step({ added: 0, takes: 0, deleted: 0, crashes: false });
	}

	get size(): number {
		return Object.keys(this.memory.known).length;
	}
}

describe('trigger state of videos', () => {
test('emits each ready or failed video once, in any list order', () => {
	fc.assert(
		fc.property(accounts, (account) => {
			const play = new Play(account);
			for (const step of account.steps) play.step(step);
			play.settle();
			const due = play.due();
			expect(new Map([...play.told].filter(([id]) => due.has(id)))).toEqual(due);
			for (const events of play.told.values()) expect(events).toHaveLength(1);
		}),
		{ numRuns: 40, endOnFailure: true },
	);
});

test('is capped at 1,000 videos', () => {
	const play = new Play({ newestFirst: true, ignoresPaging: true, existing: 3000, steps: [] });
	play.settle();
	expect(play.size).toBe(1000);
	expect([...play.told.keys()].sort()).toEqual([...play.due().keys()].sort());
});

test('accepts unexpected IDs and times', () => {
	const page = [
		{ contentId: '__proto__', status: 'Processing' },
		{ contentId: 'constructor', status: 'Processing', created_at: 'yesterday' as never },
	];
	const first = applyPage(INITIAL_VIDEO_STATE, page).videos;
	const { finished } = applyPage(structuredClone(first), page.map((content) => ({ ...content, status: 'Ready' })));
	expect(finished.map(({ content }) => content.contentId)).toEqual(['__proto__', 'constructor']);
});
});
