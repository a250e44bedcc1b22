import type { VideographClient } from '../api/client';
import type { Content } from '../api/types';
import { Ticks, type Waiting } from '../shared/ticks';
import { listVideos } from '../video/list';

/**
 * An uploaded file that becomes a video. No answer of the API tells which one: that the video gets the name of the file
 * as its title was only observed, and is a guess.
 */
export interface Upload {
	fileName: string;
	/** When the upload began, in epoch milliseconds by the clock of this machine. */
	beganAt: number;
	/** IDs of the videos of that title that were there before. */
	before: string[];
}

/** How far the clock of this machine may be behind that of the API, in milliseconds. */
const CLOCKS_DIFFER_MS = 5 * 60 * 1000;
/** How many videos are looked at: the order of the list is not known, so a new one may be anywhere in it. */
const MOST_VIDEOS = 2000;
/** An upload, and the video that it has become. */
interface Waited {
	upload: Upload;
	content?: Content;
}

/** Waits for the videos of uploaded files: all of a run for one list a tick. */
export class Appearances {
	private readonly ticks: Ticks<Waited>;
	/** IDs of the videos that belong to an upload already: two files may have the same name. */
	private readonly taken = new Set<string>();

	/** @param pause sleeps that many milliseconds, and tells whether the execution goes on */
	constructor(
		private readonly client: VideographClient,
		pause: (milliseconds: number) => Promise<boolean>,
	) {
		this.ticks = new Ticks(async (waiting) => await this.look(waiting), pause);
	}

	/** The IDs of the videos of that title that are there now. */
	async titled(title: string): Promise<string[]> {
		const contents = await listVideos(this.client, MOST_VIDEOS);
		return contents.filter((content) => content.title === title).map(({ contentId }) => contentId);
	}

	/**
	 * @param timeoutMs how long to wait, in milliseconds
	 * @returns the video, or undefined where it has not appeared when the time or the execution ended
	 * @throws {NodeApiError} where the list cannot be had, in several ticks in a row
	 */
	async of(upload: Upload, timeoutMs: number): Promise<Content | undefined> {
		return (await this.ticks.wait({ upload }, timeoutMs)).content;
	}

	/** Gives each upload a video of its own, the first upload the first video. */
	private async look(waiting: Array<Waiting<Waited>>): Promise<void> {
		try {
			const videos = await listVideos(this.client, MOST_VIDEOS);
			const oldestFirst = videos.sort((a, b) => (a.created_at ?? 0) - (b.created_at ?? 0));
			for (const one of waiting.slice().sort((a, b) => a.thing.upload.beganAt - b.thing.upload.beganAt)) {
				const { upload } = one.thing;
				const content = oldestFirst.find((video) => !this.taken.has(video.contentId) && isOf(video, upload));
				if (!content) continue;
				this.taken.add(content.contentId);
				one.thing = { upload, content };
				one.settle();
			}
		} catch (error) {
			for (const one of waiting) one.failed(error);
		}
	}
}

function isOf({ contentId, title, created_at }: Content, { fileName, beganAt, before }: Upload): boolean {
	return (
		title === fileName &&
		!before.includes(contentId) &&
		(created_at === undefined || created_at >= beganAt - CLOCKS_DIFFER_MS)
	);
}
