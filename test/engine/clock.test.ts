import axios from 'axios';
import { type Emulator, startEmulator } from '../emulator';
import { Clock } from './clock';

const HOUR_MS = 60 * 60 * 1000;
const NOW = Date.parse('2026-11-23T20:31:00Z');

describe('the clock of the tests', () => {
	const clock = new Clock();
	let emulator: Emulator;
	const getStreams = () =>
		axios.get(`${emulator.url}/video/services/api/v1/livestreams?record=true`, {
			validateStatus: () => true,
			timeout: 30_000,
		});

	beforeEach(async () => {
		clock.start(NOW);
		emulator = await startEmulator({ now: () => Date.now() });
	});
	afterEach(async () => {
		await emulator.close();
		await clock.stop();
	});

	it('passes an hour in which everything waits', async () => {
		const since = performance.now();
		await new Promise((resolve) => setTimeout(resolve, HOUR_MS));
		expect(Date.now()).toBe(NOW + HOUR_MS);
		expect(performance.now() - since).toBe(HOUR_MS);
	});

	it('stands still during requests, and during work that takes long', async () => {
		let isEarly = true;
		const timer = setTimeout(() => (isEarly = false), 1);
		for (let count = 0; count < 20; count++) {
			await getStreams();
			const until = process.hrtime.bigint() + 5_000_000n;
			while (process.hrtime.bigint() < until);
		}
		clearTimeout(timer);
		expect(isEarly).toBe(true);
		expect(Date.now()).toBe(NOW);
	});

	it('passes the latency of a response, and no more', async () => {
		emulator.options.latencyMs = 20_000;
		await getStreams();
		expect(Date.now()).toBe(NOW + 20_000);
	});

	it('passes while a request hangs', async () => {
		emulator.failNext({ answer: 'hang' });
		const stop = new AbortController();
		setTimeout(() => stop.abort(), 5000);
		const request = axios.get(`${emulator.url}/video/services/api/v1/livestreams?record=true`, {
			auth: { username: emulator.credentials.accessTokenId, password: emulator.credentials.secretKey },
			signal: stop.signal,
		});
		await expect(request).rejects.toThrow('canceled');
		expect(Date.now()).toBe(NOW + 5000);
	});

	it('counts the timeout of a request', async () => {
		emulator.failNext({ method: 'POST', answer: 'hang' });
		const { origin } = new URL(emulator.url);
		const request = axios.post(
			`${origin}/video/services/api/v1/uploads`,
			{ file_name: 'final.mp4' },
			{
				auth: { username: emulator.credentials.accessTokenId, password: emulator.credentials.secretKey },
				timeout: 30_000,
				maxRedirects: 0,
			},
		);
		await expect(request).rejects.toThrow('timeout of 30000ms exceeded');
		expect(Date.now()).toBe(NOW + 30_000);
	});
});
