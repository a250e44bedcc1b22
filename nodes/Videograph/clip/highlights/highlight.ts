import { InvalidValueError } from '../../parameters/invalidValueError';

/** One highlight as it was written, its times and lengths still unread. */
export interface RawHighlight {
	/** Where it stands, for messages: the line of a text, or the place in a list, from 1 */
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

/** A highlight that may lack its title, with what it was read from for messages. */
export interface Draft extends Omit<RawHighlight, 'title'> {
	title?: string;
	source: unknown;
}

/** What one clip is to show, in epoch milliseconds; the start is always before the end. */
export interface ResolvedHighlight {
	/** The lines that it was read from, several where highlights were merged */
	lines: number[];
	title: string;
	description?: string;
	tags: string[];
	startMs: number;
	endMs: number;
}

/** A line of a text that is neither empty nor a comment, without the spaces around it. */
export interface Line {
	number: number;
	text: string;
}

/** What is thrown for a highlight that cannot be read; `message` begins with what is wrong about it. */
export function lineError(line: number, message: string, advice: string): InvalidValueError {
	return new InvalidValueError(`line ${line}: ${message}`, advice);
}

/** Reads something of one highlight, and puts its line to a refusal. */
export function withLineNumber<T>(line: number, read: () => T): T {
	try {
		return read();
	} catch (error) {
		throw error instanceof InvalidValueError ? lineError(line, error.message, error.advice) : error;
	}
}
