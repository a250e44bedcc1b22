/**
 * A parameter value that is not valid. Thrown by the parsers, which know neither the parameter nor the item;
 * `ItemParameters` adds both.
 */
export class InvalidValueError extends Error {
	/**
	 * @param message starts with the value: `"x" is not a valid date and time`
	 * @param advice how to enter a valid value
	 */
	constructor(
		message: string,
		readonly advice: string,
	) {
		super(message);
	}
}

/** Runs a parser and starts its errors with a label, such as the line of a list. */
export function withLabel<T>(label: string, parse: () => T): T {
	try {
		return parse();
	} catch (error) {
		throw error instanceof InvalidValueError
			? new InvalidValueError(`${label}: ${error.message}`, error.advice)
			: error;
	}
}
