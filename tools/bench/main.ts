import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { projectRoot } from '../../test/e2e/project';
import { ensureRuntime, type Runtime } from '../../test/e2e/runtime';
import { Api } from './api';
import { burst } from './burst';
import { creates } from './creates';
import { download } from './download';
import { makeHome } from './home';
import { memory } from './memory';
import { withMeasurements } from './page';
import { plot } from './plot';
import { rateLimit } from './rateLimit';
import { holds, type Report, targetText } from './report';
import { type Bench, FULL, QUICK } from './scale';
import { server } from './server';
import { size } from './size';
import { upload } from './upload';
import { waiting } from './waiting';

/**
 * Compares the node with its alternatives and writes the measurements into docs/performance.md. --quick measures less and
 * writes nothing. The names of parts select what to measure; a block of the page is written if all of its parts are.
 */
const PARTS: Record<string, (bench: Bench, runtime: Runtime) => Promise<Report>> = {
	creates,
	memory,
	waiting,
	rateLimit,
	upload,
	size,
	server,
	burst,
	download,
};

/** The blocks of the page. */
const BLOCKS = {
	'requests and uploads': ['creates', 'memory', 'waiting', 'rateLimit', 'upload', 'size', 'server'],
	'many executions': ['burst'],
	downloads: ['download'],
};

const PAGE = join(projectRoot, 'docs', 'performance.md');
const PLOT = join(projectRoot, 'docs', 'images', 'performance.svg');

const log = (line: string): void => console.error(line);

async function main(args: string[]): Promise<void> {
	const isQuick = args.includes('--quick');
	const chosen = args.filter((arg) => arg in PARTS);
	const names = chosen.length > 0 ? chosen : Object.keys(PARTS);
	const runtime = await ensureRuntime(log);
	const home = await makeHome(runtime);
	const api = new Api();
	const [load = NaN] = loadavg();
	const measured = new Map<string, { report: Report; minutes: number }>();
	try {
		const bench = { scale: isQuick ? QUICK : FULL, api, home, log };
		for (const name of names) {
			const started = Date.now();
			const report = await PARTS[name]?.(bench, runtime);
			if (report) measured.set(name, { report, minutes: (Date.now() - started) / 60_000 });
		}
	} finally {
		await api.end();
		await home.remove();
	}
	const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'a processor'}`;
	const rounds = isQuick ? QUICK.rounds : FULL.rounds;
	for (const [block, parts] of Object.entries(BLOCKS)) {
		const done = parts.flatMap((part) => measured.get(part) ?? []);
		if (done.length === 0) continue;
		const reports = done.map(({ report }) => report);
		const minutes = done.reduce((sum, part) => sum + part.minutes, 0);
		const text = withMeasurements(await readFile(PAGE, 'utf8'), block, reports, {
			runtime,
			machine,
			minutes,
			rounds,
			load,
		});
		console.log(text);
		if (isQuick || done.length < parts.length) continue;
		await writeFile(PAGE, text);
		log(`Written: ${PAGE} (${(await readFile(PAGE)).length} bytes)`);
		const charts = reports.flatMap((report) => report.charts);
		if (charts.length === 0) continue;
		await mkdir(dirname(PLOT), { recursive: true });
		await writeFile(PLOT, plot(charts));
		log(`Written: ${PLOT}`);
	}
	const reports = [...measured.values()].map(({ report }) => report);
	const targets = reports.flatMap((report) => report.targets);
	log(`\nTargets:\n${targets.map(targetText).join('\n')}`);
	log(`\n${targets.filter(holds).length} of ${targets.length} hold.`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
