import { type Unknown, unknowns } from '../../test/contract/openapi';
import { Account, reasonOf } from './account';
import { Api, type Connection, Stopped } from './api';
import { Creations, type Leftover } from './creations';
import { type Finding, type Need, type Question, questions } from './questions';

export interface ProbeOptions {
	connection: Connection;
	/** Whether to create resources, and to delete them. */
	write?: boolean;
	/** The `streamUUID` of a live, recorded stream. */
	streamId?: string;
	/** Whether to provoke a rate limit. */
	limits?: boolean;
	/** Ends the probe; it removes what it has created first. */
	signal?: AbortSignal;
	/** Shows progress. */
	log?: (line: string) => void;
}

/** The result for an unknown: an answer with its evidence, or the reason why there is none. */
export type Result = Pick<Unknown, 'id' | 'question'> &
	(({ status: 'answered' } & Finding) | { status: 'unknown'; reason: string });

export interface Report {
	/** The day of the run, such as 2026-01-31. */
	date: string;
	mode: string;
	requests: number;
	stopped: boolean;
	results: Result[];
	/** Differences between responses and docs/openapi.yaml. */
	differences: string[];
	/** The number of resources that were created and removed. */
	removed: number;
	left: Array<Omit<Leftover, 'id'> & { id: string }>;
}

/** Asks every question that the options allow. Cleaning up follows in any case. */
export async function runProbe(options: ProbeOptions): Promise<{ report: Report; left: Leftover[] }> {
	const { connection, write = false, streamId, limits = false, signal, log = () => undefined } = options;
	const stop = new AbortController();
	signal?.addEventListener('abort', () => stop.abort(new Stopped('the probe was stopped')), { once: true });
	if (signal?.aborted) stop.abort(new Stopped('the probe was stopped'));
	const api = new Api(connection, write, stop.signal);
	const creations = new Creations(api);
	const cleaner = new Api(connection, write);
	const account = new Account(api, creations, streamId);
	const results: Result[] = [];
	let left: Leftover[] = [];
	try {
		for (const [index, question] of questions.entries()) {
			const result = await ask(
				question,
				account,
				missingNeed(question.needs, { write, streamId, limits }),
				stop.signal,
			);
			results.push(result);
			log(`[${index + 1}/${questions.length}] ${result.question} ${shortAnswer(result)}`);
		}
	} finally {
		left = await creations.cleanUp(cleaner);
	}
	const report: Report = {
		date: new Date(api.clock.now()).toISOString().slice(0, 10),
		mode: [
			'read',
			...(write ? ['write'] : []),
			...(write && streamId ? ['clip'] : []),
			...(limits ? ['limits'] : []),
		].join(', '),
		requests: api.requests + cleaner.requests,
		stopped: stop.signal.aborted,
		results,
		differences: [...api.differences].map(([difference, count]) => `${difference} (${count}×)`).sort(),
		removed: creations.removed,
		left: left.map(({ id, ...rest }) => ({ ...rest, id: shortId(id) })),
	};
	return { report, left };
}

async function ask(
	{ id, answer }: Question,
	account: Account,
	missing: string | undefined,
	signal: AbortSignal,
): Promise<Result> {
	const question = unknowns.find((unknown) => unknown.id === id)?.question ?? id;
	const reason = missing ?? (signal.aborted ? 'the probe was stopped' : undefined);
	if (reason !== undefined || !answer) return { id, question, status: 'unknown', reason: reason ?? 'not asked' };
	try {
		return { id, question, status: 'answered', ...(await answer(account)) };
	} catch (error) {
		const why = error instanceof Stopped ? error.message : reasonOf(error);
		if (why === undefined) throw error;
		return { id, question, status: 'unknown', reason: why };
	}
}

/** Why a question is not asked; undefined if it is. */
function missingNeed(needs: Need, has: Pick<ProbeOptions, 'write' | 'streamId' | 'limits'>): string | undefined {
	if (typeof needs === 'object') return `not asked: ${needs.not}`;
	if (needs === 'limits' && !has.limits) return 'it takes --limits';
	if ((needs === 'write' || needs === 'clip') && !has.write) return 'it takes --write';
	return needs === 'clip' && !has.streamId ? 'it takes VIDEOGRAPH_STREAM_ID' : undefined;
}

export function shortAnswer(result: Result): string {
	if (result.status === 'unknown') return `not answered: ${result.reason}`;
	const { answers = [] } = unknowns.find(({ id }) => id === result.id) ?? {};
	return `→ ${answers.find(({ id }) => id === result.answer)?.means ?? result.answer}`;
}

function shortId(id: string | undefined): string {
	return id === undefined ? 'unknown' : `${id.slice(0, 4)}…`;
}
