import { type Options, originOf } from '../options';
import { renditionsOf } from './renditions';

/** The folder of all recordings. */
export const MEDIA_PATH = '/hls';
/** What precedes it at the URL to which `master: 'redirected'` leads. */
export const EDGE_PATH = '/edge';
/** The query that `uris: 'token'` asks for. */
export const TOKEN = { name: 'token', value: '7d3f' };

/** The URL of a file of a live stream or a video. */
export function mediaUrl(id: string, file: string, options: Pick<Options, 'port'>): string {
	return `${originOf(options)}${MEDIA_PATH}/${id}/${file}`;
}

/** The URL at which playback begins. */
export function playbackUrl(id: string, options: Pick<Options, 'port' | 'media'>): string {
	return mediaUrl(id, entryFile(options), options);
}

/** The name of the playlist at which playback begins. */
export function entryFile({ media }: Pick<Options, 'media'>): string {
	return `${media.master === 'direct' ? renditionsOf(media)[0]?.name : 'master'}.m3u8`;
}

/** The URL of a picture. @param of the picture: its position in seconds and its size; the default is the start, or the live edge */
export function thumbnailUrl(
	id: string,
	options: Pick<Options, 'port'>,
	of: { position?: number; width?: number; height?: number } = {},
): string {
	const query = Object.entries(of).map(([name, value]) => `${name}=${value}`);
	return mediaUrl(id, ['thumbnail.png', ...(query.length > 0 ? [query.join('&')] : [])].join('?'), options);
}

/** Where the details of a video name an MP4, if they do. */
export function mp4Url(id: string, options: Pick<Options, 'port' | 'media'>): Record<string, string> {
	const { mp4Field } = options.media;
	return mp4Field === undefined ? {} : { [mp4Field]: mediaUrl(id, 'video.mp4', options) };
}
