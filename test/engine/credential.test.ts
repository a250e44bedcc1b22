import { useScene } from './scene';

const scene = useScene();

describe('credential', () => {
it.each(['', '/', '//'])('passes its test, with any trailing slashes in its Base URL (%p)', async (slashes) => {
	scene.credential.baseUrl = `${scene.emulator.url}${slashes}`;
	expect(await scene.engine.testCredential(scene.credential)).toBe('OK');
	expect(scene.emulator.requests).toMatchObject([{ method: 'GET', path: '/contents', authorized: true, status: 200 }]);
});

it.each(['', '/', '//'])('creates clips, with any trailing slashes in its Base URL (%p)', async (slashes) => {
	scene.credential.baseUrl = `${scene.emulator.url}${slashes}`;
	const { error } = await scene.createClip();
	expect(error).toBeUndefined();
});

it('fails its test with a wrong secret', async () => {
	scene.credential.secretKey = 'wrong';
	expect(await scene.engine.testCredential(scene.credential)).toMatch(/Authorization failed/);
});

it('fails its test if the server is down', async () => {
	scene.credential.baseUrl = 'http://127.0.0.1:1';
	expect(await scene.engine.testCredential(scene.credential)).toMatch(/refused/);
});
});
