import type { IDataObject } from 'n8n-workflow';
import type { Answer } from '../emulator';
import { NOW } from './harness';
import { Poller } from './poller';
import { eventsOf, HOUR_MS, MINUTE_MS, pass, useTrigger } from './triggerHarness';

const { harness, requestsOf, trigger } = useTrigger();

describe('Clip Ready, Video Ready, Video Failed', () => {
	const events = ['clipReady', 'videoReady', 'videoFailed'];

	test('do not emit for existing videos; emit once when one becomes ready or fails', async () => {
		harness.emulator.addVideo({ title: 'Old' });
		const poller = trigger({ events });
		expect(await poller.activate()).toEqual({ items: undefined });
		await harness.createClip();
		harness.emulator.failClip(({ title }) => title === 'Bad');
		await harness.createClip({ title: 'Bad' });
		const video = harness.emulator.addVideo({ title: 'New', createdAt: Date.now() });
		expect(eventsOf((await poller.poll()).items)).toEqual([['videoReady', video.contentId]]);
		pass(MINUTE_MS);

		const { items } = await poller.poll();

		expect(items).toEqual([
			expect.objectContaining({ event: 'videoFailed', title: 'Bad', status: 'failed' }),
			expect.objectContaining({
				event: 'clipReady',
				title: 'Goal',
				streamId: harness.stream.streamUUID,
				contentId: harness.emulator.clips[0]?.contentUUID,
				status: 'ready',
				playbackUrl: expect.stringMatching(/^http:/),
			}),
		]);
		expect(await poller.poll()).toEqual({ items: undefined });
	});
});

describe('Trigger pages of videos', () => {
	const cap = (size: number): void => {
		const answer = (real: Answer): Answer => {
			const body = real.body as { data: unknown[] };
			return { ...real, body: { ...body, data: body.data.slice(0, size) } };
		};
		harness.emulator.failNext({ path: /^\/contents$/, times: Infinity, answer });
	};
	const addVideos = (count: number): string[] => {
		const videos = harness.emulator.addVideos(count, (index) => ({ createdAt: NOW - HOUR_MS + index * 1000 }));
		return videos.map(({ contentId }) => contentId);
	};
	const idsOf = (items: IDataObject[] | undefined): unknown[] => (items ?? []).map(({ contentId }) => contentId).sort();

	test.each([true, false])('emits new videos if the server caps pages, newest first: %s', async (newestFirst) => {
		harness.emulator.options.newestFirst = newestFirst;
		addVideos(50);
		cap(20);
		const poller = trigger({ events: ['videoReady'] });
		await poller.activate();
		const added = [];
		for (let count = 1; count <= 3; count++) {
			pass(MINUTE_MS);
			added.push(harness.emulator.addVideo({ createdAt: Date.now() }).contentId);
			expect(idsOf((await poller.poll()).items)).toEqual(added.slice(-1));
		}
	});

	test.each([true, false])('sends few requests if the server ignores paging, newest first: %s', async (newestFirst) => {
		Object.assign(harness.emulator.options, { newestFirst, ignorePaging: true });
		addVideos(30);
		const poller = trigger({ events: ['videoReady'] });
		await poller.activate();
		expect((await requestsOf(poller.poll())).length).toBeLessThanOrEqual(2);
	});

	test.each([true, false])('emits all videos with Include Existing, newest first: %s', async (newestFirst) => {
		harness.emulator.options.newestFirst = newestFirst;
		const videoIds = addVideos(130);
		const poller = trigger({ events: ['videoReady'], options: { includeExisting: true } });
		const { items } = await poller.activate();
		expect(idsOf(items)).toEqual(videoIds.sort());
		expect(await poller.poll()).toEqual({ items: undefined });
	});

	test('continues with the next poll when the budget of a poll is spent', async () => {
		const videoIds = addVideos(250);
		const options = { storage: 'cursor' as const, budgetMs: 0 };
		const parameters = { events: ['videoReady'], options: { includeExisting: true } };
		const poller = new Poller(harness.engine, harness.credential, parameters, options);
		const emitted: unknown[] = [];
		const first = await requestsOf(poller.activate().then(({ items }) => emitted.push(...idsOf(items))));
		expect(first.length).toBeLessThanOrEqual(1 + 5);
		options.budgetMs = 60_000;
		for (let count = 1; count <= 3; count++) emitted.push(...idsOf((await poller.poll()).items));
		expect(emitted.sort()).toEqual(videoIds.sort());
	});

	test.each([['clipReady'], ['videoReady']])(
		'emits a clip as Clip Ready if the list lacks its stream: %s',
		async (event) => {
			const leaveOut = (key: string, value: unknown): unknown => (key === 'liveRecording' ? undefined : value);
			const answer = (real: Answer): Answer => ({
				...real,
				body: JSON.parse(JSON.stringify(real.body, leaveOut)) as unknown,
			});
			harness.emulator.failNext({ path: /^\/contents$/, times: Infinity, answer });
			const poller = trigger({ events: [event] });
			await poller.activate();
			await harness.createClip();
			pass(MINUTE_MS);
			const expected = event === 'clipReady' ? [[event, harness.stream.streamUUID]] : [];
			expect(eventsOf((await poller.poll()).items)).toEqual(expected);
		},
	);
});
