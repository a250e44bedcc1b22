import type { VideographClient } from '../api/client';
import type { Content } from '../api/types';
import { Poller, type PendingWait } from './poller';
import { listVideos } from '../video/listVideos';

/**
 * An uploaded file that becomes a video. No answer of the API tells which one: that the video gets the name of the file
 * as its title was only observed, and is a guess.
 */
export interface Upload {
	fileName: string;
	/** When the upload began, in epoch milliseconds by the clock of this machine. */
	startedAt: number;
	/** IDs of the videos of that title that were there before. */
	existingIds: string[];
}

/** How far the clock of this machine may be behind that of the API, in milliseconds. */
const CLOCKS_DIFFER_MS = 5 * 60 * 1000;
/** How many videos are looked at: the order of the list is not known, so a new one may be anywhere in it. */
const MAX_VIDEOS = 2000;
/** An upload, and the video that it has become. */
interface UploadWait {
	upload: Upload;
	content?: Content;
}

/** Waits for the videos of uploaded files: all of a run for one list a tick. */
export class UploadedVideoPoller {
	private readonly poller: Poller<UploadWait>;
	/** IDs of the videos that belong to an upload already: two files may have the same name. */
	private readonly claimedIds = new Set<string>();

	/** @param pause sleeps that many milliseconds, and tells whether the execution goes on */
	constructor(
		private readonly client: VideographClient,
		pause: (milliseconds: number) => Promise<boolean>,
	) {
		this.poller = new Poller(async (waiting) => await this.pollAll(waiting), pause);
	}

	/** The IDs of the videos of that title that are there now. */
	async listIdsByTitle(title: string): Promise<string[]> {
		const contents = await listVideos(this.client, MAX_VIDEOS);
		return contents.filter((content) => content.title === title).map(({ contentId }) => contentId);
	}

	/**
	 * @param timeoutMs how long to wait, in milliseconds
	 * @returns the video, or undefined where it has not appeared when the time or the execution ended
	 * @throws {NodeApiError} where the list cannot be had, in several ticks in a row
	 */
	async waitFor(upload: Upload, timeoutMs: number): Promise<Content | undefined> {
		return (await this.poller.wait({ upload }, timeoutMs)).content;
	}

	/** Gives each upload a video of its own, the first upload the first video. */
	private async pollAll(waiting: Array<PendingWait<UploadWait>>): Promise<void> {
		try {
			const videos = await listVideos(this.client, MAX_VIDEOS);
			const oldestFirst = videos.sort((a, b) => (a.created_at ?? 0) - (b.created_at ?? 0));
			for (const one of waiting.slice().sort((a, b) => a.subject.upload.startedAt - b.subject.upload.startedAt)) {
				const { upload } = one.subject;
				const content = oldestFirst.find((video) => !this.claimedIds.has(video.contentId) && matches(video, upload));
				if (!content) continue;
				this.claimedIds.add(content.contentId);
				one.subject = { upload, content };
				one.resolve();
			}
		} catch (error) {
			for (const one of waiting) one.recordFailure(error);
		}
	}
}

function matches({ contentId, title, created_at }: Content, { fileName, startedAt, existingIds }: Upload): boolean {
	return (
		title === fileName &&
		!existingIds.includes(contentId) &&
		(created_at === undefined || created_at >= startedAt - CLOCKS_DIFFER_MS)
	);
}
