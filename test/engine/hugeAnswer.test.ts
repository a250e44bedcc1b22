import { Readable } from 'node:stream';
import { useScene } from './scene';

const scene = useScene();

const MIB = 1024 * 1024;

/** An answer of 1 GiB, made as it is read. @returns with how many bytes of it were made */
function huge() {
	const made = { bytes: 0 };
	const piece = 'x'.repeat(MIB);
	const body = Readable.from((function* () {
		yield '{"status":"Success","code":200,"message":"';
		for (; made.bytes < 1024 * MIB; made.bytes += MIB) yield piece;
		yield '"}';
	})());
	return { made, answer: { status: 200, headers: { 'content-type': 'application/json' }, body } };
}

describe('response of 1 GiB', () => {
it('is not read to its end, and fails', async () => {
	const { made, answer } = huge();
	scene.emulator.failNext({ method: 'POST', answer: () => answer });
	const { error } = await scene.run({ resource: 'livestream', operation: 'create', title: 'Sunday service' });
	expect(error).toMatchObject({
		name: 'NodeApiError',
		message: 'No response from Videograph: the response was too large',
		description: expect.stringContaining('may have been created'),
	});
	// The limit, and what the sockets hold.
	expect(made.bytes).toBeLessThan(80 * MIB);
});
});
