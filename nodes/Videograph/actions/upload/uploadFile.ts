import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { doOnce } from '../../idempotency/createOnce';
import type { ItemParameters } from '../../parameters/itemParameters';
import type { Upload } from '../../polling/uploadedVideoPoller';
import { shortHash } from '../../utils/hash';
import { formatValue } from '../../utils/values';
import { concurrencyField, maxRateLimitWaitField, optionsField, simplifyField } from '../common.descriptions';
import type { Operation, OperationContext } from '../operation';
import { type Uploaded,uploadOutput } from './output';

const TIMEOUT_MS = 10 * 60 * 1000;

const binaryField: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: 'The name of the input field containing the binary file data to be uploaded',
	description: 'The name of the field of the input item that holds the file',
};

const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. final.mp4',
			description: 'What the file is called at Videograph. Without this field it keeps its own name.',
		},
	],
};

const timeout: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'string',
	default: '10m',
	placeholder: 'e.g. 10m',
	description: 'How long to wait for the video to appear, at most; it does not bound the upload itself',
};

const waitUntilAppears: INodeProperties = {
	displayName: 'Wait Until the Video Appears',
	name: 'waitUntilAppears',
	type: 'boolean',
	default: true,
	description:
		'Whether to wait until Videograph lists a new video whose title is the file name, and return its ID. Videograph does not tell which video an upload becomes, so this is a guess: give files names of their own.',
};

/** What is kept of an upload that is done, so that no other try of this execution sends the file again. */
type Done = Uploaded & Upload;

export const uploadFile: Operation = {
	value: 'uploadFile',
	name: 'Upload File',
	action: 'Upload file',
	description: 'Upload a video file from an input item',
	endpoints: ['createUpload', 'listContents'],
	createdIdKeys: ['fileName'],
	fields: [
		binaryField,
		additionalFields,
		optionsField([concurrencyField, maxRateLimitWaitField, simplifyField, timeout, waitUntilAppears]),
	],

	prepare(parameters) {
		const send = sender(parameters);
		const waits = parameters.boolean('options.waitUntilAppears', false);
		const timeoutMs = parameters.optionalDuration('options.timeout') ?? TIMEOUT_MS;
		const simplify = parameters.boolean('options.simplify', true);
		const key = shortHash([...parameters.identity(), 'upload']);

		return async (run) => {
			const done = await doOnce(run.store, key, async () => await send(run, waits));

			const output = (content?: Parameters<typeof uploadOutput>[1]): IDataObject[] => {
				const flat = uploadOutput(done, content);
				return [simplify ? flat : { ...flat, raw: content ?? null }];
			};
			if (!waits) return output();
			const appeared = run.uploadPoller.wait(done, timeoutMs).catch((error: unknown) => {
				throw parameters.error(
					`The file ${formatValue(done.fileName)} was uploaded, but checking for its video failed: ${error instanceof Error ? error.message : ''}`,
					'Look for the video with Video: Get Many.',
				);
			});
			return { output: output(), pending: appeared.then(output) };
		};
	},
};

/** Reads what to upload; gives what uploads it. */
function sender(parameters: ItemParameters): (run: OperationContext, waits: boolean) => Promise<Done> {
	const file = parameters.file('binaryPropertyName');
	const { mimeType } = file;
	const fileName =
		parameters.optionalText('additionalFields.fileName') ??
		file.name ??
		parameters.refuse(
			'additionalFields.fileName',
			'the file has no name of its own',
			'Add File Name, such as final.mp4.',
		);

	return async ({ client, uploadPoller }, waits) => {
		const existingIds = waits ? await uploadPoller.listIdsByTitle(fileName) : [];
		const startedAt = Date.now();
		const { body, size, close } = await file.open().catch(() => {
			throw parameters.error(
				'Input Binary Field: n8n does not have the file any more',
				'Run the node that reads the file again in the same execution: n8n deletes files with the execution they belong to.',
			);
		});
		try {
			if (size === 0) throw parameters.error('Input Binary Field: the file is empty', 'Check the node that reads the file.');
			const { url } = await client.createUpload(fileName);
			await client.uploadFile(url, { body, size, mimeType });
		} finally {
			close();
		}
		return { fileName, size, mimeType, startedAt, existingIds };
	};
}
