import fc from 'fast-check';
import { type Result, runProbe } from '../../tools/probe/probe';
import { questions } from '../../tools/probe/questions';
import { reportPage } from '../../tools/probe/report';
import { cases } from '../cases';
import { unknowns } from '../contract/openapi';
import { type Emulator, type Fault, type Options, startEmulator } from '../emulator';
import { mediaDefaults, type MediaOptions } from '../emulator/media/options';

const NOW = Date.UTC(2026, 0, 10, 15);
const HOUR_MS = 60 * 60 * 1000;
const played = unknowns.filter(({ answers }) => answers.some(({ plays }) => plays !== undefined));

/** What the emulator plays, and what is in the account. */
interface Scene {
	/** The answer to each unknown that the emulator plays. */
	answers: Record<string, string>;
	videos: number;
	livestreams: 'none' | 'idle' | 'live';
	readyAfterMs: number;
}

const scenes: fc.Arbitrary<Scene> = fc.record({
	answers: fc.record(
		Object.fromEntries(
			played.map(({ id, answers }) => {
				const ids = answers.flatMap((answer) => (answer.plays === undefined ? [] : [answer.id]));
				return [id, fc.constantFrom(...ids)];
			}),
		),
	),
	videos: fc.constantFrom(0, 1, 2, 20, 30, 120),
	livestreams: fc.constantFrom('none', 'idle', 'live', 'live', 'live'),
	readyAfterMs: fc.constantFrom(0, 20_000),
});

const faults: fc.Arbitrary<Fault> = fc.record({
	skip: fc.nat(60),
	times: fc.integer({ min: 1, max: 4 }),
	when: fc.constantFrom('before', 'after'),
	answer: fc.constantFrom<NonNullable<Fault['answer']>>(
		'reset',
		{ status: 500, body: { code: 500, message: 'no' } },
		{ status: 502, body: '<h1>Bad gateway</h1>' },
	),
});

/** An emulator that plays a scene, and the clock of both. */
async function play({ answers, videos, livestreams, readyAfterMs }: Scene) {
	let now = NOW;
	const clock = {
		now: () => now,
		sleep: async (milliseconds: number) => {
			now += milliseconds;
			await Promise.resolve();
		},
	};
	const options = played.map(({ id, option = '', answers: all }): [string, unknown] => {
		const value = all.find((answer) => answer.id === answers[id])?.plays;
		return [option, value ?? undefined];
	});
	const ofMedia = options.flatMap(([option, value]) => {
		return option.startsWith('media.') ? [[option.slice('media.'.length), value]] : [];
	});
	const given = Object.fromEntries(options.filter(([option]) => !option.startsWith('media.'))) as Partial<Options>;
	const media = { ...mediaDefaults, ...(Object.fromEntries(ofMedia) as Partial<MediaOptions>) };
	const emulator = await startEmulator({ ...given, media, now: clock.now, readyAfterMs });
	emulator.addVideos(videos, (index) => ({ title: `Zwetschge ${index}`, createdAt: NOW - HOUR_MS + index }));
	if (livestreams !== 'none') {
		emulator.addStream({ title: 'Quitte', startedAt: livestreams === 'live' ? NOW - HOUR_MS : null, createdAt: NOW });
	}
	const connection = { ...emulator.credentials, baseUrl: emulator.url, clock, timeoutMs: 5000 };
	return { emulator, connection, streamId: emulator.streams[0]?.streamUUID };
}

const OF_PLAYLIST = ['clip-segments', 'clip-encryption', 'clip-master-playlist', 'clip-sound', 'clip-segment-urls'];

/** The unknowns that the scene hides: the probe may leave them open. */
function hidden({ answers, videos, livestreams, readyAfterMs }: Scene): Set<string> {
	const isLive = livestreams === 'live';
	const isIdKnown =
		answers['clip-list'] === 'yes' || ['contentId', 'uuid'].includes(answers['create-clip-response'] ?? '');
	const isCapped = answers['contents-page-size'] === 'yes';
	const hasClip = isLive && isIdKnown;
	const rules: Array<[isHidden: boolean, ids: string[]]> = [
		[livestreams === 'none', ['livestream-list-repeats', 'livestream-details', 'ingest-url', 'clip-list']],
		[!isLive, ['active-since', 'recording-playlist', 'create-clip-response', 'clip-list-content-id']],
		[videos === 0, ['playback-url-in-details', 'playback-url', 'subtitle-list']],
		[!hasClip, ['clip-mp4-url']],
		[!hasClip || answers['playback-url-in-details'] === 'no', OF_PLAYLIST],
		[answers['clip-master-playlist'] === 'no', ['clip-sound']],
		[videos < 2, ['contents-paging', 'contents-order']],
		[answers['contents-paging'] === 'ignored' || (isCapped ? videos <= 20 : videos < 100), ['contents-page-size']],
		[answers['clip-list'] !== 'yes' || readyAfterMs === 0, ['clip-list-content-id']],
	];
	return new Set(rules.flatMap(([isHidden, ids]) => (isHidden ? ids : [])));
}

