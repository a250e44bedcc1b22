import type { Runtime } from '../../test/e2e/runtime';
import { type Report, tableText, targetText } from './report';

/** About a run of the bench. */
interface About {
	runtime: Runtime;
	machine: string;
	minutes: number;
	rounds: number;
	/** Load average of the machine before the run. */
	load: number;
}

/** docs/performance.md with new measurements between the marks of a block. */
export function withMeasurements(page: string, block: string, reports: Report[], about: About): string {
	const start = `<!-- Measurements of ${block}: written by \`npm run bench\`. -->`;
	const end = `<!-- End of the measurements of ${block}. -->`;
	const [before = ''] = page.split(start);
	const [, after = ''] = page.split(end);
	return `${before}${start}\n\n${measurements(block, reports, about)}\n\n${end}${after}`;
}

function measurements(block: string, reports: Report[], { runtime, machine, minutes, rounds, load }: About): string {
	const run = `Measured in ${Math.round(minutes)} minutes with n8n ${runtime.version} on ${machine}; medians of ${rounds} rounds. Load average before: ${load.toFixed(1)}.`;
	const tables = reports.flatMap(({ tables }) => tables.map(tableText));
	const targets = reports.flatMap(({ targets }) => targets.map(targetText));
	return [run, ...tables, `## Targets of ${block}\n\n${targets.join('\n')}`].join('\n\n');
}
