import type { AddressInfo } from 'node:net';
import fastify from 'fastify';

/** A message that a bot sent. */
export interface BotMessage {
	/** Of the Bot API, such as sendVideo. */
	method: string;
	fields: Record<string, string>;
	file: StoredFile | undefined;
}

export interface StoredFile {
	name: string;
	type: string;
	content: Buffer;
}

/** Doubles of the services that the examples send files to. They record what they get. */
export interface Services {
	url: string;
	/** What came to the Telegram bot. */
	messages: BotMessage[];
	/** What is in the buckets, by bucket and key. */
	objects: Map<string, StoredFile>;
	/** What came to /upload, as a video site takes it. */
	uploads: StoredFile[];
	/** The sound that was sent for transcription. */
	sounds: StoredFile[];
	close: () => Promise<void>;
}

const MAX_BYTES = 200 * 1024 * 1024;

/** The transcription of any sound. */
const UTTERANCES = [
	{ start: 0.48, end: 2.5, transcript: 'Good evening.' },
	{ start: 3661.25, end: 3663, transcript: 'Thank you for coming.' },
];

export async function startServices(): Promise<Services> {
	const server = fastify({ bodyLimit: MAX_BYTES, forceCloseConnections: true });
	const messages: BotMessage[] = [];
	const objects = new Map<string, StoredFile>();
	const uploads: StoredFile[] = [];
	const sounds: StoredFile[] = [];
	server.removeAllContentTypeParsers();
	server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

	server.post<{ Params: { method: string }; Body: Buffer }>('/bot:token/:method', async ({ params, body, headers }) => {
		messages.push({ method: params.method, ...(await readFields(body, headers['content-type'] ?? '')) });
		return { ok: true, result: { message_id: messages.length } };
	});
	// The region of a bucket.
	server.get('/buckets/*', (_request, reply) =>
		reply.type('application/xml').send('<LocationConstraint>eu-west-1</LocationConstraint>'),
	);
	server.put<{ Params: { '*': string }; Body: Buffer }>('/buckets/*', ({ params, body, headers }, reply) => {
		const key = params['*'];
		objects.set(key, { name: key, type: headers['content-type'] ?? '', content: body });
		return reply.send('');
	});
	server.get<{ Params: { '*': string } }>('/public/*', ({ params }, reply) =>
		reply.send(objects.get(params['*'])?.content ?? reply.code(404)),
	);
	const record = (files: StoredFile[], answer: object) => {
		return ({ body, headers, query }: { body: unknown; headers: Record<string, unknown>; query: unknown }) => {
			const { name = '' } = query as { name?: string };
			files.push({ name, type: String(headers['content-type']), content: body as Buffer });
			return answer;
		};
	};
	server.post('/upload', record(uploads, { uploadId: 'video' }));
	server.post('/v1/listen', record(sounds, { results: { utterances: UTTERANCES } }));

	await server.listen({ port: 0, host: '127.0.0.1' });
	const url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
	return { url, messages, objects, uploads, sounds, close: () => server.close() };
}

/** The fields of a form or of a JSON object, and the file in it. */
async function readFields(body: Buffer, type: string): Promise<Pick<BotMessage, 'fields' | 'file'>> {
	if (type.includes('json')) {
		const entries = Object.entries(JSON.parse(body.toString()) as object);
		const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
		return { fields: Object.fromEntries(entries.map(([key, value]) => [key, text(value)])), file: undefined };
	}
	const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
	const fields: Record<string, string> = {};
	let file: StoredFile | undefined;
	for (const [key, value] of form.entries()) {
		if (typeof value === 'string') fields[key] = value;
		else file = { name: value.name, type: value.type, content: Buffer.from(await value.arrayBuffer()) };
	}
	return { fields, file };
}
