import { isObject } from '../utils/values';

export type Envelope = { ok: true; data: unknown } | { ok: false; message: string };

/** Maximum length of an API message in an error. */
const MAX_MESSAGE_LENGTH = 500;

/**
 * Reads a response of the API: `{status: "Success", message, code, data}` on success, at least `{code, message}` on an
 * error. A 2xx with any other `status` is an error (docs.videograph.ai). A 2xx without `status` is a success, because
 * the response to Create Clip is documented as an empty object.
 *
 * @param body an object if the body was JSON, otherwise its text
 */
export function readEnvelope(httpStatus: number, body: unknown): Envelope {
	if (!isObject(body)) {
		return { ok: false, message: `Videograph returned a non-JSON response (HTTP ${httpStatus})` };
	}
	const isSuccess = httpStatus >= 200 && httpStatus < 300;
	if (isSuccess && (body.status === undefined || body.status === 'Success')) return { ok: true, data: body.data };

	const message = typeof body.message === 'string' ? body.message.trim().slice(0, MAX_MESSAGE_LENGTH) : '';
	return { ok: false, message: message || `Videograph returned HTTP ${httpStatus} without a message` };
}
