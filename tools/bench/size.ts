import { run } from '../../test/e2e/processes';
import { projectRoot } from '../../test/e2e/project';
import { CandidateProcess } from './candidate';
import { median } from './figures';
import type { Report } from './report';
import { type Bench, inRounds } from './scale';

interface Packed {
	size: number;
	unpackedSize: number;
	entryCount: number;
}

/** What the package adds to an n8n. */
export async function size(bench: Bench): Promise<Report> {
	const output = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--silent'], {
		cwd: projectRoot,
	});
	const [packed] = JSON.parse(output) as Packed[];
	if (!packed) throw new Error(`npm pack said ${output}`);
	const { loaded } = await inRounds(bench, 'Import', ['loaded'], async () => {
		const process = new CandidateProcess(bench.home);
		const figures = await process.load();
		await process.end();
		return figures;
	});
	const importMs = median(loaded.map((one) => one.importMs));
	return {
		tables: [
			{
				title: 'The package',
				about:
					'What the package adds to the startup time and the disk space of n8n. n8n loads the code of a node on first use.',
				columns: ['figure'],
				rows: [
					['Import of the node and the credential, ms', importMs],
					["The same with n8n's package loader, ms", median(loaded.map((one) => one.loadMs))],
					['Packed, kB', packed.size / 1000],
					['Unpacked, kB', packed.unpackedSize / 1000],
					['Files', String(packed.entryCount)],
				],
			},
		],
		targets: [
			{ what: 'Import', value: importMs, unit: ' ms', limit: { most: 50 } },
			{ what: 'Packed size', value: packed.size / 1000, unit: ' kB', limit: { most: 260 } },
		],
		charts: [],
	};
}
