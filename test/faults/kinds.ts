import { Readable } from 'node:stream';
import type { Answer, Emulator, Fault } from '../emulator';
import { hostile } from './hostile';
import type { Kind, Nature } from './model';

/** A fault of the matrix. */
export interface FaultKind {
	/** Without its duration. */
	name: string;
	nature: Nature;
	/** Replaces the response. Undefined: the fault affects the whole emulator. */
	answer?: Fault['answer'];
	when?: Fault['when'];
	/** Prepares the emulator. */
	arrange?: (emulator: Emulator) => void;
	/** Slow or memory-intensive: only in the complete matrix. */
	heavy?: boolean;
	/** The kinds of operations that it does not apply to. */
	not?: Kind[];
}

/** The run-time data of the faults. */
export interface World {
	/** Another server, the target of redirects. */
	elsewhere: string;
}

const HOUR_MS = 60 * 60 * 1000;
const GIB = 1024 ** 3;
const WORDS = 'The fault';
const PAGE = '<!DOCTYPE html><html><body><h1>The fault</h1></body></html>';
const CUT = 'the connection was interrupted';
const LATE = 'the request timed out';
const TEXT = { 'content-type': 'application/json' };
/** For faults in the body of a success: a storage responds with a status only, a CDN with a segment. */
const API_ONLY: Kind[] = ['file', 'media'];

const notJson = (status: number) => `Videograph returned a non-JSON response (HTTP ${status})`;

function answer(status: number, headers?: Record<string, string>): Answer {
	return { status, body: { code: status, message: WORDS }, ...(headers && { headers }) };
}

/** A fault before or after the request is processed, of the first request or all. */
function everyWay(name: string, words: string, fault: Fault['answer'], status?: number): FaultKind[] {
	return [false, true].flatMap((carriedOut) =>
		[false, true].map(
			(lasting) =>
				({
					name: `${name} ${carriedOut ? 'after' : 'before'} processing`,
					nature: { effect: 'unclear', carriedOut, lasting, words, ...(status !== undefined && { status }) },
					answer: fault,
					when: carriedOut ? 'after' : 'before',
				}) as const,
		),
	);
}

/** A fault that corrupts the real response, after the request is processed. */
function spoiled(
	name: string,
	words: string,
	fault: Fault['answer'],
	more?: Partial<FaultKind> & { status?: number },
): FaultKind[] {
	const { status, ...rest } = more ?? {};
	return [false, true].map((lasting) => ({
		name,
		nature: { effect: 'unclear', carriedOut: true, lasting, words, ...(status !== undefined && { status }) },
		answer: fault,
		...rest,
	}));
}

function harmless(name: string, more: Partial<FaultKind>): FaultKind {
	return { name, nature: { effect: 'none', carriedOut: true, lasting: true }, ...more };
}

function refused(name: string, status: number, fault: Answer, nature: Partial<Nature> = {}): FaultKind {
	return {
		name,
		nature: { effect: 'refused', carriedOut: false, lasting: true, status, words: WORDS, ...nature },
		answer: fault,
	};
}

function limited(name: string, headers: Record<string, string>, nature: Partial<Nature> = {}): FaultKind {
	return {
		name: `HTTP 429, ${name}`,
		nature: { effect: 'limited', carriedOut: false, lasting: false, status: 429, words: WORDS, ...nature },
		answer: answer(429, headers),
	};
}

/** @param awayMs from now, by a clock that is an hour ahead, as the date of the response shows */
const asDate = (awayMs: number) => ({
	date: new Date(Date.now() + HOUR_MS).toUTCString(),
	'retry-after': new Date(Date.now() + HOUR_MS + awayMs).toUTCString(),
});

const hang: FaultKind[] = (['before', 'after'] as const).map((when) => ({
	name: `no response ${when} processing`,
	nature: { effect: 'unclear', carriedOut: when === 'after', lasting: false, words: LATE },
	answer: 'hang',
	when,
	heavy: true,
	// Its timeout is at least ten minutes.
	not: ['file'],
}));

