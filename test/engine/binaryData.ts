import { createRequire } from 'node:module';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';

/** n8n-core's service container: not a direct dependency of this project. */
interface Services {
	Container: { get<T>(type: abstract new (...given: never[]) => T): T };
}

/** n8n's storage of files. */
function storage(): BinaryDataService {
	const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as Services;
	return Container.get(BinaryDataService);
}

/** Makes n8n store files on disk, in its user folder, like a server. Otherwise an engine stores them in memory. */
export async function keepFilesOnDisk(): Promise<BinaryDataService> {
	const service = storage();
	await service.init();
	return service;
}

/** The content of a file of an item, wherever n8n has stored it. */
export async function readStoredFile(file: IBinaryData | undefined): Promise<Buffer> {
	if (!file) throw new Error('The item has no file');
	return await storage().getAsBuffer(file);
}

/** Stores a copy of a file as binary data of an item, like n8n. */
export async function storedFile(service: BinaryDataService, path: string, fileName: string): Promise<IBinaryData> {
	const location = { type: 'execution' as const, workflowId: 'w', executionId: '1' };
	return await service.copyBinaryFile(location, { mimeType: 'video/mp4', fileName, data: '' }, path);
}
