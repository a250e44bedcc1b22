import type { INodeParameters } from 'n8n-workflow';
import { TELLS_CAUSE } from './engine';
import { LIVE_SINCE, locator, NOW, useHarness } from './harness';

const harness = useHarness();

/** Both settings that continue after a failed item. */
const MODES = ['continueRegularOutput', 'continueErrorOutput'] as const;

interface BadInput {
	parameters: INodeParameters;
	message: string;
}

const BAD_INPUT: Record<string, BadInput> = {
	'an end before the start': {
		parameters: { endTime: '2026-11-23T20:29:59Z' },
		message: 'End Time: the clip would end at or before its start',
	},
	'an end before the start within one second': {
		parameters: { startTime: '2026-11-23T20:30:00.700Z', endTime: '2026-11-23T20:30:00.200Z' },
		message: 'End Time: the clip would end at or before its start',
	},
	'an unreadable date': {
		parameters: { startTime: 'half past eight' },
		message: 'Start Time: "half past eight" is not a valid date and time',
	},
	'a date without time': {
		parameters: { startTime: '2026-11-23' },
		message: 'Start Time: "2026-11-23" is not a valid date and time',
	},
	'no date': { parameters: { startTime: '={{ "" }}' }, message: 'Start Time: must not be empty' },
	'a missing date in an expression': {
		parameters: { startTime: '={{ $json.missing }}' },
		message: 'Start Time: must not be empty',
	},
	'an empty title': { parameters: { title: '  ' }, message: 'Title: must not be empty' },
	'an ID that climbs': {
		parameters: { streamId: locator('../contents') },
		message: 'Live Stream: "../contents" is not a valid ID',
	},
	'an ID with a query': { parameters: { streamId: locator('a?b') }, message: 'Live Stream: "a?b" is not a valid ID' },
	'no ID': { parameters: { streamId: locator('={{ $json.missing }}') }, message: 'Live Stream: must not be empty' },
	'a URL without an ID': {
		parameters: { streamId: locator('https://videograph.ai/', 'url') },
		message: 'Live Stream: "https://videograph.ai/" does not contain an ID',
	},
	'a duration in milliseconds': {
		parameters: { timeRange: 'startDuration', duration: 90000 },
		message: 'Duration: the clip would be 25 hours long',
	},
	'an invalid duration': {
		parameters: { timeRange: 'startDuration', duration: 'a while' },
		message: 'Duration: "a while" is not a valid duration',
	},
	'an empty duration': {
		parameters: { timeRange: 'startDuration', duration: '0s' },
		message: 'Duration: the clip would end at or before its start',
	},
	'an unknown time range': {
		parameters: { timeRange: '={{ "constructor" }}', moment: '2026-11-23T20:30:00Z' },
		message: 'Time Range: "constructor" is not a valid option',
	},
	'metadata that is no object': {
		parameters: { additionalFields: { metadata: { json: [{ object: '[1' }] } } },
		message: 'Metadata: "[1" is not a set of names and values',
	},
	'a tag that is an object': {
		parameters: { additionalFields: { tags: '={{ [{}] }}' } },
		message: 'Tags: [{}] is not a list of tags',
	},
};

describe.each(Object.entries(BAD_INPUT))('Clip Create with %s', (_name, { parameters, message }) => {
	it('stops the execution with its own error and without any request', async () => {
		const { error } = await harness.createClip(parameters);
		expect(error).toMatchObject({ name: 'NodeOperationError', message, context: { itemIndex: 0 } });
		expect(error?.description).toBeTruthy();
		expect(harness.emulator.requests).toEqual([]);
	});

	it.each(MODES)('becomes an error item without any request (%s)', async (onError) => {
		const { items, errorItems, error } = await harness.createClip(parameters, { node: { onError } });
		const [failed] = onError === 'continueErrorOutput' ? errorItems : items;
		expect(error).toBeUndefined();
		expect(failed).toMatchObject({
			json: { error: message },
			pairedItem: { item: 0 },
			error: { name: 'NodeOperationError' },
		});
		expect(harness.emulator.requests).toEqual([]);
	});
});

interface Refusal {
	arrange?: () => INodeParameters;
	message: string | RegExp;
	description: RegExp;
	httpCode: string;
	failure?: string;
	/** Whether it forbids all requests of the execution, so that the other items fail without one. */
	endsAll?: boolean;
}

