import type { Emulator, Stream } from '../emulator';
import { cdnFaults } from '../emulator/media/cdnFaults';
import { readClock } from '../emulator/media/readClock';
import { eventually } from './eventually';
import { addWorkflow, type Harness, openHarness } from './harness';
import type { Credential, Workflow } from './n8nClient';
import { emulated, type Service } from './service';
import { type Services, startServices, type StoredFile } from './services';

/** The first time, n8n is downloaded and installed. */
const START_MS = 900_000;
/** The triggers poll once a minute. */
const TEST_MS = 150_000;
/** Until the end of what starts with the next poll. */
const POLLED_MS = 120_000;

jest.setTimeout(TEST_MS);

describe('the examples with files in a real n8n', () => {
	let service: Service & { emulator: Emulator };
	let emulator: Emulator;
	let services: Services;
	let harness: Harness;
	let telegram: Credential;
	let s3: Credential;
	let show: Stream;
	const opened: Array<() => Promise<void>> = [];
	const chat = () => ({ parameters: { chatId: '-100' }, credentials: { telegramApi: telegram } });
	const bucket = () => ({ parameters: { bucketName: 'media' }, credentials: { s3 } });
	const clipOf = (title: string) => emulator.clips.find((clip) => clip.title === title);
	const wholeSecond = () => Math.floor(Date.now() / 1000) * 1000;
	const polled = (path: string) =>
		emulator.requests.some((request) => request.method === 'GET' && request.path === path);

	beforeAll(async () => {
		service = await emulated();
		opened.push(service.close);
		({ emulator } = service);
		services = await startServices();
		opened.push(services.close);
		show = emulator.addStream({ title: 'Sunday service', startedAt: wholeSecond() });
		harness = await openHarness(service, (line) => process.stderr.write(`${line}\n`));
		opened.push(harness.n8n.stop);
		const { client } = harness.n8n;
		telegram = await client.createCredential('Bot', 'telegramApi', { accessToken: '1:a', baseUrl: services.url });
		const keys = { region: 'eu-west-1', accessKeyId: 'id', secretAccessKey: 'key' };
		const endpoint = `${services.url}/buckets`;
		s3 = await client.createCredential('Bucket', 's3', { endpoint, ...keys, forcePathStyle: true });
		// These poll once a minute, so they start first. They emit nothing for what exists before their first poll.
		await addWorkflow(harness, {
			example: 'recording-to-subtitles',
			nodes: {
				Transcribe: { parameters: { url: `${services.url}/v1/listen`, authentication: 'none' } },
				'Store subtitles': bucket(),
				'Add subtitles': {
					parameters: {
						url: `=${services.url}/public/media/subtitles/{{ $('Write WebVTT').item.json.contentId }}.vtt`,
					},
				},
			},
		});
		await eventually('the first poll of the streams', () => polled('/livestreams') || undefined);
		const filtered = { 'Clip ready': { parameters: { filters: { tag: 'post' } } } };
		await addWorkflow(harness, { example: 'clip-to-s3', nodes: { ...filtered, 'Store file': bucket() } });
		await addWorkflow(harness, {
			example: 'clip-to-telegram',
			nodes: { ...filtered, 'Send video': chat(), 'Send link': chat() },
		});
		await eventually('the first poll of the videos', () => polled('/contents') || undefined);
	}, START_MS);

	afterAll(async () => {
		for (const close of opened.reverse()) await close();
	}, TEST_MS);

	describe('clip-to-youtube.json', () => {
		let workflow: Workflow;
		const call = async (title: string) => {
			const body = { streamId: service.streamId, title, duration: '10s' };
			expect(await harness.n8n.client.callWebhook('clip-for-youtube', body)).toMatchObject({ status: 200 });
			return await eventually('the question', () =>
				services.messages.find(({ fields }) => fields.text?.includes(title.replaceAll(/[_*]/g, '\\$&'))),
			);
		};
		const press = async ({ fields }: { fields: Record<string, string> }, label: string) => {
			const { inline_keyboard: rows } = JSON.parse(fields.reply_markup ?? '') as {
				inline_keyboard: Array<Array<{ text: string; url: string }>>;
			};
			const button = rows.flat().find(({ text }) => text.includes(label));
			// n8n rejects it until it has saved that the execution waits, which is after the question was sent.
			await eventually('a response to the button', async () => {
				const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
				return (await fetch(button?.url ?? '', { headers })).ok || undefined;
			});
		};
		const finished = async (count: number) =>
			await eventually('the end of the execution', async () => {
				const runs = await harness.n8n.client.executions(workflow);
				return runs.length >= count && runs.every(({ status }) => status === 'success') ? runs[0] : undefined;
			});

		beforeAll(async () => {
			workflow = await addWorkflow(harness, {
				example: 'clip-to-youtube',
				nodes: {
					'Ask for approval': chat(),
					// In the place of YouTube, whose node knows no other server.
					'Upload to YouTube': {
						type: 'n8n-nodes-base.httpRequest',
						typeVersion: 4.2,
						parameters: {
							method: 'POST',
							url: `=${services.url}/upload?name={{ encodeURIComponent($json.title) }}`,
							sendBody: true,
							contentType: 'binaryData',
							inputDataFieldName: 'data',
						},
					},
				},
			});
		}, TEST_MS);

		test('uploads the file of a clip after an editor approves it', async () => {
			const question = await call('Goal_by *Ada*');
			expect(question).toMatchObject({ method: 'sendMessage', fields: { chat_id: '-100' } });
			expect(services.uploads).toEqual([]);

			await press(question, 'Approve');
			await finished(1);

			const [upload, ...more] = services.uploads;
			expect(more).toEqual([]);
			expect(upload).toMatchObject({ name: 'Goal_by *Ada*', type: 'video/mp4' });
			await expectClip(upload, clipOf('Goal_by *Ada*'));
		});

		test('uploads nothing after an editor declines', async () => {
			const before = services.uploads.length;

			await press(await call('Corner'), 'Decline');
			const run = await finished(2);

			expect(Object.keys(run.data.resultData.runData)).not.toContain('Download clip');
			expect(services.uploads).toHaveLength(before);
		});
	});

	describe('clip-to-telegram.json and clip-to-s3.json', () => {
		const title = 'Save/1';

		beforeAll(async () => {
			await createClip(title, 10);
		}, TEST_MS);

		test('send the file of a ready clip to a chat', async () => {
			const message = await eventually(
				'the video',
				() => services.messages.find(({ method }) => method === 'sendVideo'),
				POLLED_MS,
			);

			expect(message).toMatchObject({ fields: { chat_id: '-100', caption: title }, file: { type: 'video/mp4' } });
			await expectClip(message.file, clipOf(title));
		});

		test('store the file of a ready clip under its contentId', async () => {
			const key = await eventually(
				'the object',
				() => [...services.objects.keys()].find((name) => name.endsWith('.mp4')),
				POLLED_MS,
			);

			expect(key).toMatch(new RegExp(`^media/clips/${clipOf(title)?.contentUUID ?? '?'}/[^/]+\\.mp4$`));
			await expectClip(services.objects.get(key), clipOf(title));
		});

		test('send the link of a clip that cannot be downloaded', async () => {
			emulator.failNextMedia(cdnFaults.playlistMissing);
			await createClip('Gone', 10);

			const message = await eventually(
				'the link',
				() => services.messages.find(({ fields }) => fields.text?.startsWith('Gone')),
				POLLED_MS,
			);

			emulator.mediaFaults.length = 0;
			expect(message.fields.text).toContain(`videoId=${clipOf('Gone')?.contentUUID ?? '?'}`);
		});
	});

	test('recording-to-subtitles.json: adds the transcription of an ended live stream to its video', async () => {
		show.endedAt = wholeSecond();
		const seconds = (show.endedAt - (show.startedAt ?? 0)) / 1000;

		const clip = await eventually(
			'the subtitles',
			() => emulator.clips.find(({ subtitles }) => subtitles?.length),
			POLLED_MS,
		);

		expect(clip).toMatchObject({ title: 'Sunday service', streamUUID: show.streamUUID });
		const [sound, ...more] = services.sounds;
		expect(more).toEqual([]);
		expect(sound?.type).toBe('audio/mp4');
		expect(await tracksOf(sound)).toEqual({ types: ['audio'], seconds });
		const [subtitle] = clip.subtitles ?? [];
		expect(subtitle).toMatchObject({ name: 'English', language_code: 'en_US' });
		expect(await (await fetch(subtitle?.url ?? '')).text()).toBe(
			'WEBVTT\n\n00:00:00.480 --> 00:00:02.500\nGood evening.\n\n01:01:01.250 --> 01:01:03.000\nThank you for coming.',
		);
	});

	test('no request broke docs/openapi.yaml, and the credentials were sent to the API alone', () => {
		expect({ broken: emulator.contractBreaks, leaks: emulator.leaks }).toEqual({ broken: [], leaks: [] });
	});

	/** Creates a clip that the triggers of the examples emit. */
	async function createClip(title: string, seconds: number): Promise<void> {
		const end = wholeSecond() / 1000 - 60;
		const range = { startTime: end - seconds, endTime: end, tags: ['post'] };
		const path = `create-${title.replace(/\W/g, '')}`;
		await addWorkflow(harness, { path });
		const answer = await harness.n8n.client.callWebhook(path, { streamId: service.streamId, title, ...range });
		expect(answer).toMatchObject({ status: 200 });
	}
});

/** Checks that a file is an MP4 with the seconds of a clip. */
async function expectClip(
	file: StoredFile | undefined,
	clip: { startTime: number; endTime: number } | undefined,
): Promise<void> {
	const shown = await readClock(file?.content ?? Buffer.of());
	expect([shown[0]?.second, shown.at(-1)?.second]).toEqual([clip?.startTime, (clip?.endTime ?? 0) - 1]);
}

async function tracksOf(file: StoredFile | undefined): Promise<{ types: string[]; seconds: number }> {
	const { ALL_FORMATS, BufferSource, Input } = await import('mediabunny');
	const input = new Input({ source: new BufferSource(file?.content ?? Buffer.of()), formats: ALL_FORMATS });
	try {
		const tracks = await input.getTracks();
		return { types: tracks.map(({ type }) => type), seconds: Math.round(await input.computeDuration()) };
	} finally {
		input.dispose();
	}
}
