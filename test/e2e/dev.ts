import { watch } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { addWorkflow, openHarness } from './harness';
import type { Log } from './progress';
import { projectRoot } from './project';
import { chooseService } from './service';

/**
 * Runs n8n and an emulator of the Videograph API for development: n8n reloads the nodes and credentials when a file of
 * dist/ changes. `npm run dev` starts it together with the compiler.
 */
const dist = join(projectRoot, 'dist');
const log: Log = (line) => console.log(line);

/** The compiler writes several files at a time. */
const SETTLED_MS = 100;

// On exit all started processes end (see processes.ts).
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));

async function main(): Promise<void> {
	const service = await chooseService(process.env);
	// n8n's own hot reload: it watches the packages and sends the new descriptions to open editors.
	const harness = await openHarness(service, log, { N8N_DEV_RELOAD: 'true' });
	await addWorkflow(harness);
	mirror(dist, join(harness.packageFolder, 'dist'), log);
	log(`
n8n runs until Ctrl+C. A change in nodes/ or credentials/ is in n8n a few seconds after you save the file.

  URL        ${harness.n8n.url}
  E-mail     ${harness.owner.email}
  Password   ${harness.owner.password}
`);
}

/** Copies each file that changes in a folder to another folder. */
function mirror(source: string, target: string, log: Log): void {
	const changed = new Set<string>();
	let timer: NodeJS.Timeout | undefined;
	watch(source, { recursive: true }, (_event, file) => {
		if (file === null) return;
		changed.add(file);
		clearTimeout(timer);
		timer = setTimeout(() => void copyChanged(), SETTLED_MS);
	});

	async function copyChanged(): Promise<void> {
		const files = [...changed].sort();
		changed.clear();
		const copied: string[] = [];
		for (const file of files) if (await copyIfDifferent(join(source, file), join(target, file))) copied.push(file);
		if (copied.length > 0) log(`✓ n8n reloads ${copied.length > 3 ? `${copied.length} files` : copied.join(', ')}`);
	}
}

async function copyIfDifferent(source: string, target: string): Promise<boolean> {
	// A folder, or a file that has been deleted, cannot be read. What cannot be read is not copied.
	const [content, present] = await Promise.all([source, target].map((file) => readFile(file).catch(() => undefined)));
	if (content === undefined || present?.equals(content)) return false;
	await mkdir(dirname(target), { recursive: true });
	await writeFile(target, content);
	return true;
}

main().catch((error: unknown) => {
	console.error(`\n✗ ${error instanceof Error ? error.message : String(error)}`);
	process.exit(1);
});
