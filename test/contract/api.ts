import { type Emulator, startEmulator } from '../emulator';
import { basePath } from './openapi';

/** The time of a test's clock until the test advances it, in epoch milliseconds. */
export const START = Date.UTC(2026, 0, 10, 15);

export interface Reply {
	status: number;
	headers: Headers;
	/** Parsed JSON, or text. */
	body: unknown;
	/** The data of the envelope. Undefined: there is none. */
	data: unknown;
}

/** The emulator of each test of a file, with its own clock. */
export function testApi() {
	const api = {
		emulator: undefined as unknown as Emulator,
		/** Epoch milliseconds. */
		now: START,
		send,
	};

	beforeEach(async () => {
		api.now = START;
		api.emulator = await startEmulator({ now: () => api.now });
	});

	afterEach(async () => {
		await api.emulator.close();
		if (api.emulator.contractBreaks.length) throw new Error(api.emulator.contractBreaks.join('\n'));
	});

	return api;

	/** Sends a request with credentials and a JSON body. A string is sent as it is. */
	async function send(
		method: string,
		path: string,
		body?: unknown,
		headers: Record<string, string> = {},
	): Promise<Reply> {
		const { url, credentials } = api.emulator;
		const response = await fetch(`${url}${basePath}${path}`, {
			method,
			headers: {
				authorization: basicAuth(`${credentials.accessTokenId}:${credentials.secretKey}`),
				...(body !== undefined && { 'content-type': 'application/json' }),
				...headers,
			},
			body: typeof body === 'string' ? body : JSON.stringify(body),
		});
		const text = await response.text();
		const isJson = response.headers.get('content-type')?.includes('json');
		const content: unknown = isJson ? JSON.parse(text) : text;
		const { data } = (isJson ? content : {}) as { data?: unknown };
		return { status: response.status, headers: response.headers, body: content, data };
	}
}

/** @param pair `accessTokenId:secretKey` */
export function basicAuth(pair: string): string {
	return `Basic ${Buffer.from(pair).toString('base64')}`;
}
