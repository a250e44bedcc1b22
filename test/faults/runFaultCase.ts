import { isDeepStrictEqual } from 'node:util';
import { startEmulator } from '../emulator';
import type { Engine, Result } from '../engine/engine';
import { refusePollution } from './hostile';
import { inTime } from './inTime';
import type { FaultKind } from './kinds';
import { expected, type Expected } from './model';
import { addFixtures, FILE, type Target, type Fixtures } from './operations';

/** What a node does about an error: stops the run, or gives an item with the error. */
export const MODES = ['stopWorkflow', 'continueRegularOutput'] as const;

/** A field of the matrix. */
export interface Case {
	target: Target;
	fault: FaultKind;
	mode: (typeof MODES)[number];
}

/** A case that lasts longer hangs: the longest looks for a clip for three minutes. */
const MAX_MS = 10 * 60_000;

export function nameOf({ target, fault, mode }: Case): string {
	return `${target.name} × ${fault.name}${fault.nature.lasting ? ', every time' : ''} × ${mode}`;
}

/**
 * Plays a case on an emulator of its own.
 *
 * @returns what was not as the model says; nothing where all was
 */
export async function runFaultCase(engine: Engine, one: Case): Promise<string[]> {
	const { target, fault, mode } = one;
	const emulator = await startEmulator({ createAnswer: 'contentId' });
	try {
		const fixtures = addFixtures(emulator);
		fault.arrange?.(emulator);
		const { answer, when } = fault;
		const { lasting } = fault.nature;
		if (answer !== undefined) emulator.failNext({ ...target.faultyRequest, answer, when, times: lasting ? Infinity : 1 });
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
			...(mode === 'continueRegularOutput' && result.error ? ['the run has stopped'] : []),
			...(result.error || result.items.length > 0 || target.isEmpty ? [] : ['no item came out']),
			...emulator.contractBreaks,
			...emulator.leaks.map((request) => `the login was sent along with ${request}`),
		];
		refusePollution();
		return wrong;
	} catch (error) {
		return [error instanceof Error ? error.message : String(error)];
	} finally {
		await emulator.close();
	}
}

function seen(fixtures: Fixtures, { faultyRequest, countCreated }: Target, { error: stopped, items }: Result): Expected {
	const [item] = items;
	const error = stopped ?? item?.error;
	const requests = fixtures.emulator.requests.filter(({ method, path }) => method === faultyRequest.method && faultyRequest.path.test(path));
	const name = error?.name;
	if (error && error.context.itemIndex !== 0) throw new Error('the error does not tell its item');
	if (item?.error && item.json.error !== error?.message) throw new Error('the item does not tell its error');
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
	const same = { ...found, message: begins ? wanted.message : found.message };
	return isDeepStrictEqual(same, wanted) ? [] : [`expected ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`];
}
