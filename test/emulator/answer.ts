/**
 * What goes back over HTTP. A text body is sent as it is, a stream as it comes, anything else as JSON, undefined as
 * nothing.
 */
export interface Answer {
	status: number;
	headers?: Record<string, string>;
	body?: unknown;
	/** Milliseconds of real time before it is sent. */
	delayMs?: number;
	/** Half of the body is sent, and then the connection ends. */
	cut?: boolean;
}

/** Thrown where the API says no. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

export function success(data: unknown, message: string, status = 200): Answer {
	return { status, body: { status: 'Success', message, code: status, data } };
}

/** @param envelopeStatus the `status` in the envelope; undefined leaves it out */
export function failure(status: number, message: string, envelopeStatus: string | undefined): Answer {
	return { status, body: { ...(envelopeStatus !== undefined && { status: envelopeStatus }), code: status, message } };
}

/** The success response of an operation without data. */
export function done(options: { doneAnswer: 'envelope' | 'bare' }, message: string): Answer {
	return options.doneAnswer === 'bare' ? { status: 200, body: {} } : success({}, message);
}
