/**
 * A value that somebody typed, or that an expression gave, is not usable. Thrown by the pure functions that read
 * values; the item's parameters put the parameter's display name and the item to it.
 */
export class InvalidValueError extends Error {
	/**
	 * @param message what is wrong with the value, beginning with the value: `"x" is not a date and time`
	 * @param advice what would be right
	 */
	constructor(
		message: string,
		readonly advice: string,
	) {
		super(message);
	}
}
