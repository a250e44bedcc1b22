import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runPool } from '../../nodes/Videograph/utils/taskPool';
import { Clock } from '../engine/clock';
import { Engine } from '../engine/engine';
import { type FaultKind, faultKinds } from './kinds';
import { targets } from './operations';
import { type Case, MODES, nameOf, runFaultCase } from './runFaultCase';

/** The number of cases that run at a time. Few, as time passes only while all of them wait. */
const AT_ONCE = 8;

export interface Outcome {
	/** The number of cases. */
	count: number;
	/** The differences from the model, each with its case. */
	unexpected: string[];
	/** The requests to the other host. */
	elsewhere: string[];
}

/**
 * Runs the cases of the matrix: every operation with every selected fault, for a node that stops on errors and for one with
 * Continue on Fail.
 *
 * @param choose selects from the faults that apply to a row
 */
export async function runMatrix(choose: (faults: FaultKind[], row: number) => FaultKind[]): Promise<Outcome> {
	const elsewhere: string[] = [];
	const other = createServer((request, response) => {
		elsewhere.push(
			`${request.method ?? ''} ${request.headers.authorization === undefined ? 'without' : 'with'} credentials`,
		);
		response.end();
	});
	await once(other.listen(0, '127.0.0.1'), 'listening');
	const { port } = other.address() as AddressInfo;

	const clock = new Clock();
	clock.start(Date.now());
	const faults = faultKinds({ elsewhere: `http://127.0.0.1:${port}` });
	const cases = targets().flatMap((target, row) => {
		const fitting = faults.filter(({ not = [] }) => !not.includes(target.kind));
		return choose(fitting, row).flatMap((fault) => MODES.map((mode): Case => ({ target, fault, mode })));
	});
	const engine = await Engine.load();
	const unexpected: string[] = [];
	const tasks = cases.map((one) => async () => {
		unexpected.push(...(await runFaultCase(engine, one)).map((problem) => `${nameOf(one)}: ${problem}`));
	});
	await runPool(tasks, AT_ONCE);
	await clock.stop();
	other.closeAllConnections();
	await once(other.close(), 'close');
	return { count: cases.length, unexpected, elsewhere };
}
