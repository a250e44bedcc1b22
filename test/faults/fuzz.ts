import fc from 'fast-check';
import type { INodeParameters, INodeProperties, NodeParameterValueType } from 'n8n-workflow';
import type { Operation } from '../../nodes/Videograph/actions/operation';
import { startEmulator } from '../emulator';
import type { Engine, Result } from '../engine/engine';
import { refusePollution } from './hostile';
import { inTime } from './inTime';
import { addFixtures, FILE, type Fixtures, type Target } from './operations';
import { anyValue } from './values';

/** Items of an execution: the error of the second must not name the first. */
const ITEMS = 2;
/** The maximum number of fuzzed parameters: the first invalid one hides the others. */
const AT_ONCE = 3;
const MOST_MS = 60_000;
const HOUR_MS = 60 * 60 * 1000;

/** Values that would make an execution wait. */
const WAITS = new Map<string, unknown>([
	['endInFuture', 'wait'],
	['waitUntilReady', true],
]);

/** A place for a value: its path through collections and rows. */
interface Place {
	path: Array<string | number>;
	field: INodeProperties;
}

/** The value of a place: a literal, or an expression with its value for each item. */
type Filling = { literal: NodeParameterValueType } | { given: unknown[]; mode?: string };

export interface Fuzzed {
	fillings: Array<{ place: Place; filling: Filling }>;
}

/** All places of some fields, including collections and rows. */
function placesIn(fields: INodeProperties[], above: Place['path'] = []): Place[] {
	return fields.flatMap((field): Place[] => {
		const path = [...above, field.name];
		if (field.type === 'notice') return [];
		if (field.type === 'collection') return placesIn((field.options ?? []).filter(isField), path);
		if (field.type !== 'fixedCollection') return [{ path, field }];
		const rows = (field.options ?? []).flatMap((option) =>
			'values' in option ? placesIn(option.values, [...path, option.name, 0]) : [],
		);
		return [{ path, field }, ...rows];
	});
}

function isField(option: object): option is INodeProperties {
	return 'type' in option;
}

/** Random values for some parameters of an operation, generated from its description. */
export function fuzzed({ fields }: Operation, moment: number): fc.Arbitrary<Fuzzed> {
	const places = placesIn(fields);
	return fc
		.subarray(places, { maxLength: Math.min(places.length, AT_ONCE) })
		.chain((some) => fc.tuple(...some.map((place) => filling(place, moment).map((one) => ({ place, filling: one })))))
		.map((fillings) => ({ fillings }));
}

function filling({ field }: Place, moment: number): fc.Arbitrary<Filling> {
	const avoided = WAITS.get(field.name);
	const values = anyValue(moment).filter((value) => !isText(value, avoided));
	const given = fc.array(values, { minLength: ITEMS, maxLength: ITEMS }).map((list): Filling => ({ given: list }));
	if (field.type === 'resourceLocator') {
		const modes = fc.constantFrom('list', 'id', 'url', undefined);
		return fc.tuple(given, modes).map(([one, mode]): Filling => ({ ...one, mode }));
	}
	const choices = (field.options ?? []).flatMap((option) =>
		'value' in option && option.value !== avoided ? [option.value] : [],
	);
	if (field.type !== 'options' || choices.length === 0) return given;
	// Values that show other fields must be covered, too.
	return fc.oneof(
		{ arbitrary: fc.constantFrom(...choices).map((literal): Filling => ({ literal })), weight: 3 },
		given,
	);
}

/** Whether a value equals another, or its text in any case. */
function isText(value: unknown, other: unknown): boolean {
	return value === other || (typeof value === 'string' && value.trim().toLowerCase() === String(other));
}

/**
 * Runs an operation with random values.
 *
 * @returns the problems: anything but a valid request, or an error that names the item and the parameter
 */
