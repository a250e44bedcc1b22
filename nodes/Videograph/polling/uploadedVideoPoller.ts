import type { VideographClient } from '../api/client';
import type { Video } from '../api/decode';
import { listVideos } from '../video/listVideos';
import { Poller, type PollUpdate, type WaitingExecution } from './poller';

/**
 * An uploaded file. The API does not return the video that a file becomes. The video is identified by its title, which
 * was observed to be the file name; this is not documented.
 */
export interface Upload {
	fileName: string;
	/** The start of the upload in epoch milliseconds, by the clock of this machine. */
	startedAt: number;
	/** The IDs of the videos with the same title that existed before the upload. */
	existingIds: string[];
}

/** The tolerated lag of this machine's clock behind the API's clock, in milliseconds. */
const CLOCK_TOLERANCE_MS = 5 * 60 * 1000;
/**
 * The maximum number of videos to search. The order of the list is not documented, so a new video may be anywhere in
 * it.
 */
const MAX_VIDEOS = 2000;

/** An upload, and its video once it has appeared. */
export interface PolledUpload {
	upload: Upload;
	video?: Video;
}

/** The poller of the uploads of an account. They share the list requests of a round. */
export function createUploadPoller(): Poller<PolledUpload> {
	/** The uploads by the ID of their video: two files may have the same name. */
	const claims = new Map<string, Upload>();
	return new Poller({ createPoll: () => async (uploads, client) => await pollUploads(uploads, client, claims) });
}

/** Waits for the videos of uploaded files. */
export class UploadedVideoPoller {
	constructor(
		private readonly poller: Poller<PolledUpload>,
		private readonly execution: WaitingExecution,
	) {}

	async listIdsByTitle(title: string): Promise<string[]> {
		const videos = await listVideos(this.execution.client, MAX_VIDEOS);
		return videos.filter((video) => video.title === title).map(({ id }) => id);
	}

	/**
	 * @param timeoutMs in milliseconds
	 * @returns undefined if the video has not appeared when the time is up or the execution was stopped
	 * @throws {VideographError} if listing failed in too many consecutive polls
	 */
	async wait(upload: Upload, timeoutMs: number): Promise<Video | undefined> {
		return (await this.poller.wait({ upload }, timeoutMs, this.execution)).video;
	}
}

/** Assigns a video to each upload, the oldest video to the oldest upload. */
async function pollUploads(
	uploads: PolledUpload[],
	client: VideographClient,
	claims: Map<string, Upload>,
): Promise<Array<PollUpdate<PolledUpload>>> {
	const videos = await listVideos(client, MAX_VIDEOS);
	videos.sort((a, b) => (a.createdMs ?? 0) - (b.createdMs ?? 0));
	const found = new Map<Upload, Video>();
	for (const { upload } of uploads.toSorted((a, b) => a.upload.startedAt - b.upload.startedAt)) {
		const isFree = ({ id }: Video) => (claims.get(id) ?? upload) === upload;
		const video = videos.find((candidate) => isFree(candidate) && isVideoOf(upload, candidate));
		if (!video) continue;
		claims.set(video.id, upload);
		found.set(upload, video);
	}
	return uploads.map(({ upload }) => {
		const video = found.get(upload);
		return { subject: { upload, video }, isDone: video !== undefined };
	});
}

function isVideoOf({ fileName, startedAt, existingIds }: Upload, { id, title, createdMs }: Video): boolean {
	const isNew = createdMs === null || createdMs >= startedAt - CLOCK_TOLERANCE_MS;
	return title === fileName && isNew && !existingIds.includes(id);
}
