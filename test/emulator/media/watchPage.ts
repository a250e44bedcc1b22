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

function page({ title, isLive, fromMs, toMs }: Recording, url: string): string {
	const name = escapeHtml(title);
	const [from, to] = [fromMs, toMs].map((time) => new Date(time).toISOString().slice(0, 19).replace('T', ' '));
	const range = isLive ? `Since ${from} UTC` : `${from} to ${to} UTC, ${(toMs - fromMs) / 1000} s`;
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>${name}</title>
<style>
	body { margin: 0 auto; max-width: 960px; padding: 24px; background: #16181d; color: #e6e8ec; font: 16px/1.5 system-ui, sans-serif }
	h1 { margin: 0; font-size: 24px }
	p { margin: 4px 0 16px; color: #a4a9b4 }
	a { color: #8ab4f8 }
	video { display: block; width: 100%; aspect-ratio: 16 / 9; border-radius: 8px; background: #000; image-rendering: pixelated }
	.live { padding: 2px 8px; border-radius: 4px; background: #d93025; color: #fff; font-size: 14px; vertical-align: middle }
	[role=alert]:not(:empty) { margin: 16px 0; padding: 8px 16px; border-radius: 8px; background: #5c1d19; color: #fff }
</style>
<h1>${name}${isLive ? ' <span class="live">LIVE</span>' : ''}</h1>
<p>${range} · <a href="${escapeHtml(url)}">HLS playlist</a></p>
<video controls autoplay muted playsinline></video>
<div role="alert"></div>
<script src="${PLAYER}"></script>
<script>
	const video = document.querySelector('video');
	const url = document.querySelector('a').href;
	const fail = (reason) => { document.querySelector('[role=alert]').textContent = 'Playback failed: ' + reason; };
	if (Hls.isSupported()) {
		const hls = new Hls();
		hls.on(Hls.Events.ERROR, (_event, { fatal, details, response }) => {
			if (fatal) fail(details + (response ? ' (' + response.code + ')' : ''));
		});
		hls.loadSource(url);
		hls.attachMedia(video);
	} else {
		video.onerror = () => fail(video.error.message);
		video.src = url;
	}
</script>
`;
}
