import type { NodeApiError } from 'n8n-workflow';

/** Something may exist already, and nothing tells whether it does. */
export class OutcomeUnknownError extends Error {
	/** @param description what to do */
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
	}
}

/** @param name what an earlier try may have made, in the words of an error: `the clip` */
export function refuseToResend(name: string): OutcomeUnknownError {
	return new OutcomeUnknownError(
		`It is not known whether an earlier try has made ${name}, so it is not made again`,
		`Look for ${name} in Videograph. If it is not there, run the node again.`,
	);
}

/**
 * The failure of a request that may have been carried out all the same, with advice that says so.
 *
 * @param name what was to be made, in the words of an error: `the clip`
 * @param hint what else is known of it, as a sentence
 */
export function withMayExistAdvice(error: NodeApiError, name: string, hint = ''): NodeApiError {
	const subject = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
	const advice = [
		`${subject} may have been made all the same.`,
		hint,
		'Look for it in Videograph before you make it again.',
		error.description ?? '',
	];
	error.description = advice.filter((sentence) => sentence !== '').join(' ');
	return error;
}
