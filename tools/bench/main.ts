import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { projectRoot } from '../../test/e2e/project';
import { ensureRuntime, type Runtime } from '../../test/e2e/runtime';
import { Api } from './api';
import { creates } from './creates';
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
 * writes nothing; so do the names of parts, which select what to measure.
 */
const PARTS: Record<string, (bench: Bench, runtime: Runtime) => Promise<Report>> = {
	creates,
	memory,
	waiting,
	rateLimit,
	upload,
	size,
	server,
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
	const started = Date.now();
	const reports: Report[] = [];
	try {
		const bench = { scale: isQuick ? QUICK : FULL, api, home, log };
		for (const name of names) {
			const report = await PARTS[name]?.(bench, runtime);
			if (report) reports.push(report);
		}
	} finally {
		await api.end();
		await home.remove();
	}
	const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'a processor'}`;
	const rounds = isQuick ? QUICK.rounds : FULL.rounds;
	const about = { runtime, machine, minutes: (Date.now() - started) / 60_000, rounds };
	const text = withMeasurements(await readFile(PAGE, 'utf8'), reports, about);
	console.log(text);
	if (!isQuick && chosen.length === 0) {
		await mkdir(dirname(PLOT), { recursive: true });
		await writeFile(PAGE, text);
		await writeFile(PLOT, plot(reports.flatMap(({ charts }) => charts)));
		log(`Written: ${PAGE} (${(await readFile(PAGE)).length} bytes), ${PLOT}`);
	}
	const targets = reports.flatMap((report) => report.targets);
	log(`\nTargets:\n${targets.map(targetText).join('\n')}`);
	log(`\n${targets.filter(holds).length} of ${targets.length} hold.`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
