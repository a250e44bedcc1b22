import { type Emulator,startEmulator } from '../emulator';
import { basePath } from './openapi';

/** The time of a test's clock until the test advances it, in epoch milliseconds. */
export const START = Date.UTC(2026, 0, 10, 15);

export interface Reply {
	status: number;
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

	/** Sends a request with credentials and a JSON body. */
	async function send(method: string, path: string, body?: unknown): Promise<Reply> {
		const { url, credentials } = api.emulator;
		const pair = `${credentials.accessTokenId}:${credentials.secretKey}`;
		const response = await fetch(`${url}${basePath}${path}`, {
			method,
			headers: {
				authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
				...(body !== undefined && { 'content-type': 'application/json' }),
			},
			body: JSON.stringify(body),
		});
		const answer = await response.json() as { data?: unknown };
		return { status: response.status, body: answer, data: answer.data };
	}
}
