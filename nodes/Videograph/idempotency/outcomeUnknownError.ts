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
