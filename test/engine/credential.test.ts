import { useScene } from './scene';

const scene = useScene();

it.each(['', '/', '//'])('passes its test, whatever slashes its Base URL ends in (%p)', async (slashes) => {
	scene.credential.baseUrl = `${scene.emulator.url}${slashes}`;
	expect(await scene.engine.testCredential(scene.credential)).toBe('OK');
	expect(scene.emulator.requests).toMatchObject([{ method: 'GET', path: '/contents', authorized: true, status: 200 }]);
});

it.each(['', '/', '//'])('makes clips, whatever slashes its Base URL ends in (%p)', async (slashes) => {
	scene.credential.baseUrl = `${scene.emulator.url}${slashes}`;
	const { error } = await scene.createClip();
	expect(error).toBeUndefined();
});

it('fails its test with a wrong secret', async () => {
	scene.credential.secretKey = 'wrong';
	expect(await scene.engine.testCredential(scene.credential)).toMatch(/Authorization failed/);
});

it('fails its test where nothing answers', async () => {
	scene.credential.baseUrl = 'http://127.0.0.1:1';
	expect(await scene.engine.testCredential(scene.credential)).toMatch(/refused/);
});
