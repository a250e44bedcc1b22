import { isDeepStrictEqual } from 'node:util';
import type { INodeParameters, INodeProperties, NodeParameterValueType } from 'n8n-workflow';
import { resources } from '../../nodes/Videograph/actions/router';
import { parseDuration } from '../../nodes/Videograph/parameters/duration';
import { withDefaults } from '../contract/openapi';
import { type Emulator, startEmulator } from '../emulator';
import { Clock } from './clock';
import { Engine } from './engine';
import { LIVE_SINCE, locator, NOW } from './harness';
import { type Fixtures, INPUT_FILE, OPERATION_CASES } from './operationCases';

/** A default is what happens without the option: adding an option must not change what an operation does. */

const COLLECTIONS = ['options', 'additionalFields'];

/** What an operation meets, besides what OPERATION_CASES describes, so that its options have an effect. */
interface Situation {
	title: string;
	/** What its outcome contains. */
	outcome?: RegExp;
	parameters?: (fixtures: Fixtures) => INodeParameters;
	prepare?: (emulator: Emulator, run: () => Promise<unknown>, timeoutMs: number) => unknown;
}

const at = (time: string) => `2026-11-23T${time}Z`;
const RATE_LIMITED: Situation = {
	title: 'rate limited for longer than the default of Max Rate Limit Wait',
	outcome: /Slow down/,
	prepare: (emulator) => {
		const body = { code: 429, message: 'Slow down' };
		emulator.failNext({ times: 9, answer: { status: 429, headers: { 'retry-after': '61' }, body } });
	},
};
const NEVER_READY: Situation = {
	title: 'never ready',
	outcome: /is not (ready|Active|Idle) after (300|600) seconds|"contentId":null/,
	parameters: () => ({ waitUntilReady: true }),
	prepare: ({ options }, _run, timeoutMs) => {
		const never = 1e9;
		Object.assign(options, { readyAfterMs: never, startsAfterMs: never, contentAppearsAfterMs: never });
		// Skips most of the wait.
		setTimeout(() => jest.setSystemTime(NOW + timeoutMs - 2000), 3000);
	},
};
function unreadyVideo({ emulator }: Fixtures): INodeParameters {
	const request = { title: 'Final', content: [{ url: 'https://example.com/final.mp4' }] };
	return { contentId: locator(emulator.addVideo({ title: 'Final', request }).contentId) };
}

/** What NEVER_READY needs instead of the resources of OPERATION_CASES, which are ready. */
const UNREADY: Record<string, (fixtures: Fixtures) => INodeParameters> = {
	'livestream/start': ({ emulator }) => ({ streamId: locator(emulator.addStream({ title: 'News' }).streamUUID) }),
	'clip/download': unreadyVideo,
	'video/download': unreadyVideo,
	'video/waitUntilReady': unreadyVideo,
};
const EXISTING: Situation = { title: 'the clip exists', prepare: async (_emulator, run) => await run() };
const SITUATIONS: Record<string, Situation[]> = {
	'clip/create': [
		EXISTING,
		{ title: 'an end in the future', parameters: () => ({ startTime: at('20:30:00'), endTime: at('20:31:03') }) },
		{ title: 'the last seconds', parameters: () => ({ timeRange: 'lastSeconds', duration: '30s' }) },
		{ title: 'the whole recording', parameters: () => ({ timeRange: 'wholeRecording' }) },
		{
			title: 'an offset',
			parameters: () => ({ timeRange: 'offset', startOffset: '10m', endOffset: '11m' }),
		},
	],
	'clip/createMany': [
		EXISTING,
		{ title: 'an end in the future', parameters: () => ({ highlights: '2026-11-23T20:30:58Z Corner' }) },
		{
			title: 'highlights that touch',
			parameters: () => ({
				highlights: `${at('20:20:00')} - ${at('20:20:30')} Corner\n${at('20:20:30')} - ${at('20:21:00')} Goal`,
			}),
		},
		{
			title: 'offsets',
			parameters: () => ({ timeFormat: 'offset', highlights: '0:10:00 Corner\n0:12:00 Goal' }),
		},
	],
	'video/create': [
		{
			title: 'all details',
			parameters: () => ({ additionalFields: { description: 'The final', tags: 'cup', metadata: {} } }),
		},
	],
};

interface Case {
	path: string;
	title: string;
	parametersFor: (fixtures: Fixtures) => INodeParameters;
	situation?: Situation;
}

const fieldsOf = new Map<string, INodeProperties[]>(
	resources.flatMap(({ value, operations }) =>
		operations.map((operation) => [`${value}/${operation.value}`, operation.fields] as const),
	),
);

const cases = Object.entries(OPERATION_CASES).flatMap(([path, operationCases]): Case[] => {
	const [first] = Object.values(operationCases);
	if (!first) return [];
	const usual = Object.entries(operationCases).map(([title, parametersFor]) => ({ path, title, parametersFor }));
	const waits = optionsOf(path).some(([name]) => name === 'timeout');
	const situations = [RATE_LIMITED, ...(waits ? [NEVER_READY] : []), ...(SITUATIONS[path] ?? [])];
	return [
		...usual,
		...situations.map((situation) => ({ path, title: situation.title, parametersFor: first, situation })),
	];
});

