import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { mediaError, VideographError } from '../api/errors';
import type { MediaFiles } from '../api/mediaFiles';
import { withoutQuery } from '../api/urls';
import { type DemuxedSegment, Demuxer, type MediaInfo, UnsupportedCodecError } from './demux';
import { type Format, type Piece, readRecording, type Recording } from './hls';
import { type Mp4File, openMp4 } from './mp4File';
import { prefetch } from './prefetch';
import { Remuxer } from './remuxer';
import { SegmentFiles } from './segmentFiles';
import { storeFile } from './storeFile';

export interface DownloadRequest {
	/** The URL of the HLS playlist. */
	playbackUrl: string | null;
	/** The URL of an MP4 of the video. It is copied if the request does not ask for another file. */
	mp4Url: string | null;
	format: Format;
	/** In pixels. */
	maxHeight: number;
	fileName: string;
	mimeType: string;
	/** In bytes. */
	maxBytes: number;
}

export interface DownloadedMedia extends MediaInfo {
	binary: IBinaryData;
	/** In bytes. */
	size: number;
}

type SaveFile = IExecuteFunctions['helpers']['prepareBinaryData'];

/**
 * Downloads a video as a file, without encoding it again.
 *
 * @returns undefined if the video has no URL
 * @throws {VideographError} if its files cannot be read, or cannot become a file
 */
export async function downloadMedia(
	files: MediaFiles,
	saveFile: SaveFile,
	request: DownloadRequest,
): Promise<DownloadedMedia | undefined> {
	const { playbackUrl, mp4Url, format, maxHeight } = request;
	const demuxer = new Demuxer();
	if (mp4Url !== null && format === 'mp4' && maxHeight === Infinity) {
		const mp4 = await openMp4(files, mp4Url, demuxer).catch((error: unknown) => {
			// It is not certain that the URL is that of the video. The playback URL is.
			if (playbackUrl === null || !isRejected(error)) throw error;
		});
		if (mp4) return await copyMp4(mp4, saveFile, request);
	}
	if (playbackUrl === null) return undefined;
	const recording = await readRecording(files, playbackUrl, format, maxHeight);
	const remuxer = new Remuxer();
	const { binary, size } = await storeFile(
		saveFile,
		{
			header: remuxer.file.header,
			chunks: remux(files, recording, remuxer, demuxer, format),
			finish: (inFront) => remuxer.file.finish(inFront),
		},
		{ ...request, streamClass: recording.streamClass, call: recording.call },
	);
	const { width = null, height = null } = remuxer.size ?? {};
	return { binary, size, duration: toMilliseconds(remuxer.file.duration), width, height };
}

async function copyMp4(mp4: Mp4File, saveFile: SaveFile, request: DownloadRequest): Promise<DownloadedMedia> {
	const { chunks, streamClass, call, readInfo } = mp4;
	const none = new Uint8Array();
	const stored = await storeFile(
		saveFile,
		{ header: none, chunks, finish: () => none },
		{ ...request, streamClass, call },
	);
	const info = await readInfo();
	return { ...stored, ...info, duration: info.duration === null ? null : toMilliseconds(info.duration) };
}

function isRejected(error: unknown): boolean {
	return error instanceof VideographError && error.details.kind === 'rejected';
}

/** Rounds seconds to milliseconds. */
function toMilliseconds(seconds: number): number {
	return Math.round(seconds * 1000) / 1000;
}

async function* remux(
	files: MediaFiles,
	{ pieces, call }: Recording,
	remuxer: Remuxer,
	demuxer: Demuxer,
	format: Format,
): AsyncGenerator<Uint8Array, void> {
	const segmentFiles = new SegmentFiles(files);
	const nameOf = (index: number) => `Segment ${index + 1} of ${pieces.length}`;
	const tasks = pieces.map(
		({ segment }, index) =>
			async () =>
				await segmentFiles.read(segment, nameOf(index)),
	);
	let index = 0;
	for await (const bytes of prefetch(tasks)) {
		const piece = pieces[index];
		if (!piece) return;
		const segment = await demux(demuxer, bytes, piece, nameOf(index));
		if (!segment.audio && !segment.video && piece.kinds.includes('video')) {
			throw mediaError('damagedMedia', callOf(piece), `${nameOf(index)} contains neither pictures nor sound`);
		}
		yield remuxer.add(segment, piece.segment.timeline);
		index++;
	}
	if (format === 'audio' && remuxer.file.timescale('audio') === undefined) {
		throw mediaError('noSound', call, 'The video has no sound');
	}
}

async function demux(demuxer: Demuxer, bytes: Uint8Array, piece: Piece, name: string): Promise<DemuxedSegment> {
	return await demuxer.read(bytes, piece.kinds).catch((error: unknown) => {
		const call = callOf(piece);
		if (error instanceof UnsupportedCodecError) {
			throw mediaError('unsupportedMedia', call, `${name} cannot become a file: ${error.message}`);
		}
		throw mediaError('damagedMedia', call, `${name} is damaged, or has an unknown format`);
	});
}

function callOf({ segment }: Piece): string {
	return `GET ${withoutQuery(segment.url)}`;
}
