import type { Emulator, Fault } from '../emulator';

const down = (status: number): Fault['answer'] => ({ status, body: { code: status, message: 'Not now' } });
const LIMITED: Fault['answer'] = {
	status: 429,
	headers: { 'retry-after': '1' },
	body: { code: 429, message: 'Too many' },
};
const POST = { method: 'POST' };
const GET = { method: 'GET' };

/** The faults, one after the other. `after`: the clip was created, and only the response is lost. */
const FAULTS: Fault[] = [
	{ ...POST, answer: 'reset' },
	{ ...POST, answer: 'reset', when: 'after' },
	{ ...GET, answer: 'reset' },
	{ ...POST, answer: down(500) },
	{ ...POST, answer: down(500), when: 'after' },
	{ ...GET, answer: down(500) },
	{ ...POST, answer: LIMITED, times: 3 },
	{ ...POST, answer: down(503) },
	{ ...POST, answer: down(504), when: 'after' },
	{ ...GET, answer: LIMITED, times: 3 },
	{ ...POST, answer: { status: 502, body: '<html>Bad gateway</html>' }, when: 'after' },
	{ ...GET, answer: down(503), times: 2 },
	{ ...POST, answer: { status: 400, body: { code: 400, message: 'Not this time' } } },
];

/** Lets something go wrong next, something else for each number. */
export function failSomehow(emulator: Emulator, number: number): void {
	const fault = FAULTS[number % FAULTS.length];
	if (fault) emulator.failNext(fault);
}
