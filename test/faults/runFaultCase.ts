import { isDeepStrictEqual } from 'node:util';
import { startEmulator } from '../emulator';
import type { Engine, Result } from '../engine/engine';
import { refusePollution } from './hostile';
import { inTime } from './inTime';
import type { FaultKind } from './kinds';
import { type Expected, expected, type Requests } from './model';
import { addFixtures, FILE, type Fixtures, type Target } from './operations';

/** The two ways a node handles an error: stop the execution, or return an error item. */
export const MODES = ['stopWorkflow', 'continueRegularOutput'] as const;

/** A cell of the matrix. */
export interface Case {
	target: Target;
	fault: FaultKind;
	mode: (typeof MODES)[number];
}

/** A longer case hangs: the longest lookup takes three minutes. */
const MAX_MS = 10 * 60_000;

export function nameOf({ target, fault, mode }: Case): string {
	return `${target.name} × ${fault.name}${fault.nature.lasting ? ', every time' : ''} × ${mode}`;
}

/**
 * Runs a case on an emulator of its own.
 *
 * @returns the differences from the model
 */
export async function runFaultCase(engine: Engine, one: Case): Promise<string[]> {
	const { target, fault, mode } = one;
	const emulator = await startEmulator({ createAnswer: 'contentId' });
	try {
		const fixtures = addFixtures(emulator);
		fault.arrange?.(emulator);
		const { answer, when } = fault;
		const { lasting } = fault.nature;
		if (answer !== undefined) {
			const strike = { ...target.faultyRequest, answer, when, times: lasting ? Infinity : 1 };
			if (target.kind === 'media') emulator.failNextMedia(strike);
			else emulator.failNext(strike);
		}
		const result = await inTime(
			engine.run({
				parameters: target.parameters(fixtures),
				credential: { ...emulator.credentials, baseUrl: emulator.url },
				binary: [FILE],
				node: { onError: mode },
			}),
			MAX_MS,
		);
		const wrong = [
			...different(expected(target, fault.nature), seen(fixtures, target, result)),
			...(mode === 'continueRegularOutput' && result.error ? ['the execution has stopped'] : []),
			...(result.error || result.items.length > 0 || target.isEmpty ? [] : ['no item was returned']),
			...emulator.contractBreaks,
			...emulator.leaks.map((request) => `credentials were sent with ${request}`),
		];
		refusePollution();
		return wrong;
	} catch (error) {
		return [error instanceof Error ? error.message : String(error)];
	} finally {
		await emulator.close();
	}
}

function seen(
	fixtures: Fixtures,
	{ faultyRequest, countCreated }: Target,
	{ error: stopped, items }: Result,
): Expected {
	const [item] = items;
	const error = stopped ?? item?.error;
	const requests = fixtures.emulator.requests.filter(
		({ method, path }) => method === faultyRequest.method && faultyRequest.path.test(path),
	);
	const name = error?.name;
	if (error && error.context.itemIndex !== 0) throw new Error('the error has no item index');
	if (item?.error && item.json.error !== error?.message) throw new Error('the item does not contain its error');
	return {
		error: name === undefined ? null : (name as Expected['error']),
		message: error?.message ?? null,
		requests: requests.length,
		exists: (countCreated?.(fixtures) ?? 0) as Expected['exists'],
		warns: /may have (been created|arrived)/.test(error?.description ?? ''),
	};
}

function different(wanted: Expected, found: Expected): string[] {
	const begins = wanted.message !== null && found.message?.startsWith(wanted.message);
	const { requests } = wanted;
	const isWithin = typeof requests === 'object' && isBetween(found.requests, requests);
	const same = {
		...found,
		message: begins ? wanted.message : found.message,
		requests: isWithin ? requests : found.requests,
	};
	return isDeepStrictEqual(same, wanted) ? [] : [`expected ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`];
}

function isBetween(value: Requests, { min, max }: { min: number; max: number }): boolean {
	return typeof value === 'number' && value >= min && value <= max;
}
