import { mediaError } from '../api/errors';
import type { MediaFiles } from '../api/mediaFiles';
import { resolveFileUrl, withoutQuery } from '../api/urls';
import type { TrackKind } from './packet';
import { parsePlaylist, type Playlist, type Segment } from './playlist';
import { selectVariant } from './selectVariant';

export type Format = 'mp4' | 'audio';

/** A segment, and what to copy of it. */
export interface Piece {
	segment: Segment;
	kinds: TrackKind[];
}

export interface Recording {
	/** In the order of the file. */
	pieces: Piece[];
	/** The class of the stream of a response: n8n's Readable. */
	streamClass: unknown;
	/** The playlist, for errors. */
	call: string;
}

export const MAX_PLAYLIST_BYTES = 16 * 1024 * 1024;

/**
 * Reads the playlists of a video.
 *
 * @param maxHeight in pixels
 * @throws {VideographError} if they cannot be read, or cannot become a file
 */
export async function readRecording(
	files: MediaFiles,
	playbackUrl: string,
	format: Format,
	maxHeight: number,
): Promise<Recording> {
	const call = `GET ${withoutQuery(playbackUrl)}`;
	const first = await readPlaylist(files, playbackUrl, call);
	const { streamClass } = first;
	const kinds: TrackKind[] = format === 'audio' ? ['audio'] : ['video', 'audio'];
	if (first.playlist.kind === 'media') {
		return { pieces: first.playlist.segments.map((segment) => ({ segment, kinds })), streamClass, call };
	}
	const variant = selectVariant(first.playlist.variants, maxHeight);
	if (!variant) throw mediaError('notPlaylist', call, 'The playlist is invalid: it has no renditions');
	const { url, audioUrl } = variant;
	const soundUrl = audioUrl ?? url;
	if (soundUrl === url || format === 'audio') {
		const segments = await readSegments(files, soundUrl);
		return { pieces: segments.map((segment) => ({ segment, kinds })), streamClass, call };
	}
	const [pictures, sound] = await Promise.all([readSegments(files, url), readSegments(files, soundUrl)]);
	return { pieces: merge(pictures, sound), streamClass, call };
}

async function readSegments(files: MediaFiles, url: string): Promise<Segment[]> {
	const call = `GET ${withoutQuery(url)}`;
	const { playlist } = await readPlaylist(files, url, call);
	if (playlist.kind === 'media') return playlist.segments;
	throw mediaError('notPlaylist', call, 'The playlist is invalid: a rendition is a list of renditions');
}

async function readPlaylist(
	files: MediaFiles,
	reference: string,
	call: string,
): Promise<{ playlist: Playlist; streamClass: unknown }> {
	const url = resolveFileUrl(reference);
	if (url === undefined) throw mediaError('mediaUrl', call, 'The playback URL is not an http or https URL');
	const file = await files.read({ url, name: 'The playlist', maxBytes: MAX_PLAYLIST_BYTES });
	return { playlist: parsePlaylist(new TextDecoder().decode(file.bytes), file.url), streamClass: file.streamClass };
}

/** By time. The pictures of a timeline come before its sound, because they determine its place in the file. */
function merge(pictures: Segment[], sound: Segment[]): Piece[] {
	const pieces: Piece[] = [];
	const waiting = [...sound];
	for (const [index, segment] of pictures.entries()) {
		pieces.push({ segment, kinds: ['video'] });
		const next = pictures[index + 1];
		while (waiting[0] && isDue(waiting[0], segment, next)) {
			pieces.push({ segment: waiting[0], kinds: ['audio'] });
			waiting.shift();
		}
	}
	return pieces;
}

function isDue(sound: Segment, picture: Segment, next: Segment | undefined): boolean {
	if (next === undefined) return true;
	return sound.timeline < next.timeline || (sound.timeline === picture.timeline && sound.start < next.start);
}
