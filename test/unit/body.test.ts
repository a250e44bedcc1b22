import { Readable } from 'node:stream';
import { parsedBody, readBody, type Bounds } from '../../nodes/Videograph/api/body';

const bounds: Bounds = { longest: 10, mostMs: 60_000, stop: undefined };

/** A body that gives these pieces, and then nothing more without ever ending. */
function unfinished(...pieces: string[]): Readable {
	const body = new Readable({ read: () => undefined });
	for (const piece of pieces) body.push(piece);
	return body;
}

it('reads a body to its end, whatever its pieces cut apart', async () => {
	const [first, second] = [Buffer.from('gö').subarray(0, 2), Buffer.from('gö').subarray(2)];
	expect(await readBody(Readable.from([first, second]), bounds)).toBe('gö');
	expect(await readBody(Readable.from([]), bounds)).toBe('');
});

it('gives back what has been read already', async () => {
	expect(await readBody({ a: 1 }, bounds)).toEqual({ a: 1 });
	expect(await readBody('text', bounds)).toBe('text');
});

it('reads no more than it may, and closes the connection', async () => {
	const body = unfinished('12345', '67890', '1');
	await expect(readBody(body, bounds)).rejects.toMatchObject({ code: 'EMSGSIZE' });
	expect(body.destroyed).toBe(true);
});

it('ends when the time is over', async () => {
	const body = unfinished('1');
	await expect(readBody(body, { ...bounds, mostMs: 20 })).rejects.toMatchObject({ code: 'ETIMEDOUT' });
	expect(body.destroyed).toBe(true);
});

it('ends when the execution is stopped', async () => {
	const stop = new AbortController();
	const body = unfinished('1');
	const reading = readBody(body, { ...bounds, stop: stop.signal });
	stop.abort();
	await expect(reading).rejects.toMatchObject({ code: 'ERR_CANCELED' });
});

it('does not read at all where the execution has been stopped already', async () => {
	const body = unfinished('1');
	await expect(readBody(body, { ...bounds, stop: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ERR_CANCELED' });
});

it('takes JSON for what it holds, and any other text for text', () => {
	expect(['\uFEFF{"a":1}', '[]', 'null', '"x"', '', '{"a"', '<html>', { a: 1 }].map(parsedBody)).toEqual([
		{ a: 1 }, [], null, 'x', '', '{"a"', '<html>', { a: 1 },
	]);
});
