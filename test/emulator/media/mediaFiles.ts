import { type Answer, Refusal } from '../answer';
import type { Options } from '../options';
import type { State } from '../state';
import { pictures, sounds } from './camera';
import { encrypt, keyOf } from './encryption';
import { type Container, mux } from './mux';
import type { MediaOptions } from './options';
import { EXTENSIONS, masterPlaylist, mediaPlaylist, type UriOf } from './playlists';
import { type Recording, recordingOf, type Segment, segmentAt, segmentCount } from './recording';
import { type Rendition, renditionsOf } from './renditions';
import { thumbnail } from './thumbnail';
import { EDGE_PATH, entryFile, MEDIA_PATH, mediaUrl, TOKEN } from './urls';

const THUMBNAIL = { width: 320, height: 180 };
const TYPES: Readonly<Record<string, string>> = {
	m3u8: 'application/vnd.apple.mpegurl',
	ts: 'video/mp2t',
	m4s: 'video/iso.segment',
	mp4: 'video/mp4',
	png: 'image/png',
};

/** A file of a recording that is requested. */
export interface MediaRequest {
	/** Of the live stream or the video. */
	id: string;
	/** Its name under the folder of the recording. */
	file: string;
	query: Record<string, unknown>;
	/** Whether it is requested at the URL of redirects. */
	isEdge: boolean;
}

/**
 * A file of a recording: playlists, segments, keys, pictures, or all of it as MP4. Everything is created from the clock when it is
 * requested.
 *
 * @throws {Refusal} if it does not exist, or must not be read
 */
export async function mediaFile(request: MediaRequest, state: State, options: Options): Promise<Answer> {
	const { id, file, query, isEdge } = request;
	const { media } = options;
	const recording = recordingOf(id, state, options);
	if (file === 'thumbnail.png') return reply(file, thumbnailOf(recording, query));
	if (media.isSigned) throw new Refusal(403, 'The playback token is missing');
	if (file === 'video.mp4' && media.mp4Field !== undefined) return reply(file, await asMp4(recording, options));

	const isEntry = file === entryFile(options);
	if (media.master === 'redirected' && !isEdge) {
		if (!isEntry) throw notThere(file);
		return { status: 302, headers: { location: `${EDGE_PATH}${MEDIA_PATH}/${id}/${file}` }, body: '' };
	}
	if (media.uris === 'token' && !isEntry && query[TOKEN.name] !== TOKEN.value) {
		throw new Refusal(403, 'The token is missing');
	}
	const uriOf: UriOf = {
		relative: (name: string) => name,
		absolute: (name: string) => mediaUrl(id, name, options),
		token: (name: string) => `${name}?${TOKEN.name}=${TOKEN.value}`,
	}[media.uris];
	return reply(file, await hlsFile(file, recording, options.media, uriOf));
}

/** A playlist, a key, an initialization section or a segment. */
async function hlsFile(
	file: string,
	recording: Recording,
	media: MediaOptions,
	uriOf: UriOf,
): Promise<Buffer | string> {
	const renditions = renditionsOf(media);
	if (file === 'master.m3u8') return masterPlaylist(renditions, media, uriOf);
	if (file === 'key') return keyOf(recording.id);
	const [folder = '', part] = file.split('/');
	const rendition = renditions.find(({ name }) => name === folder.replace(/\.m3u8$/, ''));
	if (!rendition) throw notThere(file);
	if (part === undefined) return mediaPlaylist(rendition, recording, media, uriOf);

	const { container, encryption } = media;
	if (part === 'init.mp4')
		return (await recordSegment(container, rendition, segmentAt(recording, 0, media), media)).init;
	const index = parseInt(part, 10);
	if (part !== `${index}.${EXTENSIONS[container]}` || index >= segmentCount(recording, media)) throw notThere(file);
	const { data } = await recordSegment(container, rendition, segmentAt(recording, index, media), media);
	return encryption === 'none' ? data : encrypt(data, recording.id, index);
}

/** All of a recording in the first of its renditions, with its sound. */
async function asMp4(recording: Recording, { media }: Options): Promise<Buffer> {
	const together = {
		...media,
		tracks: media.tracks === 'apart' ? ('together' as const) : media.tracks,
		firstTimestamp: 0,
	};
	const [rendition] = renditionsOf(together);
	if (!rendition) throw notThere('video.mp4');
	return (await recordSegment('mp4', rendition, { ...recording, partStartMs: recording.fromMs }, together)).data;
}

function recordSegment(
	container: Container,
	{ size, hasSound, padding }: Rendition,
	segment: Segment,
	{ firstTimestamp }: MediaOptions,
): ReturnType<typeof mux> {
	return mux(container, {
		video: size && { samples: pictures(segment, size, padding), size },
		audio: hasSound ? { samples: sounds(segment, segment.partStartMs) } : undefined,
		zeroMs: segment.partStartMs - firstTimestamp * 1000,
	});
}

/** The picture at a position; without one, the first picture, or the newest of a live stream. */
function thumbnailOf({ fromMs, toMs, isLive }: Recording, query: Record<string, unknown>): Buffer {
	const { position, width = THUMBNAIL.width, height = THUMBNAIL.height } = query;
	const timeMs = position === undefined ? (isLive ? toMs : fromMs) : fromMs + Number(position) * 1000;
	return thumbnail(timeMs, Number(width), Number(height));
}

/** Any page may play it, as with a real CDN. */
function reply(file: string, body: Buffer | string): Answer {
	const type = TYPES[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
	return { status: 200, headers: { 'content-type': type, 'access-control-allow-origin': '*' }, body };
}

const notThere = (file: string): Refusal => new Refusal(404, `There is no ${file}`);
