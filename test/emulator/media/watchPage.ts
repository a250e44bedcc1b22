import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { escapeHtml } from '../html';
import { type Options, originOf } from '../options';
import type { State } from '../state';
import { type Recording, recordingOf } from './recording';
import { playbackUrl } from './urls';

const WATCH_PATH = '/watch';
const PLAYER = `${WATCH_PATH}/hls.js`;

/** The page on which a browser plays a live stream or a video. */
export function watchUrl(id: string, options: Pick<Options, 'port'>): string {
	return `${originOf(options)}${WATCH_PATH}/${id}`;
}

/** Adds the page and its player. */
export function addWatchPage(app: FastifyInstance, state: State, options: Options): void {
	app.get(PLAYER, async (_request, reply) => {
		return reply.type('text/javascript').send(await readFile(require.resolve('hls.js/dist/hls.min.js')));
	});
	app.get<{ Params: { id: string } }>(`${WATCH_PATH}/:id`, (request, reply) => {
		let recording: Recording;
		try {
			recording = recordingOf(request.params.id, state, options);
		} catch {
			reply.callNotFound();
			return reply;
		}
		return reply.type('text/html').send(page(recording, playbackUrl(recording.id, options)));
	});
}

function page({ title, isLive }: Recording, url: string): string {
	const heading = `${escapeHtml(title)} (${isLive ? 'live' : 'recording'})`;
	return `<!doctype html>
<meta charset="utf-8">
<title>${heading}</title>
<style>body { font: 16px sans-serif; margin: 2em } video { width: 640px; image-rendering: pixelated }</style>
<h1>${heading}</h1>
<video controls autoplay muted></video>
<p><a href="${escapeHtml(url)}">HLS playlist</a></p>
<script src="${PLAYER}"></script>
<script>
	const video = document.querySelector('video');
	const url = document.querySelector('a').href;
	if (Hls.isSupported()) {
		const hls = new Hls();
		hls.on(Hls.Events.ERROR, (_event, { fatal, details }) => { if (fatal) document.title = details; });
		hls.loadSource(url);
		hls.attachMedia(video);
	} else {
		video.src = url;
	}
</script>
`;
}
