import { createRequire } from 'node:module';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';

/** n8n-core's own container of services: no direct dependency of this project. */
interface Services {
	Container: { get<T>(type: abstract new (...given: never[]) => T): T };
}

/** Lets n8n keep files on disk, in its user folder, as a server does by default. An engine keeps them in memory else. */
export async function keepFilesOnDisk(): Promise<BinaryDataService> {
	const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as Services;
	const service = Container.get(BinaryDataService);
	await service.init();
	return service;
}

/** Stores a copy of a file as n8n does for an item of a run. */
export async function storedFile(service: BinaryDataService, path: string, fileName: string): Promise<IBinaryData> {
	const location = { type: 'execution' as const, workflowId: 'w', executionId: '1' };
	return await service.copyBinaryFile(location, { mimeType: 'video/mp4', fileName, data: '' }, path);
}