export async function runFuzzed(
	engine: Engine,
	target: Target,
	operation: Operation,
	{ fillings }: Fuzzed,
): Promise<string[]> {
	const emulator = await startEmulator({ readyAfterMs: 0, startsAfterMs: 0 });
	try {
		const fixtures = addFixtures(emulator);
		const base = { ...requiredOf(operation, fixtures), ...target.parameters(fixtures) };
		const { parameters, input } = written(base, fillings);
		const running = engine.run({
			parameters,
			input,
			binary: input.map(() => FILE),
			credential: { ...emulator.credentials, baseUrl: emulator.url },
			node: { onError: 'continueRegularOutput' },
		});
		const result = await inTime(running, MOST_MS);
		refusePollution();
		// A body written by the user is sent unchanged.
		const badRequests = emulator.badRequests.filter((request) => !request.startsWith('POST /contents/adv: '));
		return [...badRequests, ...emulator.contractBreaks, ...problemsOf(result, operation)];
	} catch (error) {
		return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
	} finally {
		await emulator.close();
	}
}

/** A value for every required parameter: n8n runs no node without them, whether they are shown or not. */
function requiredOf({ fields }: Operation, { stream, video }: Fixtures): INodeParameters {
	const needed = fields.filter(
		({ required, default: given }) => required && (given === '' || typeof given === 'object'),
	);
	const parameters: INodeParameters = {};
	for (const { name, type } of needed) {
		const id = { __rl: true, mode: 'id', value: name === 'contentId' ? video.contentId : stream.streamUUID } as const;
		const text = type === 'dateTime' ? new Date(Date.now() - HOUR_MS).toISOString() : 'x';
		parameters[name] = type === 'resourceLocator' ? id : text;
	}
	return parameters;
}

/** Parameters with the fillings in their places, and the items that their expressions read. */
function written(
	base: INodeParameters,
	fillings: Fuzzed['fillings'],
): { parameters: INodeParameters; input: INodeParameters[] } {
	const parameters = structuredClone(base);
	const input = Array.from({ length: ITEMS }, (): Record<string, unknown> => ({}));
	fillings.forEach(({ place: { path }, filling: one }, index) => {
		if ('literal' in one) {
			put(parameters, path, one.literal);
			return;
		}
		const key = `value${index}`;
		input.forEach((item, position) => (item[key] = one.given[position]));
		const expression = `={{ $json.${key} }}`;
		put(parameters, path, one.mode === undefined ? expression : { __rl: true, mode: one.mode, value: expression });
	});
	return { parameters, input: input as INodeParameters[] };
}

function put(parameters: INodeParameters, path: Place['path'], value: unknown): void {
	let inner = parameters as Record<string | number, unknown>;
	path.slice(0, -1).forEach((key, index) => {
		const container = typeof path[index + 1] === 'number' ? [] : {};
		if (typeof inner[key] !== 'object' || inner[key] === null) inner[key] = container;
		inner = inner[key] as Record<string | number, unknown>;
	});
	inner[path.at(-1) ?? ''] = value;
}

/** Valid error messages after a valid request. */
const API_ERRORS = /^(Videograph (does not|no longer|returned)|There is no clip|The (clip|video|live stream|file) )/;

function problemsOf({ error: stopped, items }: Result, { fields }: Operation): string[] {
	const names = placesIn(fields).map(({ field }) => field.displayName);
	const collections = fields.map(({ displayName }) => displayName);
	const all = [...names, ...collections];
	const failed = items.flatMap((one) => (one.error ? [{ error: one.error, item: one.pairedItem }] : []));
	const found = [...(stopped ? [{ error: stopped, item: undefined }] : []), ...failed];
	return found.flatMap(({ error, item }) => {
		const { name, message } = error;
		const which = `${name} "${message}"`;
		// Only n8n's own errors have a context.
		const itemIndex = (error as { context?: { itemIndex?: number } }).context?.itemIndex;
		const index = (item as { item?: number } | undefined)?.item ?? itemIndex;
		if (index === undefined || itemIndex !== index) return [`${which} does not name its item`];
		// Valid with a small Max Size.
		if (message.startsWith('The file is larger than')) return [];
		if (name === 'NodeApiError')
			return /^(400|404)$/.test('httpCode' in error ? String(error.httpCode) : '') ? [] : [`${which} is not the API's`];
		if (name !== 'NodeOperationError') return [`${which} is not an error of a node`];
		return all.some((one) => message.startsWith(`${one}: `)) || API_ERRORS.test(message)
			? []
			: [`${which} names no parameter`];
	});
}
