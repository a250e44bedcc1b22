import { isDeepStrictEqual } from 'node:util';
import { startEmulator } from '../emulator';
import type { Engine, Result } from '../engine/engine';
import { refusePollution } from './hostile';
import { expected, type Expected } from './model';
import type { FaultKind } from './kinds';
import { SUBTITLE, type Target, type Things } from './operations';

/** What a node does about an error: stops the run, or gives an item with the error. */
export const MODES = ['stopWorkflow', 'continueRegularOutput'] as const;

/** A field of the matrix. */
export interface Case {
	target: Target;
	fault: FaultKind;
	mode: (typeof MODES)[number];
}

const HOUR_MS = 60 * 60 * 1000;
const FILE = { data: { data: 'AAAA', mimeType: 'video/mp4', fileName: 'final.mp4' } };
/** A case that lasts longer hangs: the longest looks for a clip for three minutes. */
const MOST_MS = 10 * 60_000;

export function nameOf({ target, fault, mode }: Case): string {
	return `${target.name} × ${fault.name}${fault.nature.lasting ? ', every time' : ''} × ${mode}`;
}

/**
 * Plays a case on an emulator of its own.
 *
 * @returns what was not as the model says; nothing where all was
 */
export async function play(engine: Engine, one: Case): Promise<string[]> {
	const { target, fault, mode } = one;
	const things = await arrange(fault);
	const { emulator } = things;
	try {
		const { answer, when } = fault;
		const { lasting } = fault.nature;
		if (answer !== undefined) emulator.failNext({ ...target.struck, answer, when, times: lasting ? Infinity : 1 });
		const result = await inTime(
			engine.run({
				parameters: target.parameters(things),
				credential: { ...emulator.credentials, baseUrl: emulator.url },
				binary: [FILE],
				node: { onError: mode },
			}),
		);
		const wrong = [
			...different(expected(target, fault.nature), seen(things, target, result)),
			...(mode === 'continueRegularOutput' && result.error ? ['the run has stopped'] : []),
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

async function arrange({ arrange: change }: FaultKind): Promise<Things> {
	const emulator = await startEmulator({ createAnswer: 'contentId' });
	const { url, name, languageCode } = SUBTITLE;
	const subtitle = { uuid: 'sub1', url, name, language_code: languageCode, support_closed_captions: false };
	const things = {
		emulator,
		stream: emulator.addStream({ title: 'Derby', startedAt: Date.now() - 6 * HOUR_MS }),
		idle: emulator.addStream({ title: 'Rehearsal' }),
		video: emulator.addVideo({ title: 'Cup', subtitles: [subtitle] }),
	};
	change?.(emulator);
	return things;
}

async function inTime<T>(result: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => reject(new Error(`it has not ended after ${MOST_MS / 60_000} minutes`)), MOST_MS);
	});
	return await Promise.race([result, late]).finally(() => clearTimeout(timer));
}

function seen(things: Things, { struck, made }: Target, { error: stopped, items }: Result): Expected {
	const [item] = items;
	const error = stopped ?? item?.error;
	const requests = things.emulator.requests.filter(({ method, path }) => method === struck.method && struck.path.test(path));
	const name = error?.name;
	if (error && error.context.itemIndex !== 0) throw new Error('the error does not tell its item');
	if (item?.error && item.json.error !== error?.message) throw new Error('the item does not tell its error');
	return {
		error: name === undefined ? null : (name as Expected['error']),
		message: error?.message ?? null,
		requests: requests.length,
		exists: (made?.(things) ?? 0) as Expected['exists'],
		warns: /may have (been made|arrived)/.test(error?.description ?? ''),
	};
}

function different(wanted: Expected, found: Expected): string[] {
	const begins = wanted.message !== null && found.message?.startsWith(wanted.message);
	const same = { ...found, message: begins ? wanted.message : found.message };
	return isDeepStrictEqual(same, wanted) ? [] : [`expected ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`];
}