/** The options of an operation with their defaults, and its switches at the top level. */
function optionsOf(path: string): Array<[name: string, collection: string | null, value: NodeParameterValueType]> {
	const fields = fieldsOf.get(path) ?? [];
	const inside = fields
		.filter(({ name }) => COLLECTIONS.includes(name))
		.flatMap((collection) =>
			((collection.options ?? []) as INodeProperties[]).map(
				(option) => [option.name, collection.name, defaultOf(option)] as [string, string, NodeParameterValueType],
			),
		);
	const switches = fields
		.filter(({ type, required }) => type === 'boolean' && !required)
		.map((field) => [field.name, null, defaultOf(field)] as [string, null, NodeParameterValueType]);
	return [...inside, ...switches];
}

/** The value of a field as the editor adds it. */
function defaultOf({ type, default: value }: INodeProperties): NodeParameterValueType {
	return type === 'resourceLocator' ? { __rl: true, ...(value as object) } : value;
}

let engine: Engine;

/** What an operation does and returns, comparable between executions. */
async function outcomeOf(
	{ path, parametersFor, situation }: Case,
	change: (parameters: INodeParameters) => void = () => undefined,
) {
	const clock = new Clock();
	clock.start(NOW);
	const emulator = await startEmulator({ now: () => Date.now() });
	try {
		const stream = emulator.addStream({ title: 'Saturday derby', startedAt: LIVE_SINCE });
		const credential = { ...emulator.credentials, baseUrl: emulator.url };
		const fixtures = { emulator, stream };
		const run = async (parameters: INodeParameters) =>
			await engine.run({ parameters, credential, binary: [INPUT_FILE] });
		const clip = { resource: 'clip', operation: 'create', streamId: locator(stream.streamUUID), title: 'Goal' };
		await run({ ...clip, timeRange: 'startEnd', startTime: at('19:30:00'), endTime: at('19:30:30') });

		const [resource, operation] = path.split('/') as [string, string];
		const parameters = {
			resource,
			operation,
			...parametersFor(fixtures),
			...situation?.parameters?.(fixtures),
			...(situation === NEVER_READY && UNREADY[path]?.(fixtures)),
		};
		const timeout = optionsOf(path).find(([name]) => name === 'timeout')?.[2] ?? 0;
		await situation?.prepare?.(emulator, async () => await run(structuredClone(parameters)), parseDuration(timeout));
		const before = emulator.requests.length;
		const changed: INodeParameters = structuredClone(parameters);
		change(changed);
		const { items, error } = await run(changed);
		const requests = emulator.requests.slice(before).map((request) => ({
			request: `${request.method} ${request.path}`,
			query: request.query,
			body: withDefaults(request),
		}));
		expect(emulator.contractBreaks).toEqual([]);
		return normalize({
			requests,
			items: items.map(({ json }) => json),
			error: error?.message,
			advice: error?.description,
		});
	} finally {
		await emulator.close();
		await clock.stop();
	}
}

/** Replaces what differs between executions: IDs, secrets, clip references, and the port and clock of the emulator. */
function normalize(outcome: object): unknown {
	const ids = new Map<string, string>();
	const text = JSON.stringify(outcome)
		.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
			if (!ids.has(id)) ids.set(id, `id ${ids.size}`);
			return ids.get(id) ?? id;
		})
		.replace(/"[0-9a-f]{16}"/g, '"reference"')
		.replace(/127\.0\.0\.1:\d+/g, 'emulator')
		.replace(/"(privateKey|signature)":"[^"]+"/g, '"$1":"secret"')
		.replace(/("created(At|_at|On)":)("[^"]*"|\d+)/g, '$1"time"');
	return JSON.parse(text);
}

function withOption(name: string, collection: string | null, value: NodeParameterValueType) {
	return (parameters: INodeParameters) => {
		const target = collection === null ? parameters : ((parameters[collection] ??= {}) as INodeParameters);
		target[name] ??= structuredClone(value);
	};
}

beforeAll(async () => {
	engine = await Engine.load(false);
});
jest.setTimeout(60_000);

it('walks all operations and options', () => {
	expect(Object.keys(OPERATION_CASES).sort()).toEqual([...fieldsOf.keys()].sort());
	expect(cases.flatMap(({ path }) => optionsOf(path)).length).toBeGreaterThan(200);
});

it.each(cases)('$path ($title): each option at its default equals its absence', async (one) => {
	const absent = await outcomeOf(one);
	expect(JSON.stringify(absent)).toMatch(one.situation?.outcome ?? /"items":\[\{|"error":"/);
	const options = optionsOf(one.path).map((option) => ({ name: option[0], add: withOption(...option) }));
	const all = await outcomeOf(one, (parameters) => {
		for (const { add } of options) add(parameters);
	});
	if (isDeepStrictEqual(all, absent)) return;
	// Finds the option that makes the difference.
	for (const { name, add } of options) {
		expect({ option: name, outcome: await outcomeOf(one, add) }).toEqual({ option: name, outcome: absent });
	}
	expect(all).toEqual(absent);
});

describe('the comparison', () => {
	const create = cases.find(({ path, title }) => path === 'clip/create' && title === 'the clip exists');
	const future = cases.find(({ path, title }) => path === 'clip/create' && title === 'an end in the future');

	it.each([
		['onExisting', 'reuse', create],
		['endInFuture', 'cut', future],
	] as const)('fails for %s: %s', async (name, value, found) => {
		if (!found) throw new Error('no such case');
		expect(await outcomeOf(found, withOption(name, 'options', value))).not.toEqual(await outcomeOf(found));
	});
});
