import type { Line } from './highlight';

/** Whether a line holds nothing to read: it is empty or a comment. */
export function isSkipped(line: string): boolean {
	return /^\s*(#|\/\/|$)/.test(line);
}

/** The lines of a text that hold something. @param text with line breaks as \n */
export function linesOf(text: string): Line[] {
	return text
		.split('\n')
		.map((line, index) => ({ number: index + 1, text: line.trim() }))
		.filter((line) => !isSkipped(line.text));
}