const REFUSALS: Record<string, Refusal> = {
	'wrong credentials': {
		arrange: () => {
			harness.credential = { ...harness.credential, secretKey: 'wrong' };
			return {};
		},
		message: /./,
		description: /Access Token ID and the Secret Key/,
		httpCode: '401',
		failure: 'credential-invalid',
	},
	'an unknown stream': {
		arrange: () => ({ streamId: locator('no-such-stream') }),
		message: 'Live stream no-such-stream not found',
		description: /Check Live Stream/,
		httpCode: '404',
	},
	'a stream that is not recorded': {
		arrange: () => ({
			streamId: locator(harness.emulator.addStream({ record: false, startedAt: LIVE_SINCE }).streamUUID),
		}),
		message: 'The live stream is not recorded',
		description: /must be recorded/,
		httpCode: '400',
	},
	'a recording that has expired': {
		arrange: () => ({ streamId: locator(harness.emulator.addStream({ startedAt: NOW - 13 * 3_600_000 }).streamUUID) }),
		message: 'The recording has expired',
		description: /12 hours/,
		httpCode: '400',
	},
	'a range outside of the recording': {
		arrange: () => ({ startTime: '2026-11-23T17:00:00Z' }),
		message: /outside the recording/,
		description: /within its recording/,
		httpCode: '400',
	},
	'a success envelope with an error': {
		arrange: () => fault({ status: 200, body: { status: 'Failed', code: 200, message: 'No capacity' } }),
		message: 'No capacity',
		description: /HTTP 200 to POST/,
		httpCode: '200',
	},
	'a rate limit': {
		arrange: () =>
			fault({ status: 429, headers: { 'retry-after': '3600' }, body: { code: 429, message: 'Slow down' } }),
		message: 'Slow down',
		description: /Concurrency/,
		httpCode: '429',
		failure: 'rate-limited',
		endsAll: true,
	},
	'the page of a proxy': {
		arrange: () => fault({ status: 200, contentType: 'text/html', body: '<html>Sign in</html>' }),
		message: 'Videograph returned a non-JSON response (HTTP 200)',
		description: /Base URL/,
		httpCode: '200',
	},
	'a redirect': {
		arrange: () =>
			fault({ status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: { code: 302, message: 'Moved' } }),
		message: 'Moved',
		description: /Redirects are not followed/,
		httpCode: '302',
	},
};

function fault(answer: object): INodeParameters {
	harness.emulator.failNext({ method: 'POST', answer: answer as never });
	return {};
}

describe.each(Object.entries(REFUSALS))(
	'Clip Create error: %s',
	(_name, { arrange, message, description, httpCode, failure, endsAll = false }) => {
		it("stops the execution in the API's own words, after one request", async () => {
			const { error } = await harness.createClip(arrange?.());
			expect(error).toMatchObject({ name: 'NodeApiError', httpCode, context: { itemIndex: 0 } });
			expect(error?.message).toMatch(message);
			expect(error?.description).toMatch(description);
			expect(error?.failure?.cause).toBe(TELLS_CAUSE ? failure : undefined);
			expect(harness.emulator.requests).toHaveLength(1);
		});

		it.each(MODES)('becomes an error item, and the other items succeed (%s)', async (onError) => {
			const parameters = arrange?.();
			const { items, errorItems, error } = await harness.createClip(
				{ ...parameters, options: { concurrency: 1 } },
				{ node: { onError }, input: [{ first: true }, {}] },
			);
			const [failed] = onError === 'continueErrorOutput' ? errorItems : items;
			expect(error).toBeUndefined();
			expect(failed).toMatchObject({ error: { httpCode }, pairedItem: { item: 0 } });
			expect(failed?.json.error).toMatch(message);
			expect(harness.emulator.requests.length > 1).toBe(!endsAll);
			const errors = [...items, ...errorItems].map(({ json }) => JSON.stringify(json));
			expect(errors.some((one) => /"Videograph is rate limiting requests for 3\d{3} seconds"/.test(one))).toBe(endsAll);
		});
	},
);

describe('Clip Create error', () => {
	it('retains the pairing of items on the error output', async () => {
		const { items, errorItems } = await harness.createClip(
			{ title: '={{ $json.title }}' },
			{ node: { onError: 'continueErrorOutput' }, input: ['A', '', 'B', ''].map((title) => ({ title })) },
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(errorItems.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 3 }]);
	});

	it('reports a refused connection if the server is down', async () => {
		harness.credential.baseUrl = 'http://127.0.0.1:1';
		const { error } = await harness.createClip();
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'No response from Videograph: the connection was refused',
			...(TELLS_CAUSE && { failure: { cause: 'temporarily-unavailable' } }),
			context: { itemIndex: 0 },
		});
	});

	it.each(['ftp://api.videograph.ai', 'api.videograph.ai', '', 'https://user:word@host', 'https://'])(
		'rejects the Base URL %p without a request',
		async (baseUrl) => {
			harness.credential.baseUrl = baseUrl;
			const { error } = await harness.createClip();
			expect(error?.message).toBe(`Base URL: "${baseUrl}" is not a valid URL`);
		},
	);

	it('contains no secret in the stored data of a failed execution', async () => {
		harness.emulator.failNext({ answer: 'reset', times: Infinity });
		const cut = await harness.run({ resource: 'livestream', operation: 'create', title: 'Sunday service' });
		harness.credential = { ...harness.credential, secretKey: 'top-secret-value' };
		const wrong = await harness.createClip({}, { node: { onError: 'continueRegularOutput' } });
		// The engine searches more than the stored data for the secret.
		expect(cut.error?.message).toBe('No response from Videograph: the connection was interrupted');
		expect(wrong.items[0]?.json.error).toBe('Unauthorized');
		for (const { stored } of [wrong, cut]) expect(stored).toContain('Videograph');
	});
});
