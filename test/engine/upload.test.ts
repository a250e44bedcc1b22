import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IBinaryData, INodeParameters } from 'n8n-workflow';
import type { Fault } from '../emulator';
import { keepFilesOnDisk, storedFile } from './binaryData';
import type { Result, Run } from './engine';
import { useHarness } from './harness';
import { writeLargeFile } from './largeFile';
import type { Measured, Task } from './uploadMemory';

const harness = useHarness({ contentAppearsAfterMs: 0 });

const MIB = 1024 * 1024;
const BYTES = Buffer.from('not really a video');

/** A file in the memory of n8n. */
const inMemory = (given: Partial<IBinaryData> = {}, bytes = BYTES): { data: IBinaryData } => ({
	data: { data: bytes.toString('base64'), mimeType: 'video/mp4', fileName: 'final.mp4', ...given },
});

const upload = async (parameters: INodeParameters = {}, options: Partial<Run> = {}): Promise<Result> =>
	await harness.run(
		{ resource: 'upload', operation: 'uploadFile', ...parameters },
		{ binary: [inMemory()], ...options },
	);

const put = (answer: Fault['answer'], more: Partial<Fault> = {}) =>
	harness.emulator.failNext({ method: 'PUT', path: /^\/storage/, answer, ...more });

const sent = () =>
	harness.emulator.requests.map(({ method, path }) => `${method} ${path.replace(/^(\/storage)\/.*/, '$1')}`);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('Upload File', () => {
	it('sends a file of an item, with its name, type and length', async () => {
		const { items, error } = await upload();
		expect(error).toBeUndefined();
		expect(sent()).toEqual(['POST /uploads', 'PUT /storage']);
		expect(harness.emulator.requests[0]?.body).toEqual({ file_name: 'final.mp4' });
		expect(harness.emulator.uploads).toMatchObject([
			{
				fileName: 'final.mp4',
				size: BYTES.length,
				contentLength: BYTES.length,
				contentType: 'video/mp4',
				sha256: sha256(BYTES),
			},
		]);
		expect(items).toEqual([
			{
				json: {
					fileName: 'final.mp4',
					size: BYTES.length,
					mimeType: 'video/mp4',
					uploaded: true,
					contentId: null,
					status: null,
					playbackUrl: null,
					embedUrl: null,
					thumbnailUrl: null,
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('accepts another field and another name', async () => {
		const binary = [{ video: inMemory().data }];
		await upload({ binaryPropertyName: 'video', additionalFields: { fileName: 'Cup final.mp4' } }, { binary });
		expect(harness.emulator.uploads.map(({ fileName }) => fileName)).toEqual(['Cup final.mp4']);
	});

	it('uploads the files of many items, each paired with its own', async () => {
		const binary = ['a.mp4', 'b.mp4', 'c.mp4'].map((fileName) => inMemory({ fileName }, Buffer.from(fileName)));
		const { items } = await upload({}, { input: [{}, {}, {}], binary });
		expect(items.map(({ json, pairedItem }) => [json.fileName, pairedItem])).toEqual([
			['a.mp4', { item: 0 }],
			['b.mp4', { item: 1 }],
			['c.mp4', { item: 2 }],
		]);
		const arrived = harness.emulator.uploads.map(({ fileName, sha256: hash }) => [fileName, hash]).sort();
		expect(arrived).toEqual(['a.mp4', 'b.mp4', 'c.mp4'].map((name) => [name, sha256(Buffer.from(name))]));
	});

	it.each<[string, INodeParameters, Partial<Run>, string]>([
		[
			'a field without a file',
			{ binaryPropertyName: 'video' },
			{},
			'Input Binary Field: the item has no file in "video"',
		],
		['an item without files', {}, { binary: [] }, 'Input Binary Field: the item has no file in "data"'],
		['an empty field name', { binaryPropertyName: '={{ "" }}' }, {}, 'Input Binary Field: must not be empty'],
		['a file without a name', {}, { binary: [inMemory({ fileName: undefined })] }, 'File Name: the file has no name'],
		['an empty file', {}, { binary: [inMemory({}, Buffer.alloc(0))] }, 'Input Binary Field: the file is empty'],
		[
			'a file that n8n has deleted',
			{},
			{ binary: [inMemory({ id: 'filesystem-v2:workflows/w/executions/0/binary_data/gone' })] },
			'Input Binary Field: n8n no longer has the file',
		],
		['a timeout without sense', { options: { timeout: 'soon' } }, {}, 'Timeout: "soon" is not a valid duration'],
	])('rejects %s before any request', async (_name, parameters, options, message) => {
		const { error } = await upload(parameters, options);
		expect(error).toMatchObject({ message: expect.stringContaining(message), context: { itemIndex: 0 } });
		expect(error?.description).toMatch(/\w/);
		expect(harness.emulator.requests).toEqual([]);
	});
});

const EXPIRED = `<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message><Key>AKIA</Key></Error>`;

describe('Upload File to a failing storage', () => {
	it.each<[string, Fault['answer'], string, string]>([
		['403 in XML', { status: 403, body: EXPIRED }, 'HTTP 403, Request has expired', 'to request a new upload URL'],
		['500 in HTML', { status: 500, body: '<h1>Oh  no</h1>' }, 'HTTP 500, Oh no', 'on the side of the storage'],
		[
			'503 in JSON',
			{ status: 503, body: { message: 'Slow down' } },
			'HTTP 503, Slow down',
			'The file may have arrived: check',
		],
		['404 without a word', { status: 404 }, 'HTTP 404', 'upload the file in the Videograph dashboard'],
		[
			'XML without a message',
			{ status: 400, body: '<?xml version="1.0"?><Key>AKIA</Key>' },
			'HTTP 400',
			'new upload URL',
		],
		['a reset', 'reset', 'the connection was interrupted', 'to upload the file again'],
		[
			'a truncated response',
			(real) => ({ ...real, body: 'OK', cut: true }),
			'the connection was interrupted',
			'The file may have arrived: check',
		],
	])('explains the error: %s', async (_name, answer, words, advice) => {
		put(answer);
		const { error, stored } = await upload();
		expect(error?.message).toBe(`The file was not uploaded: ${words}`);
		expect(error?.description).toContain(advice);
		expect(stored).not.toMatch(/signature=|AKIA/);
		expect(sent()).toEqual(['POST /uploads', 'PUT /storage']);
	});

	it('follows no redirect', async () => {
		put({ status: 307, headers: { location: `${harness.emulator.url}/storage/elsewhere` } });
		const { error } = await upload();
		expect(error).toMatchObject({
			message: 'The file was not uploaded: HTTP 307',
			description: expect.stringContaining('redirect'),
		});
		expect(sent()).toEqual(['POST /uploads', 'PUT /storage']);
	});

	it('reveals no part of the signed URL, even if the response repeats it', async () => {
		let signature = '';
		harness.emulator.failNext({
			method: 'PUT',
			answer: {
				status: 403,
				get body() {
					signature = String(harness.emulator.requests.at(-1)?.query.signature);
					return `No ${signature} here`;
				},
			},
		});
		const { error, stored } = await upload();
		expect(error?.message).toBe('The file was not uploaded: HTTP 403, No … here');
		expect(signature).toMatch(/^[\w-]{32}$/);
		expect(stored).not.toContain(signature);
	});

	it('requests a new upload URL on Retry On Fail, and resends no file that was received', async () => {
		put({ status: 503 });
		const binary = [inMemory({ fileName: 'a.mp4' }), inMemory({ fileName: 'b.mp4' })];
		const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
		const { items, error } = await upload({}, { input: [{}, {}], binary, node });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.fileName)).toEqual(['a.mp4', 'b.mp4']);
		expect(harness.emulator.uploads.map(({ fileName }) => fileName).sort()).toEqual(['a.mp4', 'b.mp4']);
		const count = (request: string) => sent().filter((one) => one === request).length;
		expect([count('POST /uploads'), count('PUT /storage')]).toEqual([3, 3]);
	});

	it('continues with the other items with Continue on Fail', async () => {
		put({ status: 403, body: 'no' });
		const binary = [inMemory({ fileName: 'a.mp4' }), inMemory({ fileName: 'b.mp4' })];
		const options = { input: [{}, {}], binary, node: { onError: 'continueErrorOutput' as const } };
		const { items, errorItems } = await upload({ options: { concurrency: 1 } }, options);
		expect(items).toMatchObject([{ json: { fileName: 'b.mp4' }, pairedItem: { item: 1 } }]);
		expect(errorItems).toMatchObject([
			{ json: { error: 'The file was not uploaded: HTTP 403, no' }, pairedItem: { item: 0 } },
		]);
	});
});

describe('Upload File in progress', () => {
	it.each<[string, object]>([
		['no URL', { data: {} }],
		['a URL with credentials', { data: { url: 'https://user:secret@storage.example/file' } }],
		['a URL of another protocol', { data: { url: 'ftp://storage.example/file' } }],
	])('sends the file nowhere if Videograph returns %s', async (_name, data) => {
		harness.emulator.failNext({
			path: /^\/uploads/,
			answer: { status: 200, body: { status: 'Success', code: 200, message: '', ...data } },
		});
		const { error, stored } = await upload();
		expect(error?.message).toContain('Videograph returned an unexpected response');
		expect(stored).not.toContain('secret@');
		expect(sent()).toEqual(['POST /uploads']);
	});

	it('stops during an upload', async () => {
		put('hang');
		const stop = new AbortController();
		setTimeout(() => stop.abort(), 500);
		const started = performance.now();
		await upload({}, { stop: stop.signal });
		expect(performance.now() - started).toBeLessThan(1500);
		expect(harness.emulator.uploads).toEqual([]);
	});
});

describe('Wait Until Video Appears', () => {
	const waiting = async (options: INodeParameters = {}, run: Partial<Run> = {}) =>
		await upload({ waitUntilReady: true, options: { timeout: '10s', ...options } }, run);

	it('returns the new video of that title', async () => {
		harness.emulator.addVideo({ title: 'final.mp4' });
		harness.emulator.options.readyAfterMs = 60_000;
		const { items, error } = await waiting();
		expect(error).toBeUndefined();
		const { contentId } = harness.emulator.uploads[0] ?? {};
		expect(items).toMatchObject([
			{ json: { contentId, status: 'processing', embedUrl: expect.stringContaining(String(contentId)) } },
		]);
	});

	it.each([true, false])('finds it among many videos (paging ignored: %s)', async (ignorePaging) => {
		harness.emulator.options.ignorePaging = ignorePaging;
		harness.emulator.addVideos(230);
		const { items } = await waiting();
		expect(items[0]?.json.contentId).toBe(harness.emulator.uploads[0]?.contentId);
	});

	it('assigns two files of the same name one video each', async () => {
		const { items } = await waiting({}, { input: [{}, {}], binary: [inMemory(), inMemory()] });
		const ids = items.map(({ json }) => json.contentId);
		expect(new Set(ids)).toEqual(new Set(harness.emulator.uploads.map(({ contentId }) => contentId)));
	});

	it('assigns two files of the same name one video each, if two executions upload them', async () => {
		harness.emulator.options.contentAppearsAfterMs = 1000;
		const results = await Promise.all([waiting(), waiting()]);
		const ids = results.map(({ items }) => items[0]?.json.contentId);
		expect(new Set(ids)).toEqual(new Set(harness.emulator.uploads.map(({ contentId }) => contentId)));
	});

	it('returns the file without an ID at the timeout', async () => {
		harness.emulator.options.contentAppearsAfterMs = 60_000;
		harness.emulator.addVideo({ title: 'final.mp4' });
		const { items, error } = await waiting({ timeout: '3s', simplify: false });
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ json: { uploaded: true, contentId: null, raw: null } }]);
	});

	it('ends when the execution is stopped', async () => {
		harness.emulator.options.contentAppearsAfterMs = 60_000;
		const stop = new AbortController();
		setTimeout(() => stop.abort(), 1500);
		const started = performance.now();
		await waiting({}, { stop: stop.signal });
		expect(performance.now() - started).toBeLessThan(2500);
		expect(harness.emulator.uploads).toHaveLength(1);
	});
});

describe('Upload File from disk', () => {
	const LARGE = 256 * MIB;
	const MOST = 128 * MIB;
	let folder: string;
	let small: string;
	let large: string;
	let hash: string;

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'videograph-upload-'));
		small = join(folder, 'small');
		large = join(folder, 'large');
		await writeFile(small, BYTES);
		hash = await writeLargeFile(large, LARGE);
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	it.each(['data', '={{ $binary.data }}'])('reads %s', async (binaryPropertyName) => {
		const data = await storedFile(await keepFilesOnDisk(), small, 'small.mp4');
		const { error } = await upload({ binaryPropertyName }, { binary: [{ data }] });
		expect(error).toBeUndefined();
		expect(harness.emulator.uploads).toMatchObject([
			{ fileName: 'small.mp4', sha256: sha256(BYTES), contentType: 'video/mp4' },
		]);
	});

	it('never holds the whole file in memory, whatever its size', async () => {
		const { credential } = harness;
		const { error, items, idle, peak } = await measured({ credential, small, large });
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ fileName: 'large.mp4', size: LARGE, uploaded: true }]);
		expect(harness.emulator.uploads.at(-1)).toMatchObject({ size: LARGE, contentLength: LARGE, sha256: hash });
		expect(peak - idle).toBeLessThan(MOST);
	});
});

/** In a separate process, without the memory of jest. */
async function measured(task: Task): Promise<Measured> {
	const args = ['--expose-gc', join(__dirname, 'uploadMemory.js'), JSON.stringify(task)];
	const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		output += text;
	});
	await once(child, 'close');
	const figures = JSON.parse(output) as Measured;
	const { idle, peak, milliseconds } = figures;
	const inMib = (bytes: number) => Math.round(bytes / MIB);
	process.stderr.write(`256 MiB in ${milliseconds} ms: ${inMib(idle)} MiB idle, ${inMib(peak)} MiB at most\n`);
	return figures;
}
