import { Readable } from 'node:stream';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { basePath } from '../contract/openapi';
import { accountOf } from './auth';
import { chatCompletion, type ChatRequest } from './chatModel';
import type { Outcome } from './faults';
import { hold, holdForever } from './held';
import { Throttle } from './media/throttle';
import { EDGE_PATH, MEDIA_PATH } from './media/urls';
import { addWatchPage } from './media/watchPage';
import type { Options } from './options';
import type { LoggedRequest, Service } from './service';
import type { State } from './state';
import { STORAGE_PATH } from './uploads';

const REQUESTS_KEPT = 1000;

/** One for the process: all files share the network. */
const throttle = new Throttle();

/** What else is in the world of a workflow, beside the API: places to send to, pages to read, a chat model to ask. */
export interface Neighbours {
	/** The bodies that were posted to /echo. */
	echoed: unknown[];
	/** What is at /pages/…, by what follows. */
	pages: Map<string, Page>;
	/** What the chat model at /v1 was asked. */
	chats: ChatRequest[];
}

export interface Page {
	contentType: string;
	body: string;
}

/** The current and the maximum number of concurrent requests. */
export interface Load {
	now: number;
	most: number;
}

export interface ServerParts {
	options: Options;
	service: Service;
	state: State;
	/** The log. */
	requests: LoggedRequest[];
	neighbours: Neighbours;
	load: Load;
}

/** The HTTP side: reads requests, keeps the log, and delivers what the service decides. */
export function createServer({ options, service, state, requests, neighbours, load }: ServerParts): FastifyInstance {
	const { echoed, pages, chats } = neighbours;
	// Without forceCloseConnections, a hanging request would keep close() waiting.
	const app = fastify({ forceCloseConnections: true });
	// Bodies are parsed below, so that a bad one is refused in the API's own envelope.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

	app.addHook('onRequest', (_request, _reply, done) => {
		load.most = Math.max(load.most, ++load.now);
		done();
	});
	app.addHook('onSend', (_request, reply, _payload, done) => {
		if (!reply.hasHeader('date')) reply.header('date', new Date(options.now()).toUTCString());
		done();
	});
	app.addHook('onResponse', (_request, _reply, done) => {
		load.now--;
		done();
	});

	app.post('/echo', (request, reply) => {
		echoed.push(parseBody(request.body));
		return reply.send({ ok: true });
	});

	app.get<{ Params: { name: string } }>('/pages/:name', (request, reply) => {
		const page = pages.get(request.params.name);
		if (page) void reply.type(page.contentType).send(page.body);
		else reply.callNotFound();
	});

	app.post('/v1/chat/completions', (request, reply) => {
		const chat = parseBody(request.body) as ChatRequest;
		chats.push(chat);
		return reply.send(chatCompletion(chat));
	});

	app.all(`${basePath}/*`, async (request, reply) => {
		const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
		const entry = log(request, pathOf(request).slice(basePath.length));
		if (options.latencyMs > 0) await hold(reply.raw, options.latencyMs);
		return deliver(await service.play(entry, isJson), entry, reply);
	});

	for (const folder of ['', EDGE_PATH]) {
		app.get<{ Params: { id: string; '*': string } }>(`${folder}${MEDIA_PATH}/:id/*`, async (request, reply) => {
			const { id, '*': file } = request.params;
			const entry = logOutside(request);
			const outcome = await service.media(entry, { id, file, query: entry.query, isEdge: folder === EDGE_PATH });
			return deliver(outcome, entry, reply, options.media.bytesPerSecond);
		});
	}

	addWatchPage(app, state, options);

	void app.register((storage, _options, ready) => {
		// Bytes go by as they come; nothing keeps them.
		storage.removeAllContentTypeParsers();
		storage.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
		storage.put(`${STORAGE_PATH}/:id`, { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request, reply) => {
			const entry = logOutside(request);
			const headers = request.headers as Record<string, string | undefined>;
			return deliver(await service.store(entry, headers, request.raw), entry, reply);
		});
		ready();
	});

	app.setNotFoundHandler((request, reply) => {
		const path = pathOf(request);
		const outcome = service.refuse(undefined, 404, `Nothing is at ${path}: the API's paths begin with ${basePath}/`);
		return deliver(outcome, log(request, path), reply);
	});

	return app;

	/** The credentials must not be sent outside the API. */
	function logOutside(request: FastifyRequest): LoggedRequest {
		const entry = log(request, pathOf(request));
		if (request.headers.authorization !== undefined) service.leaks.push(`${entry.method} ${entry.path}`);
		return entry;
	}

	function log(request: FastifyRequest, path: string): LoggedRequest {
		const entry: LoggedRequest = {
			method: request.method,
			path,
			query: { ...(request.query as Record<string, unknown>) },
			body: parseBody(request.body),
			account: accountOf(request.headers.authorization, options),
			status: undefined,
			at: options.now(),
		};
		requests.push(entry);
		if (requests.length > REQUESTS_KEPT) requests.shift();
		return entry;
	}
}

/** @param bytesPerSecond the rate of bytes; undefined: unlimited */
async function deliver(
	outcome: Outcome,
	entry: LoggedRequest,
	reply: FastifyReply,
	bytesPerSecond?: number,
): Promise<FastifyReply> {
	if (typeof outcome === 'string') {
		entry.status = outcome;
		reply.hijack();
		if (outcome === 'reset') reply.raw.socket?.resetAndDestroy();
		else holdForever(reply.raw);
		return reply;
	}
	const { status, headers = {}, body, delayMs, cut } = outcome;
	if (delayMs !== undefined) await hold(reply.raw, delayMs);
	entry.status = status;
	const isRaw = typeof body === 'string' || body instanceof Readable || Buffer.isBuffer(body);
	const isJson = body !== undefined && !isRaw;
	const content = isJson ? JSON.stringify(body) : body;
	const given = { ...(isJson && { 'content-type': 'application/json; charset=utf-8' }), ...headers };
	if (cut && (typeof content === 'string' || Buffer.isBuffer(content))) {
		reply.hijack();
		reply.raw.writeHead(status, { ...given, 'content-length': Buffer.byteLength(content) });
		reply.raw.write(content.slice(0, content.length / 2), () => reply.raw.destroy());
		return reply;
	}
	void reply.code(status).headers(given);
	if (!Buffer.isBuffer(content) || bytesPerSecond === undefined) return reply.send(content);
	return reply.header('content-length', content.length).send(Readable.from(throttle.chunks(content, bytesPerSecond)));
}

function pathOf(request: FastifyRequest): string {
	return request.url.split('?', 1)[0] ?? '';
}

/** Text that is not JSON stays text: the contract then names the wrong type. */
function parseBody(body: unknown): unknown {
	if (typeof body !== 'string' || body === '') return undefined;
	try {
		return JSON.parse(body) as unknown;
	} catch {
		return body;
	}
}
