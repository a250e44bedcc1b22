import type { INodeParameters } from 'n8n-workflow';
import type { Run } from './engine';
import { locator, useHarness } from './harness';

const harness = useHarness();

const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };
const run = async (operation: string, parameters: INodeParameters = {}, options?: Partial<Run>) =>
	await harness.run({ resource: 'livestream', operation, ...parameters }, options);
const create = async (parameters: INodeParameters = {}, options?: Partial<Run>) =>
	await run('create', { title: 'Sunday service', ...parameters }, options);
const of = async (operation: string, parameters: INodeParameters = {}, options?: Partial<Run>) =>
	await run(operation, { streamId: locator(harness.stream.streamUUID), ...parameters }, options);
const idle = () => harness.emulator.addStream({ title: 'Evening news' });
const made = () => harness.emulator.streams.filter(({ title }) => title === 'Sunday service');
const sent = (method: string) => harness.emulator.requests.filter((request) => request.method === method);
const MODES = ['continueRegularOutput', 'continueErrorOutput'] as const;

describe('Live Stream Create', () => {
	it('creates a recorded live stream, and returns its stream key', async () => {
		const { items, error } = await create();
		expect(error).toBeUndefined();
		expect(sent('POST')).toMatchObject([
			{ path: '/livestreams', body: { title: 'Sunday service', region: 'us-east-1', record: true } },
		]);
		const [stream] = made();
		expect(items).toMatchObject([
			{
				json: {
					streamId: stream?.streamUUID,
					title: 'Sunday service',
					live: false,
					recorded: true,
					ingestUrl: 'rtmp://ingest.example/live',
					streamKey: `key-${stream?.streamUUID}`,
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it.each([200, 201] as const)('accepts the response %d, with either name of the URL', async (createStatus) => {
		Object.assign(harness.emulator.options, { createStatus, ingestName: 'rtmpUrl' });
		const { items } = await create();
		expect(items[0]?.json).toMatchObject({ streamId: made()[0]?.streamUUID, ingestUrl: 'rtmp://ingest.example/live' });
	});

	it('sends the fields that are set', async () => {
		await create({
			region: 'custom',
			customRegion: ' eu-west-9 ',
			record: false,
			additionalFields: {
				description: 'From the chapel',
				dvrDuration: '90s',
				metadata: { values: [{ key: 'camera', value: '2' }] },
				playbackPolicy: ['signed'],
				recordingsPlaybackPolicy: ['public', 'signed'],
				tags: 'sunday, organ',
			},
		});
		expect(harness.created()).toEqual([
			{
				title: 'Sunday service',
				region: 'eu-west-9',
				record: false,
				description: 'From the chapel',
				dvrDurationInMins: 2,
				metadata: [{ key: 'camera', value: '2' }],
				playback_policy: ['signed'],
				recordings_playback_policy: ['public', 'signed'],
				tags: ['sunday', 'organ'],
			},
		]);
	});

	it('returns the API response with Simplify off', async () => {
		const { items } = await create({ options: { simplify: false } });
		const [stream] = made();
		expect(items[0]?.json).toMatchObject({ streamUUID: stream?.streamUUID, rtmpsUrl: expect.any(String) });
	});

	it('stops in the words of the API', async () => {
		harness.emulator.failNext({
			method: 'POST',
			answer: { status: 400, body: { code: 400, message: 'No such region' } },
		});
		const { error } = await create();
		expect(error).toMatchObject({ httpCode: '400', message: 'No such region', context: { itemIndex: 0 } });
		expect(error?.description).toMatch(/Check Region/);
	});

	it.each(MODES)('continues with the other items (%s)', async (onError) => {
		const input = [{ title: '' }, { title: 'Sunday service' }];
		const { items, errorItems } = await create({ title: '={{ $json.title }}' }, { input, node: { onError } });
		const [failed, good] = onError === 'continueErrorOutput' ? [errorItems[0], items[0]] : items;
		expect(failed).toMatchObject({ json: { error: 'Title: must not be empty' }, pairedItem: { item: 0 } });
		expect(good).toMatchObject({ json: { streamId: made()[0]?.streamUUID }, pairedItem: { item: 1 } });
	});

	it('is not resent by Retry On Fail, and returns its stream key again', async () => {
		const input = [{ title: 'Late' }, { title: 'Sunday service' }];
		harness.emulator.failNext({ method: 'POST', answer: { status: 400, body: { code: 400, message: 'Not now' } } });
		const { items } = await create(
			{ title: '={{ $json.title }}', options: { concurrency: 1 } },
			{ input, node: { ...retry, onError: 'continueRegularOutput' } },
		);
		expect(items.map(({ json }) => json.title)).toEqual(['Late', 'Sunday service']);
		expect(items[1]?.json.streamKey).toBe(`key-${made()[0]?.streamUUID}`);
		expect(made()).toHaveLength(1);
	});

	it('is not resent by Retry On Fail after a lost response', async () => {
		harness.emulator.failNext({ method: 'POST', when: 'after', answer: 'reset' });
		const { error } = await create({}, { node: retry });
		expect(error?.message).toBe(
			'An earlier attempt may already have created the live stream, so it was not sent again',
		);
		expect(error?.description).toMatch(/Check for the live stream in Videograph/);
		expect(made()).toHaveLength(1);
	});

	it('reports an unknown outcome after a lost response', async () => {
		harness.emulator.failNext({
			method: 'POST',
			when: 'after',
			answer: { status: 502, body: { code: 502, message: 'Bad' } },
		});
		const { error } = await create();
		expect(error?.description).toMatch(/^The live stream may have been created\./);
	});

	it('lists the created streams if the execution fails, without their stream keys', async () => {
		harness.emulator.failNext({
			method: 'POST',
			skip: 1,
			answer: { status: 400, body: { code: 400, message: 'Full' } },
		});
		const { error } = await create({ options: { concurrency: 1 } }, { input: [{}, {}] });
		expect(error).toMatchObject({ message: 'Full', context: { created: [{ item: 0, id: made()[0]?.streamUUID }] } });
		expect(JSON.stringify(error)).not.toContain('key-');
	});

	it('lists the created streams with Simplify off, too', async () => {
		harness.emulator.failNext({
			method: 'POST',
			skip: 1,
			answer: { status: 400, body: { code: 400, message: 'Full' } },
		});
		const { error } = await create({ options: { concurrency: 1, simplify: false } }, { input: [{}, {}] });
		const id = made()[0]?.streamUUID;
		expect(error).toMatchObject({ context: { created: [{ item: 0, id }] } });
		expect(error?.description).toContain(`Already created in this execution, by streamId: ${id} (item 0).`);
	});

	it.each([
		['FALSE', false],
		[' true ', true],
		['', true],
	])('accepts %j from an expression for Record', async (text, record) => {
		await create({ record: '={{ $json.record }}' }, { input: [{ record: text }] });
		expect(harness.created()).toMatchObject([{ record }]);
	});

	it.each([
		['no title', { title: ' ' }, 'Title: must not be empty'],
		['a Record that is neither', { record: '={{ "no" }}' }, 'Record: "no" is neither true nor false'],
		['no custom region', { region: 'custom', customRegion: '={{ "" }}' }, 'Custom Region: must not be empty'],
		[
			'a DVR that is no length',
			{ additionalFields: { dvrDuration: 'long' } },
			'DVR Duration: "long" is not a valid duration',
		],
		[
			'another policy',
			{ additionalFields: { playbackPolicy: ['secret'] } },
			'Playback Policy: "secret" is not a valid option',
		],
		[
			'metadata that is none',
			{ additionalFields: { metadata: { json: [{ object: 'x' }] } } },
			'Metadata: "x" is not a set of names and values',
		],
	])('rejects %s without a request', async (_name, parameters, message) => {
		const { error } = await create(parameters);
		expect(error).toMatchObject({ name: 'NodeOperationError', message, context: { itemIndex: 0 } });
		expect(harness.emulator.requests).toEqual([]);
	});
});

describe('Live Stream Update', () => {
	const described = {
		description: 'Cup',
		tags: ['cup'],
		metadata: [{ key: 'team', value: 'home' }],
		dvrDurationInMins: 30,
	};

	it('retains unchanged fields', async () => {
		harness.emulator.options.streamDetails = 'full';
		Object.assign(harness.stream, described);
		const { items, error } = await of('update', { updateFields: { title: 'Final' } });
		expect(error).toBeUndefined();
		expect(sent('PUT')).toMatchObject([{ body: { ...described, title: 'Final' } }]);
		expect(harness.stream).toMatchObject({ ...described, title: 'Final' });
		const { dvrDurationInMins, ...shown } = described;
		expect(items).toMatchObject([
			{ json: { streamId: harness.stream.streamUUID, title: 'Final', live: true, ...shown }, pairedItem: { item: 0 } },
		]);
		expect(JSON.stringify(items)).not.toContain('streamKey');
	});

	it('sends no field that the API does not return', async () => {
		Object.assign(harness.stream, described);
		await of('update', { updateFields: { description: 'Semi' } });
		const { metadata } = described;
		expect(sent('PUT').map(({ body }) => body)).toEqual([{ title: 'Saturday derby', description: 'Semi', metadata }]);
	});

	it('clears fields that were added and left empty', async () => {
		harness.emulator.options.streamDetails = 'full';
		Object.assign(harness.stream, described);
		await of('update', { updateFields: { description: '', tags: '', metadata: {} } });
		expect(sent('PUT').map(({ body }) => body)).toEqual([
			{ title: 'Saturday derby', description: '', tags: [], metadata: [], dvrDurationInMins: 30 },
		]);
	});

	it('changes all fields that can be changed', async () => {
		const metadata = { json: [{ object: '{"round": 3}' }] };
		await of('update', { updateFields: { title: 'A', description: 'B', tags: 'c', dvrDuration: 3600, metadata } });
		expect(sent('PUT').map(({ body }) => body)).toEqual([
			{ title: 'A', description: 'B', tags: ['c'], dvrDurationInMins: 60, metadata: [{ key: 'round', value: '3' }] },
		]);
	});

	it('of two items for one live stream loses no change', async () => {
		harness.emulator.options.streamDetails = 'full';
		const input = [{ tags: 'cup' }, { description: 'Final' }];
		// A field whose expression returns nothing is not changed.
		const updateFields = { tags: '={{ $json.tags }}', description: '={{ $json.description }}' };
		await of('update', { updateFields }, { input });
		expect(harness.stream).toMatchObject({ tags: ['cup'], description: 'Final' });
	});

	it('returns the API response too with Simplify off', async () => {
		harness.emulator.options.doneAnswer = 'bare';
		const { items } = await of('update', { updateFields: { title: 'Final' }, options: { simplify: false } });
		expect(items[0]?.json).toMatchObject({ title: 'Final', raw: {} });
	});

	it('asks for a title if the API returns none', async () => {
		harness.stream.title = '';
		const { error } = await of('update', { updateFields: { tags: 'cup' } });
		expect(error?.message).toMatch(/does not report the title/);
		expect(error?.description).toBe('Add Title to Update Fields.');
		expect(sent('PUT')).toEqual([]);
	});

	it.each(MODES)('continues with the other items (%s)', async (onError) => {
		const input = [{ id: 'gone' }, { id: harness.stream.streamUUID }];
		const parameters = { streamId: locator('={{ $json.id }}'), updateFields: { title: 'Final' } };
		const { items, errorItems } = await run('update', parameters, { input, node: { onError } });
		const [failed, good] = onError === 'continueErrorOutput' ? [errorItems[0], items[0]] : items;
		expect(failed).toMatchObject({ json: { error: 'Live stream gone not found' }, pairedItem: { item: 0 } });
		expect(good).toMatchObject({ json: { title: 'Final' }, pairedItem: { item: 1 } });
	});

	it.each([
		['nothing to change', {}, 'Update Fields: no field was added'],
		['an empty title', { updateFields: { title: '' } }, 'Title: must not be empty'],
		['an empty DVR duration', { updateFields: { dvrDuration: '' } }, 'DVR Duration: must not be empty'],
	])('rejects %s without a request', async (_name, parameters, message) => {
		const { error } = await of('update', parameters);
		expect(error).toMatchObject({ name: 'NodeOperationError', message });
		expect(harness.emulator.requests).toEqual([]);
	});
});

describe('Live Stream Delete', () => {
	it('deletes a live stream', async () => {
		const { streamUUID } = harness.stream;
		const { items } = await of('delete');
		expect(items).toEqual([{ json: { deleted: true, streamId: streamUUID }, pairedItem: { item: 0 } }]);
		expect(harness.emulator.streams).toEqual([]);
	});

	it('explains what to do if it does not exist', async () => {
		const { error } = await run('delete', { streamId: locator('gone') });
		expect(error).toMatchObject({ httpCode: '404', message: 'Live stream gone not found' });
		expect(error?.description).toMatch(/^Check Live Stream/);
	});

	it('deletes once with Retry On Fail', async () => {
		const input = [{ id: harness.stream.streamUUID }, { id: 'late' }];
		setTimeout(() => harness.emulator.addStream({ streamUUID: 'late' }), 300);
		const parameters = { streamId: locator('={{ $json.id }}'), options: { concurrency: 1 } };
		const { items, error } = await run('delete', parameters, { input, node: { ...retry, waitBetweenTries: 600 } });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.streamId)).toEqual([input[0]?.id, 'late']);
	});

	it.each(MODES)('continues with the other items (%s)', async (onError) => {
		const input = [{ id: 'gone' }, { id: harness.stream.streamUUID }];
		const { items, errorItems } = await run(
			'delete',
			{ streamId: locator('={{ $json.id }}') },
			{ input, node: { onError } },
		);
		const [failed, good] = onError === 'continueErrorOutput' ? [errorItems[0], items[0]] : items;
		expect(failed).toMatchObject({ json: { error: 'Live stream gone not found' }, pairedItem: { item: 0 } });
		expect(good).toMatchObject({ json: { deleted: true }, pairedItem: { item: 1 } });
	});

	it.each([
		['no live stream', '={{ "" }}', 'Live Stream: must not be empty'],
		['an ID that climbs', '../x', 'Live Stream: "../x" is not a valid ID'],
	])('rejects %s without a request', async (_name, id, message) => {
		const { error } = await run('delete', { streamId: locator(id) });
		expect(error?.message).toBe(message);
		expect(harness.emulator.requests).toEqual([]);
	});
});

describe.each([
	['start', 'Active', () => idle()],
	['stop', 'Idle', () => harness.stream],
] as const)('Live Stream %s', (operation, goal, target) => {
	const change = async (options: INodeParameters = {}, more?: Partial<Run>, waitUntilReady = false) => {
		const { streamUUID } = target();
		const parameters = { streamId: locator(streamUUID), waitUntilReady, options };
		return { streamUUID, ...(await run(operation, parameters, more)) };
	};
	const changeAndWait = async (options: INodeParameters = {}, more?: Partial<Run>) => await change(options, more, true);

	it('sends the request, and returns the new state of the live stream', async () => {
		const { streamUUID, items, error } = await change();
		expect(error).toBeUndefined();
		expect(harness.emulator.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			`POST /livestreams/${streamUUID}/${operation}`,
			`GET /livestreams/${streamUUID}`,
		]);
		const status: unknown = expect.stringMatching(/^Processing/);
		expect(items).toMatchObject([{ json: { streamId: streamUUID, status }, pairedItem: { item: 0 } }]);
		expect(JSON.stringify(items)).not.toContain('streamKey');
	});

	it(`waits until it is ${goal}`, async () => {
		const { items } = await changeAndWait();
		expect(items[0]?.json).toMatchObject({ status: goal, live: goal === 'Active' });
		expect(sent('POST')).toHaveLength(1);
	});

	it('returns the API response with Simplify off', async () => {
		const { streamUUID, items } = await change({ simplify: false });
		expect(items[0]?.json).toMatchObject({ streamUUID, streamKey: `key-${streamUUID}` });
	});

	it('fails at the timeout', async () => {
		harness.emulator.options.startsAfterMs = 600_000;
		const { error } = await changeAndWait({ timeout: '1s' });
		expect(error?.message).toMatch(new RegExp(`is not ${goal} after 1 seconds: its status is Processing`));
		expect(error?.description).toMatch(new RegExp(`If Not ${goal} in Time`));
	});

	it('returns the live stream as it is at the timeout with Continue', async () => {
		harness.emulator.options.startsAfterMs = 600_000;
		const { items, error } = await changeAndWait({ timeout: '1s', onNotReady: 'continue' });
		expect(error).toBeUndefined();
		expect(items[0]?.json.status).toMatch(/^Processing/);
	});

	it('ends its wait when the execution is stopped', async () => {
		harness.emulator.options.startsAfterMs = 600_000;
		const stop = new AbortController();
		let stoppedAt = 0;
		setTimeout(() => {
			stoppedAt = Date.now();
			stop.abort();
		}, 800);
		const { streamUUID, items } = await changeAndWait({}, { stop: stop.signal });
		expect(Date.now() - stoppedAt).toBeLessThan(1000);
		expect(items[0]?.json.streamId).toBe(streamUUID);
	});

	it('fails if the live stream fails', async () => {
		const stream = target();
		harness.emulator.options.startsAfterMs = 600_000;
		setTimeout(() => Object.assign(stream, { status: 'Failed' }), 500);
		const { error } = await run(operation, { streamId: locator(stream.streamUUID), waitUntilReady: true });
		expect(error?.message).toMatch(new RegExp(`did not become ${goal}: its status is Failed`));
	});

	it.each([404, 405] as const)('explains that the endpoint is gone (%d)', async (startStop) => {
		harness.emulator.options.startStop = startStop;
		const { error } = await change();
		expect(error).toMatchObject({ httpCode: String(startStop), context: { itemIndex: 0 } });
		expect(error?.description).toMatch(
			new RegExp(`may be gone: ${operation} the live stream in the Videograph dashboard`),
		);
	});

	it('reports a status that could not be read', async () => {
		harness.emulator.failNext({ method: 'GET', answer: { status: 400, body: { code: 400, message: 'No' } } });
		const { error } = await change();
		expect(error?.description).toMatch(/^The live stream was (started|stopped), but reading its status failed/);
	});

	it.each([404, 405] as const)('reports a status that can no longer be read (%d)', async (status) => {
		harness.emulator.failNext({ method: 'GET', answer: { status, body: { code: status, message: 'No' } } });
		const { error } = await change();
		expect(error?.httpCode).toBe(String(status));
		expect(error?.description).toMatch(/^The live stream was (started|stopped), but reading its status failed/);
	});

	it.each(MODES)('continues with the other items (%s)', async (onError) => {
		const input = [{ id: 'gone' }, { id: target().streamUUID }];
		const { items, errorItems } = await run(
			operation,
			{ streamId: locator('={{ $json.id }}') },
			{ input, node: { onError } },
		);
		const [failed, good] = onError === 'continueErrorOutput' ? [errorItems[0], items[0]] : items;
		expect(failed).toMatchObject({ json: { error: 'Live stream gone not found' }, pairedItem: { item: 0 } });
		expect(good).toMatchObject({ json: { streamId: input[1]?.id }, pairedItem: { item: 1 } });
	});

	it('rejects an invalid timeout without a request', async () => {
		const { error } = await changeAndWait({ timeout: 'long' });
		expect(error?.message).toBe('Timeout: "long" is not a valid duration');
		expect(harness.emulator.requests).toEqual([]);
	});
});
