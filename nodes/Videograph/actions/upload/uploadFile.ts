import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Video } from '../../api/decode';
import { embedUrl } from '../../api/urls';
import { doOnce } from '../../idempotency/createOnce';
import type { ItemParameters } from '../../parameters/itemParameters';
import type { Upload } from '../../polling/uploadedVideoPoller';
import { formatValue } from '../../utils/values';
import { additionalFieldsField, optionsField, simplifyField } from '../common.descriptions';
import { type Operation, type OperationContext, withResponse } from '../operation';
import { readTimeout, timeoutField, waitUntilReadyField } from '../waitOptions';

const UPLOAD_WAIT = { state: 'Video Appears', until: 'the video appears, and return its ID', timeout: '10m' };

const binaryField: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: 'The name of the input field containing the binary file data to be uploaded',
	description: 'The field of the input item that contains the file',
};

const fileNameField: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. final.mp4',
	description: 'The name of the file in Videograph. Defaults to its current name.',
};

const waitField: INodeProperties = {
	...waitUntilReadyField(UPLOAD_WAIT),
	hint: 'The video is identified by its title, which is the file name. Use unique file names.',
};

/** A finished upload as the execution stores it, so that no attempt uploads the file again. */
interface StoredUpload extends Upload {
	/** In bytes. */
	size: number;
	mimeType: string;
}

export const uploadFile: Operation = {
	value: 'uploadFile',
	name: 'Upload File',
	action: 'Upload file',
	description: 'Upload a video file from an input item',
	builderHint:
		'For a file in a binary field of an item, such as that of a node that downloads or reads a file. For a file ' +
		'at a public URL, use Video > Create From URL. With waitUntilReady it returns a contentId for Video > Wait ' +
		'Until Ready.',
	endpoints: ['createUpload', 'listContents'],
	createdIdKey: 'fileName',
	fields: [
		binaryField,
		waitField,
		additionalFieldsField([fileNameField]),
		optionsField([simplifyField, timeoutField(UPLOAD_WAIT.timeout, 'the video appears, after the upload')]),
	],

	prepare(parameters) {
		const upload = uploadOf(parameters);
		const waits = parameters.boolean('waitUntilReady', false);
		const timeoutMs = readTimeout(parameters, UPLOAD_WAIT);
		const key = parameters.idempotencyKey('upload');

		return async (context) => {
			const uploaded = await doOnce(context.store, key, async () => await upload(context, waits));

			const output = (video?: Video) => [withResponse(uploadOutput(uploaded, video), video?.raw ?? null)];
			if (!waits) return output();
			const pending = context.uploadPoller.wait(uploaded, timeoutMs).catch((error: unknown) => {
				const reason = error instanceof Error ? error.message : '';
				throw parameters.error(
					`The file ${formatValue(uploaded.fileName)} was uploaded, but checking for its video failed: ${reason}`,
					'Find the video with Video: Get Many.',
				);
			});
			return { output: output(), pending: pending.then(output) };
		};
	},
};

/** Reads the parameters of the file, and returns the function that uploads it. */
function uploadOf(parameters: ItemParameters): (context: OperationContext, waits: boolean) => Promise<StoredUpload> {
	const file = parameters.file('binaryPropertyName');
	const { mimeType } = file;
	const fileName =
		parameters.optionalText('additionalFields.fileName') ??
		file.name ??
		parameters.refuse('additionalFields.fileName', 'the file has no name', 'Add File Name, such as final.mp4.');

	return async ({ client, uploadPoller }, waits) => {
		const existingIds = waits ? await uploadPoller.listIdsByTitle(fileName) : [];
		const startedAt = Date.now();
		const { body, size, close } = await file.open().catch(() => {
			throw parameters.error(
				'Input Binary Field: n8n no longer has the file',
				'Run the node that reads the file in the same execution: n8n deletes files together with their execution.',
			);
		});
		try {
			if (size === 0) {
				throw parameters.error('Input Binary Field: the file is empty', 'Check the node that reads the file.');
			}
			const { url } = await client.createUpload(fileName);
			await client.uploadFile(url, { body, size, mimeType });
		} finally {
			close();
		}
		return { fileName, size, mimeType, startedAt, existingIds };
	};
}

/** An uploaded file as an output item with all keys. Those of its video are null until the video has appeared. */
function uploadOutput({ fileName, size, mimeType }: StoredUpload, video: Video | undefined): IDataObject {
	return {
		fileName,
		size,
		mimeType,
		uploaded: true,
		contentId: video?.id ?? null,
		status: video?.status ?? null,
		playbackUrl: video?.playbackUrl ?? null,
		embedUrl: video ? embedUrl('videoId', video.id) : null,
		thumbnailUrl: video?.thumbnailUrl ?? null,
	};
}
