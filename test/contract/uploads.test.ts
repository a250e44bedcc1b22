import { createHash } from 'node:crypto';
import { testApi } from './api';

const api = testApi();
const { send } = api;

const bytes = Buffer.from('not really a video');
const sha256 = createHash('sha256').update(bytes).digest('hex');

async function uploadUrl(): Promise<string> {
	const { data } = await send('POST', '/uploads', { file_name: 'goal.mp4' });
	return (data as { url: string }).url;
}

async function put(url: string, init: RequestInit = {}): Promise<number> {
	return (await fetch(url, { method: 'PUT', body: bytes, ...init })).status;
}

describe('emulator uploads', () => {
	it('receive the bytes at a URL outside of the API, without credentials; a video appears later', async () => {
		const url = await uploadUrl();
		expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/storage\//);
		expect(await put(url)).toBe(200);
		expect(api.emulator.uploads).toMatchObject([
			{ fileName: 'goal.mp4', size: bytes.length, contentLength: bytes.length, sha256 },
		]);
		expect(api.emulator.videos).toEqual([]);
		api.now += 1500;
		expect((await send('GET', '/contents')).data).toMatchObject([
			{ contentId: api.emulator.uploads[0]?.contentId, title: 'goal.mp4', status: 'Pending', created_at: api.now },
		]);
		api.now += 2000;
		expect((await send('GET', '/contents')).data).toMatchObject([{ status: 'Ready' }]);
		expect(api.emulator.leaks).toEqual([]);
	});

	it('receive a large file', async () => {
		const size = 32 * 1024 * 1024;
		expect(await put(await uploadUrl(), { body: Buffer.alloc(size) })).toBe(200);
		expect(api.emulator.uploads).toMatchObject([{ size }]);
	});

	it('detect and refuse credentials', async () => {
		const url = await uploadUrl();
		expect(await put(url, { headers: { authorization: 'Basic eDp5' } })).toBe(400);
		expect(api.emulator.leaks).toEqual([`PUT ${new URL(url).pathname}`]);
		expect(api.emulator.uploads).toEqual([]);
		expect(JSON.stringify(api.emulator.requests)).not.toContain('eDp5');
	});

	it('refuse another signature, and bytes without a content length', async () => {
		const url = await uploadUrl();
		expect(await put(url.replace(/signature=.*/, 'signature=x'))).toBe(403);
		const chunked = { body: new Blob([bytes]).stream(), duplex: 'half' } as RequestInit;
		expect(await put(url, chunked)).toBe(411);
		expect(api.emulator.uploads).toEqual([]);
	});

	it('can fail, before or after the bytes', async () => {
		api.emulator.failNext({ method: 'PUT', path: /^\/storage/, answer: { status: 503 } });
		api.emulator.failNext({ method: 'PUT', path: /^\/storage/, answer: 'reset', when: 'after' });
		const url = await uploadUrl();
		expect(await put(url)).toBe(503);
		expect(api.emulator.uploads).toEqual([]);
		await expect(put(url)).rejects.toThrow('fetch failed');
		expect(api.emulator.uploads).toHaveLength(1);
	});

	it('require the name of the file', async () => {
		expect(await send('POST', '/uploads', { file_name: '' })).toMatchObject({ status: 400 });
	});
});
