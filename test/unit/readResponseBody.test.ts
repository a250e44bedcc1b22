import { Readable } from 'node:stream';
import { type BodyLimits, parseJsonBody, readResponseBody } from '../../nodes/Videograph/api/readResponseBody';

const bounds: BodyLimits = { maxLength: 10, maxMs: 60_000, signal: undefined };

/** A body of these chunks that never ends. */
function unfinished(...pieces: string[]): Readable {
	const body = new Readable({ read: () => undefined });
	for (const piece of pieces) body.push(piece);
	return body;
}

describe('response body', () => {
	it('is read to its end, wherever its chunks are split', async () => {
		const [first, second] = [Buffer.from('gö').subarray(0, 2), Buffer.from('gö').subarray(2)];
		expect(await readResponseBody(Readable.from([first, second]), bounds)).toBe('gö');
		expect(await readResponseBody(Readable.from([]), bounds)).toBe('');
	});

	it('is returned if it has already been read', async () => {
		expect(await readResponseBody({ a: 1 }, bounds)).toEqual({ a: 1 });
		expect(await readResponseBody('text', bounds)).toBe('text');
	});

	it('is not read beyond the size limit, and the connection is closed', async () => {
		const body = unfinished('12345', '67890', '1');
		await expect(readResponseBody(body, bounds)).rejects.toMatchObject({ code: 'EMSGSIZE' });
		expect(body.destroyed).toBe(true);
	});

	it('times out', async () => {
		const body = unfinished('1');
		await expect(readResponseBody(body, { ...bounds, maxMs: 20 })).rejects.toMatchObject({ code: 'ETIMEDOUT' });
		expect(body.destroyed).toBe(true);
	});

	it('is no longer read when the execution is stopped', async () => {
		const stop = new AbortController();
		const body = unfinished('1');
		const reading = readResponseBody(body, { ...bounds, signal: stop.signal });
		stop.abort();
		await expect(reading).rejects.toMatchObject({ code: 'ERR_CANCELED' });
	});

	it('is not read if the execution is already stopped', async () => {
		const body = unfinished('1');
		await expect(readResponseBody(body, { ...bounds, signal: AbortSignal.abort() })).rejects.toMatchObject({
			code: 'ERR_CANCELED',
		});
	});

	it('is parsed as JSON, or returned as text', () => {
		expect(['\uFEFF{"a":1}', '[]', 'null', '"x"', '', '{"a"', '<html>', { a: 1 }].map(parseJsonBody)).toEqual([
			{ a: 1 },
			[],
			null,
			'x',
			'',
			'{"a"',
			'<html>',
			{ a: 1 },
		]);
	});
});
