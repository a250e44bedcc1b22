import { isObject } from '../utils/values';

export type Envelope = { ok: true; data: unknown } | { ok: false; message: string };

/** An API message is shown to people, so it is cut where it would fill the screen. */
const MESSAGE_LIMIT = 500;

/**
 * Reads an answer of the API: `{status: "Success", message, code, data}` on success, at least `{code, message}` on an
 * error. A 2xx whose `status` is not Success is an error too (docs.videograph.ai). A 2xx without any `status` is taken
 * as a success, since the answer to Create Clip is documented as an empty object.
 *
 * @param httpStatus the HTTP status code
 * @param body what the HTTP helper made of the body: an object where it was JSON, text where it was not
 */
export function readEnvelope(httpStatus: number, body: unknown): Envelope {
	const success = httpStatus >= 200 && httpStatus < 300;
	if (!isObject(body)) {
		return { ok: false, message: `Videograph answered with something that is not JSON (HTTP ${httpStatus})` };
	}
	if (success && (body.status === undefined || body.status === 'Success')) return { ok: true, data: body.data };

	const message = typeof body.message === 'string' ? body.message.trim().slice(0, MESSAGE_LIMIT) : '';
	return { ok: false, message: message || `Videograph answered with HTTP ${httpStatus} and no message` };
}
