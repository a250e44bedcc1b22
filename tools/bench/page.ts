import type { Runtime } from '../../test/e2e/runtime';
import { type Report, tableText, targetText } from './report';

/** About a run of the bench. */
interface About {
	runtime: Runtime;
	machine: string;
	minutes: number;
	rounds: number;
}

const START = '<!-- Measurements: written by `npm run bench`. -->';
const END = '<!-- End of the measurements. -->';

/** docs/performance.md with new measurements between its marks. */
export function withMeasurements(page: string, reports: Report[], about: About): string {
	const [before = ''] = page.split(START);
	const [, after = ''] = page.split(END);
	return `${before}${START}\n\n${measurements(reports, about)}\n\n${END}${after}`;
}

function measurements(reports: Report[], { runtime, machine, minutes, rounds }: About): string {
	const run = `Measured in ${Math.round(minutes)} minutes with n8n ${runtime.version} on ${machine}; medians of ${rounds} rounds.`;
	const tables = reports.flatMap(({ tables }) => tables.map(tableText));
	const targets = reports.flatMap(({ targets }) => targets.map(targetText));
	return [run, ...tables, `## Targets\n\n${targets.join('\n')}`].join('\n\n');
}
