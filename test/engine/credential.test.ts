import { useHarness } from './harness';

const harness = useHarness();

describe('credential', () => {
	it.each(['', '/', '//'])('passes its test, with any trailing slashes in its Base URL (%p)', async (slashes) => {
		harness.credential.baseUrl = `${harness.emulator.url}${slashes}`;
		expect(await harness.engine.testCredential(harness.credential)).toBe('OK');
		expect(harness.emulator.requests).toMatchObject([
			{ method: 'GET', path: '/contents', account: harness.credential.accessTokenId, status: 200 },
		]);
	});

	it.each(['', '/', '//'])('creates clips, with any trailing slashes in its Base URL (%p)', async (slashes) => {
		harness.credential.baseUrl = `${harness.emulator.url}${slashes}`;
		const { error } = await harness.createClip();
		expect(error).toBeUndefined();
	});

	it('fails its test with a wrong secret', async () => {
		harness.credential.secretKey = 'wrong';
		expect(await harness.engine.testCredential(harness.credential)).toMatch(/Authorization failed/);
	});

	it('fails its test if the server is down', async () => {
		harness.credential.baseUrl = 'http://127.0.0.1:1';
		expect(await harness.engine.testCredential(harness.credential)).toMatch(/refused/);
	});
});