/** Every fault of the matrix. */
export function faultKinds({ elsewhere }: World): FaultKind[] {
	return [
		harmless('slow response', { answer: (real) => ({ ...real, delayMs: 400 }) }),
		harmless('JSON with content type text/html', {
			answer: (real) => ({ ...real, headers: { ...real.headers, 'content-type': 'text/html' } }),
		}),
		harmless('API clock 3 hours ahead', {
			arrange: ({ options }) => void (options.now = () => Date.now() + 3 * HOUR_MS),
		}),
		{
			name: 'API clock 3 hours behind',
			nature: { effect: 'clockBehind', carriedOut: true, lasting: true, words: 'The range is outside the recording' },
			arrange: ({ options }) => void (options.now = () => Date.now() - 3 * HOUR_MS),
		},
		{
			name: 'hostile IDs and texts',
			nature: { effect: 'hostile', carriedOut: true, lasting: true },
			answer: (real) => ({ ...real, body: hostile(real.body) }),
			not: API_ONLY,
		},

		...everyWay('connection reset', CUT, 'reset'),
		...hang,
		...spoiled('connection closed during the response', CUT, (real) => ({
			...real,
			body: real.body === '' ? 'x'.repeat(99) : real.body,
			cut: true,
		})),
		...spoiled(
			'truncated JSON',
			notJson(200),
			(real) => ({ status: 200, headers: TEXT, body: JSON.stringify(real.body).slice(0, -9) }),
			{ status: 200, not: API_ONLY },
		),
		...spoiled('empty body', notJson(200), () => ({ status: 200, body: '' }), { status: 200, not: API_ONLY }),
		...spoiled('array instead of the envelope', notJson(200), () => ({ status: 200, body: [] }), {
			status: 200,
			not: API_ONLY,
		}),
		...spoiled(
			'response of 1 GiB',
			'the response was too large',
			() => ({ status: 200, headers: TEXT, body: endless(GIB) }),
			// A segment that is larger than the limit is not requested again.
			{ heavy: true, not: ['media'] },
		),

		{
			name: 'envelope without data',
			nature: { effect: 'noData', carriedOut: true, lasting: true, status: 200 },
			answer: { status: 200, body: { status: 'Success', code: 200, message: 'OK' } },
			when: 'after',
			not: API_ONLY,
		},
		{
			...refused('HTTP 200 with status Failed in the envelope', 200, {
				status: 200,
				body: { status: 'Failed', code: 200, message: WORDS },
			}),
			not: API_ONLY,
		},
		{
			...refused(
				'HTTP 200 with an HTML page',
				200,
				{ status: 200, headers: { 'content-type': 'text/html' }, body: PAGE },
				{ words: notJson(200) },
			),
			not: API_ONLY,
		},
		...[400, 401, 403, 404, 405, 409, 413, 422].map((status) => refused(`HTTP ${status}`, status, answer(status))),
		...[301, 302, 303, 307, 308].map((status) => ({
			...refused(
				`HTTP ${status}, redirect to another host`,
				status,
				{ status, headers: { location: `${elsewhere}/` } },
				{
					words: notJson(status),
					wordsOfStorage: '',
				},
			),
			// A CDN may redirect: there are no credentials in the request.
			not: ['media'] satisfies Kind[],
		})),
		...[500, 502, 503, 504].flatMap((status) => everyWay(`HTTP ${status}`, WORDS, answer(status), status)),
		...everyWay(
			'HTTP 502 with the HTML page of a proxy',
			notJson(502),
			{ status: 502, headers: { 'content-type': 'text/html' }, body: PAGE },
			502,
		).map((fault) => ({ ...fault, nature: { ...fault.nature, wordsOfStorage: WORDS } })),

		limited('without Retry-After', {}),
		limited('Retry-After: 0', { 'retry-after': '0' }),
		limited('Retry-After: 0', { 'retry-after': '0' }, { lasting: true }),
		limited('Retry-After: 1', { 'retry-after': '1' }),
		limited('Retry-After: date in 1 s, by a clock 1 h ahead', asDate(1000)),
		limited('Retry-After: date in the past', asDate(-60_000)),
		limited('Retry-After: date in a year', asDate(365 * 24 * HOUR_MS), { asksTooMuch: true }),
		limited('Retry-After: 99999999999', { 'retry-after': '99999999999' }, { asksTooMuch: true }),
		limited('Retry-After: 99999999999', { 'retry-after': '99999999999' }, { asksTooMuch: true, lasting: true }),
		limited('Retry-After: -5', { 'retry-after': '-5' }),
		limited('Retry-After: soon', { 'retry-after': 'soon' }),
		{
			name: 'HTTP 503, Retry-After: 1',
			nature: { effect: 'unclear', carriedOut: false, lasting: false, status: 503, words: WORDS },
			answer: answer(503, { 'retry-after': '1' }),
		},
		{
			name: 'HTTP 503, Retry-After: 99999999999',
			nature: { effect: 'unclear', carriedOut: false, lasting: true, status: 503, words: WORDS, asksTooMuch: true },
			answer: answer(503, { 'retry-after': '99999999999' }),
		},
	];
}

/** A JSON text of that many bytes, generated as it is read. */
function endless(size: number): Readable {
	const piece = 'x'.repeat(64 * 1024);
	return Readable.from(
		(function* () {
			yield '{"status":"Success","code":200,"message":"';
			for (let sent = 0; sent < size; sent += piece.length) yield piece;
			yield '"}';
		})(),
	);
}
