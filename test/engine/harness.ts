import type { INodeParameters } from 'n8n-workflow';
import { type Emulator, type Options, startEmulator, type Stream } from '../emulator';
import { Clock } from './clock';
import { Engine, type Result, type Run } from './engine';

/** The start of each test, for the node and the emulator, and the start of the emulator's stream. */
export const NOW = Date.parse('2026-11-23T20:31:00Z');
export const LIVE_SINCE = Date.parse('2026-11-23T18:00:00Z');

/** An emulator with a live stream, and the engine that runs the node. */
export interface Harness {
	engine: Engine;
	emulator: Emulator;
	stream: Stream;
	credential: Run['credential'];
	/** Runs Create clip on the live stream, by default from 20:30:00 to 20:30:30 UTC. */
	createClip(parameters?: INodeParameters, options?: Partial<Run>): Promise<Result>;
	run(parameters: INodeParameters, options?: Partial<Run>): Promise<Result>;
	/** The bodies of the requests that created clips. */
	created(): unknown[];
}

/**
 * Prepares the harness of each test of a file. After each test it checks that requests and responses match docs/openapi.yaml,
 * and that no credentials were sent to another host.
 */
export function useHarness(given: Partial<Options> = {}): Harness {
	const harness = {} as Harness;
	const clock = new Clock();
	jest.setTimeout(60_000);
	beforeAll(async () => {
		harness.engine = await Engine.load();
	});
	beforeEach(async () => {
		clock.start(NOW);
		harness.emulator = await startEmulator({ now: () => Date.now(), ...given });
		harness.stream = harness.emulator.addStream({ title: 'Saturday derby', startedAt: LIVE_SINCE });
		harness.credential = { ...harness.emulator.credentials, baseUrl: harness.emulator.url };
	});
	afterEach(async () => {
		await harness.emulator.close();
		await clock.stop();
		const { contractBreaks, leaks } = harness.emulator;
		const wrong = [...contractBreaks, ...leaks.map((request) => `Credentials were sent with ${request}`)];
		if (wrong.length) throw new Error(wrong.join('\n'));
	});
	harness.run = async (parameters, options) =>
		await harness.engine.run({ parameters, credential: harness.credential, ...options });
	harness.createClip = async (parameters = {}, options) =>
		await harness.run({ ...clipParameters(harness.stream.streamUUID), ...parameters }, options);
	harness.created = () => harness.emulator.requests.filter(({ method }) => method === 'POST').map(({ body }) => body);
	return harness;
}

export function locator(value: unknown, mode = 'id'): INodeParameters {
	return { __rl: true, mode, value } as INodeParameters;
}

/** The parameters of a clip of a live stream, from 20:30:00 to 20:30:30 UTC. */
export function clipParameters(streamId: string): INodeParameters {
	return {
		resource: 'clip',
		operation: 'create',
		streamId: locator(streamId),
		title: 'Goal',
		timeRange: 'startEnd',
		startTime: '2026-11-23T20:30:00Z',
		endTime: '2026-11-23T20:30:30Z',
	};
}

/** A time of the emulator's day as whole epoch seconds. */
export function at(time: string): number {
	return Date.parse(`2026-11-23T${time}Z`) / 1000;
}
