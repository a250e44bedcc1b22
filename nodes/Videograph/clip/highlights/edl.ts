import { formatValue } from '../../utils/values';
import { type Draft, type Line, lineError } from './highlight';

/** Hours, minutes, seconds and frames. */
const TIMECODE = '\\d{2}:[0-5]\\d:[0-5]\\d[:;.]\\d{2}';
/** Event number, reel, track and transition, then source in, source out, record in and record out. */
const EVENT = new RegExp(`^\\d+\\s.*\\s(?<start>${TIMECODE})\\s+(?<end>${TIMECODE})\\s+${TIMECODE}\\s+${TIMECODE}$`);
/** A locator has a timecode and a color before its text. */
const NOTE = new RegExp(`^\\*\\s*(?:FROM CLIP NAME|COMMENT|LOC):\\s*(?:${TIMECODE}\\s+\\S+\\s+)?(?<text>.*\\S)`, 'is');
/** Lines without information for a clip: other notes, and keywords such as TITLE, FCM, M2 or SPLIT. */
const IGNORED = /^(?:[*>|%$@]|[A-Z][A-Z\d]+\b)/;

/** Whether an EDL may start with this line. */
export function isEdlLine(line: Line): boolean {
	return /^(TITLE|FCM):/i.test(line.text) || EVENT.test(line.text);
}

/**
 * Parses an edit decision list (CMX 3600). Each event becomes a highlight with the event's source range, the first note
 * after the event as its title, and the other notes as its description.
 */
export function parseEdl(lines: Line[]): Draft[] {
	const events: Array<{ event: Draft; notes: string[] }> = [];
	for (const line of lines) {
		const note = NOTE.exec(line.text)?.groups?.text;
		if (note !== undefined) events.at(-1)?.notes.push(note);
		else if (!IGNORED.test(line.text)) events.push({ event: parseEvent(line), notes: [] });
	}
	return events.map(({ event, notes: [title, ...otherNotes] }) => ({
		...event,
		title,
		description: otherNotes.join('\n') || undefined,
	}));
}

function parseEvent({ number, text }: Line): Draft {
	const { start, end } = EVENT.exec(text)?.groups ?? {};
	if (start === undefined || end === undefined) {
		throw lineError(
			number,
			`${formatValue(text)} is not a valid EDL event`,
			'End the line with four timecodes, such as 20:31:05:00: source in, source out, record in, record out.',
		);
	}
	return { line: number, tags: [], start: start.slice(0, 8), end: roundUpToSecond(end), source: text };
}

/** Removes the frames of a timecode. Because the frame rate is unknown, any frames count as a full second. */
function roundUpToSecond(timecode: string): string {
	const [hours = 0, minutes = 0, seconds = 0, frames = 0] = timecode.split(/[:;.]/).map(Number);
	const total = (hours * 60 + minutes) * 60 + seconds + (frames > 0 ? 1 : 0);
	const parts = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
	return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
