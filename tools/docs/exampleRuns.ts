import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Operation, Resource } from '../../nodes/Videograph/actions/operation';
import { resources } from '../../nodes/Videograph/actions/router';
import { EVENTS } from '../../nodes/Videograph/trigger/fields';
import { startEmulator } from '../../test/emulator';
import { Engine } from '../../test/engine/engine';
import { clipParameters, LIVE_SINCE, NOW } from '../../test/engine/harness';
import { type Fixtures, INPUT_FILE, OPERATION_CASES } from '../../test/engine/operationCases';
import { Poller } from '../../test/engine/poller';

/** The calendar of this process, which must stand still: it is moved by this alone. */
export type SetTime = (epochMs: number) => void;

/** One run of an operation: what was filled in, and the first item that came out. */
export interface OperationExample {
	resource: Resource;
	operation: Operation;
	parameters: INodeParameters;
	output: IDataObject;
}

/** One item with which the trigger has started a workflow. */
export interface EventExample {
	event: (typeof EVENTS)[number];
	output: IDataObject;
}

const READY_AFTER_MS = 20_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Runs every operation of the node once against an emulator of its own: the first of the ways of the engine tests. */
export async function runOperations(engine: Engine, setTime: SetTime): Promise<OperationExample[]> {
	const examples: OperationExample[] = [];
	for (const resource of resources) {
		for (const operation of resource.operations)
			examples.push(await runOperation(engine, setTime, resource, operation));
	}
	return examples;
}

async function runOperation(
	engine: Engine,
	setTime: SetTime,
	resource: Resource,
	operation: Operation,
): Promise<OperationExample> {
	const path = `${resource.value}/${operation.value}`;
	const [operationCase] = Object.values(OPERATION_CASES[path] ?? {});
	if (!operationCase) throw new Error(`test/engine/operationCases.ts has no case for ${path}`);
	const opened = await open(setTime, NOW - READY_AFTER_MS);
	try {
		const { fixtures, credential } = opened;
		await engine.run({ parameters: clipParameters(fixtures.stream.streamUUID), credential });
		setTime(NOW);
		const parameters = { resource: resource.value, operation: operation.value, ...operationCase(fixtures) };
		const running = engine.run({ parameters, credential, binary: [INPUT_FILE], timezone: 'UTC' });
		const { items, error } = await (operation.value === 'waitUntilReady' ? letTimePass(running, setTime) : running);
		const output = items[0]?.json;
		if (!output) throw new Error(`${path} gave nothing: ${error?.message ?? 'no error'}`);
		return { resource, operation, parameters, output };
	} finally {
		await opened.close();
	}
}

/** Sees a run to its end that would wait for ever where the calendar stands still. */
async function letTimePass<T>(running: Promise<T>, setTime: SetTime): Promise<T> {
	const moving = setInterval(() => setTime(Date.now() + 1000), 100);
	try {
		return await running;
	} finally {
		clearInterval(moving);
	}
}

/** Lets each event of the trigger happen once. */
export async function runEvents(engine: Engine, setTime: SetTime): Promise<EventExample[]> {
	const examples: EventExample[] = [];
	for (const event of EVENTS) {
		const { fixtures, credential, close } = await open(setTime, NOW);
		try {
			const poller = new Poller(engine, credential, { events: [event.value] });
			const happens = HAPPENS[event.value];
			await happens.before?.(fixtures);
			await poller.activate();
			const create = async (): Promise<void> => {
				await engine.run({ parameters: clipParameters(fixtures.stream.streamUUID), credential });
			};
			await happens.then(fixtures, create);
			setTime(NOW + (happens.afterMs ?? MINUTE_MS));
			const output = (await poller.poll()).items?.[0];
			if (!output) throw new Error(`${event.name} has not been told`);
			examples.push({ event, output });
		} finally {
			await close();
		}
	}
	return examples;
}

interface Happening {
	before?(fixtures: Fixtures): Promise<void> | void;
	/** @param createClip makes a clip of the live stream */
	then(fixtures: Fixtures, createClip: () => Promise<void>): Promise<void> | void;
	/** Milliseconds until the next poll of the trigger; a minute by default. */
	afterMs?: number;
}

/** What makes each event come. */
const HAPPENS: Record<(typeof EVENTS)[number]['value'], Happening> = {
	clipReady: { then: (_, createClip) => createClip() },
	livestreamEnded: { then: ({ stream }) => void (stream.endedAt = NOW + 20_000) },
	livestreamWentLive: {
		before: ({ stream }) => void (stream.startedAt = null),
		then: ({ stream }) => void (stream.startedAt = NOW),
	},
	recordingExpiresSoon: {
		then: ({ stream }) => void (stream.endedAt = NOW + HOUR_MS),
		afterMs: LIVE_SINCE + 10 * HOUR_MS - NOW,
	},
	videoFailed: {
		then: ({ emulator }, createClip) => {
			emulator.failClip(() => true);
			return createClip();
		},
	},
	videoReady: { then: ({ emulator }) => void emulator.addVideo({ title: 'Cup final', createdAt: NOW }) },
};

async function open(setTime: SetTime, now: number) {
	setTime(now);
	const emulator = await startEmulator({
		now: () => Date.now(),
		readyAfterMs: READY_AFTER_MS,
		startsAfterMs: 0,
		signingKey: () => ({ keyId: 'key-1', privateKey: '(the secret)' }),
	});
	const stream = emulator.addStream({ title: 'Saturday derby', startedAt: LIVE_SINCE });
	const credential = { ...emulator.credentials, baseUrl: emulator.url };
	const fixtures: Fixtures = { emulator, stream };
	return { fixtures, credential, close: () => emulator.close() };
}
