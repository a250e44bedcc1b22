import './environment';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { keepFilesOnDisk, storedFile } from './binaryData';
import { Engine, type Result } from './engine';
import { type Memory, watchMemory } from './memory';

/** The task of this process, as JSON in its first argument. */
export interface Task {
	credential: ICredentialDataDecryptedObject;
	/** Uploaded first, to load all code before memory is measured. */
	small: string;
	large: string;
}

/** The printed result, as JSON. */
export interface Measured extends Memory {
	milliseconds: number;
	items: unknown[];
	error: string | undefined;
}

async function main({ credential, small, large }: Task): Promise<Measured> {
	const files = await keepFilesOnDisk();
	const engine = await Engine.load();
	const upload = async (path: string, fileName: string): Promise<Result> => {
		const data = await storedFile(files, path, fileName);
		return await engine.run({
			parameters: { resource: 'upload', operation: 'uploadFile' },
			credential,
			binary: [{ data }],
		});
	};
	await upload(small, 'small.mp4');
	await sleep(500);
	const started = Date.now();
	let uploaded: Result | undefined;
	const memory = await watchMemory(async () => {
		uploaded = await upload(large, 'large.mp4');
	});
	const error = uploaded?.error;
	return {
		...memory,
		milliseconds: Date.now() - started,
		items: uploaded?.items.map(({ json }) => json) ?? [],
		error: error && `${error.message} ${error.description ?? ''}`,
	};
}

main(JSON.parse(process.argv[2] ?? '{}') as Task)
	.then((measured) => process.stdout.write(JSON.stringify(measured)))
	.catch((error: unknown) => {
		process.stderr.write(String(error));
		process.exitCode = 1;
	})
	.finally(() => {
		rmSync(process.env.N8N_USER_FOLDER ?? '', { recursive: true, force: true });
		// Older engines keep their process alive. The output is flushed first.
		process.stdout.write('', () => process.exit());
	});
