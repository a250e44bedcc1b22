import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { isObject, stringOrNull } from '../utils/values';

type Helpers = IExecuteFunctions['helpers'];

/** The bytes of a file: a stream where n8n keeps the file outside of its memory, else what n8n has in memory. */
export type FileBody = Awaited<ReturnType<Helpers['getBinaryStream']> | ReturnType<Helpers['getBinaryDataBuffer']>>;

/** A file that is open. Whoever opens it closes it. */
export interface OpenFile {
	body: FileBody;
	/** In bytes. */
	size: number;
	close: () => void;
}

/** A file of an input item, not read yet. */
export interface BinaryFile {
	/** null where n8n does not know it. */
	name: string | null;
	mimeType: string;
	/**
	 * Never reads a stored file as a whole, whatever n8n's binary data mode is.
	 *
	 * @throws {Error} where n8n no longer has the file
	 */
	open(): Promise<OpenFile>;
}

/** What a file of unknown kind is called (RFC 2046). */
const ANY_TYPE = 'application/octet-stream';

/**
 * The file in a field of an input item.
 *
 * @param field the name of the field, or the file itself, which an expression may give
 * @throws {Error} where there is none
 */
export function readBinaryFile({ helpers }: IExecuteFunctions, item: number, field: unknown): BinaryFile {
	if (typeof field !== 'string' && !isObject(field)) throw new Error('there is no file');
	const data = helpers.assertBinaryData(item, field as string | IBinaryData);
	return {
		name: stringOrNull(data.fileName),
		mimeType: stringOrNull(data.mimeType) ?? ANY_TYPE,
		open: async () => {
			if (data.id === undefined) {
				const body = await helpers.getBinaryDataBuffer(item, field as string | IBinaryData);
				return { body, size: body.length, close: () => undefined };
			}
			const { fileSize } = await helpers.getBinaryMetadata(data.id);
			const body = await helpers.getBinaryStream(data.id);
			return { body, size: fileSize, close: () => body.destroy() };
		},
	};
}