/** What the probe has found that the emulator does not play. */
function wrong(results: Result[], { answers }: Scene): string[] {
	return results.flatMap((result) => {
		const truth = answers[result.id];
		const isWrong = result.status === 'answered' && truth !== undefined && result.answer !== truth;
		return isWrong ? [`${result.id}: ${result.answer}, not ${truth}`] : [];
	});
}

const ids = ({ streams, clips, videos }: Emulator) => [
	...streams.filter(({ deletedAt }) => deletedAt === undefined).map(({ streamUUID }) => streamUUID),
	...clips.map(({ clipUUID }) => clipUUID),
	...videos.map(({ contentId }) => contentId),
];

/** The requests of the probe were right, and got no secret of the account into its report. */
function expectSound(emulator: Emulator, before: string[], texts: string[]): void {
	expect(emulator.contractBreaks).toEqual([]);
	expect(emulator.badRequests).toEqual([]);
	expect(emulator.leaks).toEqual([]);
	const { accessTokenId, secretKey } = emulator.credentials;
	const secrets = [accessTokenId, secretKey, ...before, ...ids(emulator), 'Zwetschge', 'Quitte', 'key-', '127.0.0.1'];
	for (const text of texts) expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
}

it('every unknown is a question of the probe, and none twice', () => {
	expect(questions.map(({ id }) => id).toSorted()).toEqual(unknowns.map(({ id }) => id).toSorted());
});

it('with --write, finds every answer that the account does not hide, and leaves nothing behind', async () => {
	await fc.assert(
		fc.asyncProperty(scenes, async (scene) => {
			const { emulator, connection, streamId } = await play(scene);
			const before = ids(emulator);
			const { report, left } = await runProbe({ connection, write: true, limits: true, streamId });
			await emulator.close();
			expect(wrong(report.results, scene)).toEqual([]);
			const open = report.results.filter(({ id, status }) => status === 'unknown' && id in scene.answers);
			expect(open.filter(({ id }) => !hidden(scene).has(id))).toEqual([]);
			expect(left).toEqual([]);
			expect(ids(emulator)).toEqual(before);
			expectSound(emulator, before, [reportPage(report), JSON.stringify(report)]);
		}),
		{ numRuns: cases(300, 0.05) },
	);
}, 120_000);

it('without --write, only reads', async () => {
	await fc.assert(
		fc.asyncProperty(scenes, async (scene) => {
			const { emulator, connection, streamId } = await play(scene);
			const before = ids(emulator);
			const { report } = await runProbe({ connection, limits: true, streamId });
			await emulator.close();
			expect(new Set(emulator.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
			expect(wrong(report.results, scene)).toEqual([]);
			expectSound(emulator, before, [reportPage(report), JSON.stringify(report)]);
		}),
		{ numRuns: cases(300, 0.05) },
	);
}, 120_000);

it('leaves nothing behind when it is stopped, and while requests fail', async () => {
	await fc.assert(
		fc.asyncProperty(scenes, fc.array(faults, { maxLength: 3 }), fc.nat(80), async (scene, struck, stopAfter) => {
			const { emulator, connection, streamId } = await play(scene);
			const before = ids(emulator);
			const stop = new AbortController();
			const end: Fault['answer'] = (real) => {
				stop.abort();
				return real;
			};
			for (const fault of struck) emulator.failNext(fault);
			emulator.failNext({ skip: stopAfter, answer: end });
			const { report } = await runProbe({ connection, write: true, streamId, signal: stop.signal });
			await emulator.close();
			expect(ids(emulator)).toEqual(before);
			expect(wrong(report.results, scene)).toEqual([]);
			expectSound(emulator, before, [reportPage(report), JSON.stringify(report)]);
		}),
		{ numRuns: cases(300, 0.05) },
	);
}, 120_000);
