import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { isObject, stringOrNull } from '../utils/values';

type Helpers = IExecuteFunctions['helpers'];

/** The content of a file: a stream if n8n stores binary data outside of its memory, otherwise a buffer. */
export type FileBody = Awaited<ReturnType<Helpers['getBinaryStream']> | ReturnType<Helpers['getBinaryDataBuffer']>>;

/** An open file. The caller of `open` closes it. */
export interface OpenFile {
	body: FileBody;
	/** In bytes. */
	size: number;
	close: () => void;
}

/** The binary data of an input item, not opened yet. */
export interface BinaryFile {
	/** null if n8n has no file name. */
	name: string | null;
	mimeType: string;
	/**
	 * Opens the file without loading a stored file into memory, in every binary data mode of n8n.
	 *
	 * @throws {Error} if n8n no longer stores the file
	 */
	open(): Promise<OpenFile>;
}

/** The MIME type of a file of unknown type (RFC 2046). */
const DEFAULT_MIME_TYPE = 'application/octet-stream';

/**
 * The file in a binary field of an input item.
 *
 * @param field the name of the field, or the file itself, which an expression may return
 * @throws {Error} if the item has no such file
 */
export function readBinaryFile({ helpers }: IExecuteFunctions, itemIndex: number, field: unknown): BinaryFile {
	if (typeof field !== 'string' && !isObject(field)) throw new Error('there is no file');
	const data = helpers.assertBinaryData(itemIndex, field as string | IBinaryData);
	return {
		name: stringOrNull(data.fileName),
		mimeType: stringOrNull(data.mimeType) ?? DEFAULT_MIME_TYPE,
		open: async () => {
			if (data.id === undefined) {
				const body = await helpers.getBinaryDataBuffer(itemIndex, field as string | IBinaryData);
				return { body, size: body.length, close: () => undefined };
			}
			const { fileSize } = await helpers.getBinaryMetadata(data.id);
			const body = await helpers.getBinaryStream(data.id);
			return { body, size: fileSize, close: () => body.destroy() };
		},
	};
}
