import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { cases } from '../cases';
import { startEmulator } from '../emulator';
import { type Broadcast, BroadcastModel, type StreamEvent } from './broadcastModel';
import { NOW, useHarness } from './harness';
import { forgetPolls, Poller, type PollerOptions } from './poller';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const EVENTS: StreamEvent[] = ['livestreamWentLive', 'livestreamEnded', 'recordingExpiresSoon'];
const HOURS_BEFORE = 2;

const harness = useHarness();

type Storage = PollerOptions['storage'];

const STORAGES: Storage[] = ['staticData', 'cursor'];

/** One poll of the schedule, and what happens to it. */
interface Step {
	minutes: number;
	what: 'poll' | 'restart' | 'outage' | 'half outage' | 'one fails';
	/** Which stream's details cannot be read, if one fails. */
	which: number;
	/** How far n8n's clock is off, in minutes. */
	clockIsOff: number;
}

interface Days {
	/** Minutes off air and minutes live, alternating, for each stream. */
	streams: Array<Array<[offAir: number, length: number]>>;
	steps: Step[];
	events: StreamEvent[];
	activeSince: boolean;
	repeats: boolean;
	playlist: 'programDateTime' | 'missing';
	storage: Storage;
}

const broadcasts = fc.array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 400 })), {
	maxLength: 8,
});
const step = (minutes: fc.Arbitrary<number>): fc.Arbitrary<Step> =>
	fc.record({
		minutes,
		what: fc.oneof(
			{ weight: 12, arbitrary: fc.constant('poll' as const) },
			{ weight: 1, arbitrary: fc.constantFrom('restart' as const, 'outage' as const, 'half outage' as const) },
			{ weight: 2, arbitrary: fc.constant('one fails' as const) },
		),
		which: fc.nat(),
		clockIsOff: fc.oneof(
			{ weight: 12, arbitrary: fc.constant(0) },
			{ weight: 1, arbitrary: fc.integer({ min: -180, max: 180 }) },
		),
	});
const days = (storage: Storage, streams: number, minutes: fc.Arbitrary<number>, steps: number): fc.Arbitrary<Days> =>
	fc.record({
		streams: fc.array(broadcasts, { minLength: streams, maxLength: streams, size: 'max' }),
		steps: fc.array(step(minutes), { minLength: steps, maxLength: steps, size: 'max' }),
		events: fc.subarray(EVENTS, { minLength: 1 }),
		activeSince: fc.boolean(),
		repeats: fc.boolean(),
		playlist: fc.constantFrom('programDateTime' as const, 'missing' as const),
		storage: fc.constant(storage),
	});

/** Runs the days on n8n's engine, and compares each stream's events with the expected ones. */
async function expectEachOnce({
	streams,
	steps,
	events,
	activeSince,
	repeats,
	playlist,
	storage,
}: Days): Promise<void> {
	let now = NOW;
	// It stands still during a poll: the model has no time in between, and a recording expires on the millisecond.
	const clock = jest.spyOn(Date, 'now');
	// If only the recording has the start, it is known only at the end; the model has it from the beginning.
	const emulator = await startEmulator({
		now: () => now,
		activeSince,
		repeats,
		playlist: activeSince ? playlist : 'missing',
	});
	const models = new Map(
		streams.map((turns) => {
			const stream = emulator.addStream();
			return [stream.streamUUID, new BroadcastModel(stream, broadcastsFrom(NOW, turns), activeSince)];
		}),
	);
	const parameters = { events, hoursBefore: HOURS_BEFORE };
	const credential = { ...emulator.credentials, baseUrl: emulator.url };
	const poller = new Poller(harness.engine, credential, parameters, { storage });
	const emitted = new Map<unknown, unknown[]>();
	let isActive = false;
	const ids = [...models.keys()];

	for (const { minutes, what, which, clockIsOff } of steps) {
		now += minutes * MINUTE_MS;
		clock.mockReturnValue(now + clockIsOff * MINUTE_MS);
		for (const model of models.values()) model.moveTo(now);
		if (what === 'restart') {
			forgetPolls();
			isActive = false;
		}
		const isUnreadable = (id: string | undefined): boolean =>
			what === 'half outage' || (what === 'one fails' && id === ids[which % ids.length]);
		const path =
			what === 'outage' ? /^\/livestreams$/ : new RegExp(`^/livestreams/(${ids.filter(isUnreadable).join('|')})$`);
		// A Retry-After delays all requests of a poll, so a response for one stream only has none.
		const answer = what === 'one fails' ? { status: 403 } : { status: 503, headers: { 'retry-after': '3600' } };
		const fault = { path, times: Infinity, answer };
		if (what === 'outage' || ids.some(isUnreadable)) emulator.failNext(fault);
		try {
			const { items } = isActive ? await poller.poll() : await poller.activate();
			isActive = true;
			for (const { streamId, event } of items ?? []) emitted.set(streamId, [...(emitted.get(streamId) ?? []), event]);
		} catch (error) {
			expect(error).toMatchObject({ httpCode: String(answer.status) });
		}
		if (what !== 'outage') {
			const clockMs = now + clockIsOff * MINUTE_MS;
			for (const [id, model] of models) model.poll(now, clockMs, isUnreadable(id), events, HOURS_BEFORE * HOUR_MS);
		}
		emulator.faults.length = 0;
	}

	const sorted = (list: unknown[]): string[] => list.map(String).sort();
	const different = [...models].filter(([id, { expected }]) => {
		return JSON.stringify(sorted(emitted.get(id) ?? [])) !== JSON.stringify(sorted(expected));
	});
	const mismatches = different.map(([id, { expected }]) => ({ emitted: emitted.get(id) ?? [], expected }));
	clock.mockRestore();
	await emulator.close();
	expect(emulator.contractBreaks).toEqual([]);
	expect(mismatches).toEqual([]);
}

function broadcastsFrom(start: number, turns: Array<[number, number]>): Broadcast[] {
	let now = start - 200 * MINUTE_MS;
	return turns.map(([offAir, length]) => {
		const startMs = now + offAir * MINUTE_MS;
		now = startMs + length * MINUTE_MS;
		return { startMs, endMs: now };
	});
}

describe('Trigger emits each event of each live stream once', () => {
	test.each(STORAGES)(
		'over more than a day of outages, restarts and clock jumps: %s',
		async (storage) => {
			await fc.assert(fc.asyncProperty(days(storage, 4, fc.integer({ min: 1, max: 40 }), 100), expectEachOnce), {
				numRuns: cases(30),
				endOnFailure: true,
			});
		},
		180_000,
	);

	test.each(STORAGES)(
		'for many live streams over three days: %s',
		async (storage) => {
			await fc.assert(
				fc.asyncProperty(days(storage, cases(1000), fc.integer({ min: 10, max: 50 }), 144), expectEachOnce),
				{
					numRuns: 1,
					endOnFailure: true,
				},
			);
			// A thousand take half a minute on a free machine; a busy one has taken five times as long.
		},
		600_000,
	);
});

describe('Trigger static data', () => {
	test('stays small', async () => {
		const emulator = await startEmulator({ now: () => Date.now() });
		for (let index = 0; index < 1000; index++) emulator.addStream({ startedAt: NOW - HOUR_MS });
		const poller = new Poller(harness.engine, { ...emulator.credentials, baseUrl: emulator.url }, {
			events: EVENTS,
		} satisfies IDataObject);
		await poller.activate();
		await emulator.close();
		expect(poller.savedSize).toBeLessThan(200_000);
	});
});
