import { InvalidValueError } from '../../parameters/invalidValueError';

/** A parsed highlight. Its times and durations are not parsed yet. */
export interface RawHighlight {
	/** The line of a text, or the position in a list, counted from 1. For error messages. */
	line: number;
	title: string;
	description?: string;
	tags: string[];
	start?: unknown;
	end?: unknown;
	moment?: unknown;
	duration?: unknown;
	before?: unknown;
	after?: unknown;
}

/** A highlight that may lack a title. */
export interface Draft extends Omit<RawHighlight, 'title'> {
	title?: string;
	/** The input, for error messages. */
	source: unknown;
}

/** The range of a clip in epoch milliseconds, with its details. The start is always before the end. */
export interface ResolvedHighlight {
	/** The lines of the input; more than one if highlights were merged. */
	lines: number[];
	title: string;
	description?: string;
	tags: string[];
	startMs: number;
	endMs: number;
}

/** A trimmed line of a text that is neither empty nor a comment. */
export interface Line {
	number: number;
	text: string;
}

/** @param message starts with the value at fault */
export function lineError(line: number, message: string, advice: string): InvalidValueError {
	return new InvalidValueError(`line ${line}: ${message}`, advice);
}
