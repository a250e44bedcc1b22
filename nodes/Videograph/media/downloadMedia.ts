import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { mediaError } from '../api/errors';
import type { MediaFiles } from '../api/mediaFiles';
import { withoutQuery } from '../api/urls';
import { type DemuxedSegment, Demuxer, UnsupportedCodecError } from './demux';
import { type Format, type Piece, readRecording, type Recording } from './hls';
import { prefetch } from './prefetch';
import { Remuxer } from './remuxer';
import { SegmentFiles } from './segmentFiles';
import { storeFile } from './storeFile';

export interface DownloadRequest {
	/** The URL of the HLS playlist. */
	playbackUrl: string;
	format: Format;
	/** In pixels. */
	maxHeight: number;
	fileName: string;
	mimeType: string;
	/** In bytes. */
	maxBytes: number;
}

export interface DownloadedMedia {
	binary: IBinaryData;
	/** In bytes. */
	size: number;
	/** In seconds; null if it is not known. */
	duration: number | null;
	/** In pixels; null without pictures, or if it is not known. */
	width: number | null;
	height: number | null;
}

/**
 * Downloads a video as a file, without encoding it again.
 *
 * @throws {VideographError} if its files cannot be read, or cannot become a file
 */
export async function downloadMedia(
	files: MediaFiles,
	saveFile: IExecuteFunctions['helpers']['prepareBinaryData'],
	request: DownloadRequest,
): Promise<DownloadedMedia> {
	const { playbackUrl, format, maxHeight, fileName: name, mimeType, maxBytes } = request;
	const recording = await readRecording(files, playbackUrl, format, maxHeight);
	const { streamClass, call } = recording;
	const remuxer = new Remuxer();
	const { binary, size } = await storeFile(
		saveFile,
		{
			header: remuxer.file.header,
			chunks: remux(files, recording, remuxer, format),
			finish: (inFront) => remuxer.file.finish(inFront),
		},
		{ name, mimeType, maxBytes, streamClass, call },
	);
	const { width = null, height = null } = remuxer.size ?? {};
	return { binary, size, duration: Math.round(remuxer.file.duration * 1000) / 1000, width, height };
}

async function* remux(
	files: MediaFiles,
	{ pieces, call }: Recording,
	remuxer: Remuxer,
	format: Format,
): AsyncGenerator<Uint8Array, void> {
	const segmentFiles = new SegmentFiles(files);
	const nameOf = (index: number) => `Segment ${index + 1} of ${pieces.length}`;
	const tasks = pieces.map(
		({ segment }, index) =>
			async () =>
				await segmentFiles.read(segment, nameOf(index)),
	);
	const demuxer = new Demuxer();
	let index = 0;
	for await (const bytes of prefetch(tasks)) {
		const piece = pieces[index];
		if (!piece) return;
		const segment = await demux(demuxer, bytes, piece, nameOf(index));
		if (format === 'audio' && !segment.audio && index === 0) {
			throw mediaError('noSound', call, 'The video has no sound');
		}
		if (!segment.audio && !segment.video) {
			throw mediaError('damagedMedia', callOf(piece), `${nameOf(index)} contains neither pictures nor sound`);
		}
		yield remuxer.add(segment, piece.segment.timeline);
		index++;
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
