import type { NodeApiError } from 'n8n-workflow';

/** An earlier try may have made something, and nothing tells whether it has. */
export class Undecided extends Error {
	readonly description: string;

	/** @param name what was to be made, in the words of an error: `the clip` */
	constructor(name: string) {
		super(`It is not known whether an earlier try has made ${name}, so it is not made again`);
		this.description = `Look for ${name} in Videograph. If it is not there, run the node again.`;
	}
}

/**
 * The failure of a request that may have been carried out all the same, with advice that says so.
 *
 * @param name what was to be made, in the words of an error: `the clip`
 * @param hint what else is known of it, as a sentence
 */
export function mayExist(error: NodeApiError, name: string, hint = ''): NodeApiError {
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
