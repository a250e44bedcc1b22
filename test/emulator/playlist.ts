import { Refusal } from './answer';
import type { Stream } from './model';
import type { Options } from './options';

const SEGMENT_MS = 6000;
/** How many segments a playlist holds at most: those of 12 hours, or those of a live window. */
const SEGMENTS = { all: 7200, window: 5 };

const MASTER = ['#EXTM3U', '#EXT-X-VERSION:3', '#EXT-X-STREAM-INF:BANDWIDTH=2500000,RESOLUTION=1280x720', 'media.m3u8'];

/**
 * A file of a stream's HLS playback: the master playlist, or the media playlist that it leads to. While the stream is
 * live, only whole segments are listed.
 *
 * @throws {Refusal} where there is no such file
 */
export function hlsFile(name: string, stream: Stream, options: Pick<Options, 'now' | 'playlist'>): string {
	const { streamUUID, startedAt, endedAt } = stream;
	const now = options.now();
	if (startedAt === null || startedAt > now || options.playlist === 'missing') {
		throw new Refusal(404, `Live stream ${streamUUID} has no playlist`);
	}
	if (name === 'master.m3u8') return text(MASTER);
	if (name !== 'media.m3u8') throw new Refusal(404, `Live stream ${streamUUID} has no ${name}`);
	const ended = endedAt !== null && endedAt <= now;
	return text(media({ from: startedAt, to: ended ? endedAt : now, ended }, options.playlist));
}

/** What was streamed, from and to in epoch milliseconds. */
function media({ from, to, ended }: { from: number; to: number; ended: boolean }, kind: Options['playlist']): string[] {
	const whole = (to - from) / SEGMENT_MS;
	const count = ended ? Math.ceil(whole) : Math.floor(whole);
	const first = Math.max(count - (kind === 'sliding' ? SEGMENTS.window : SEGMENTS.all), 0);
	const lines = [
		'#EXTM3U',
		'#EXT-X-VERSION:3',
		`#EXT-X-TARGETDURATION:${SEGMENT_MS / 1000}`,
		`#EXT-X-MEDIA-SEQUENCE:${first}`,
	];
	for (let index = first; index < count; index++) {
		const startMs = from + index * SEGMENT_MS;
		const seconds = Math.min(SEGMENT_MS, to - startMs) / 1000;
		if (kind !== 'plain') lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(startMs).toISOString()}`);
		lines.push(`#EXTINF:${seconds.toFixed(3)},`, `segment${index}.ts`);
	}
	return ended ? [...lines, '#EXT-X-ENDLIST'] : lines;
}

function text(lines: string[]): string {
	return `${lines.join('\n')}\n`;
}
