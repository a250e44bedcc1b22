import type { NodeApiError } from 'n8n-workflow';

/** A resource may already exist, and a lookup cannot confirm it. */
export class OutcomeUnknownError extends Error {
	/** @param description advice for the user */
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
	}
}

/** @param name the resource with its article, such as `the clip` */
export function refuseToResend(name: string): OutcomeUnknownError {
	return new OutcomeUnknownError(
		`An earlier attempt may already have created ${name}, so it was not sent again`,
		`Check for ${name} in Videograph. If it does not exist, run the node again.`,
	);
}

/**
 * Adds to the error of a create request with an unknown outcome that the resource may exist.
 *
 * @param name the resource with its article, such as `the clip`
 * @param hint a sentence with more information
 */
export function withMayExistAdvice(error: NodeApiError, name: string, hint = ''): NodeApiError {
	const subject = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
	const advice = [
		`${subject} may have been created.`,
		hint,
		'Check for it in Videograph before you create it again.',
		error.description ?? '',
	];
	error.description = advice.filter((sentence) => sentence !== '').join(' ');
	return error;
}
