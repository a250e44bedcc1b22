import { formatValue } from '../../utils/values';
import { lineError, type Draft, type Line } from './highlight';

/** Hours, minutes, seconds, and frames. */
const TIMECODE = '\\d{2}:[0-5]\\d:[0-5]\\d[:;.]\\d{2}';
/** The number of the event, its reel, track and cut, and then in and out of the source, and of the recording. */
const EVENT = new RegExp(`^\\d+\\s.*\\s(?<start>${TIMECODE})\\s+(?<end>${TIMECODE})\\s+${TIMECODE}\\s+${TIMECODE}$`);
/** A locator has a timecode and a colour before its text. */
const NOTE = new RegExp(`^\\*\\s*(?:FROM CLIP NAME|COMMENT|LOC):\\s*(?:${TIMECODE}\\s+\\S+\\s+)?(?<text>.*\\S)`, 'is');
/** What else an EDL holds: notes, and words such as TITLE, FCM, M2 or SPLIT. They say nothing that a clip needs. */
const OTHER = /^(?:[*>|%$@]|[A-Z][A-Z\d]+\b)/;

/** Whether a line is one that an EDL begins with. */
export function isEdlLine(line: Line): boolean {
	return /^(TITLE|FCM):/i.test(line.text) || EVENT.test(line.text);
}

/**
 * Reads an edit decision list (CMX 3600): the parts of the source that it uses, each named by the first note after it,
 * and described by the others.
 */
export function parseEdl(lines: Line[]): Draft[] {
	const events: Array<{ event: Draft; notes: string[] }> = [];
	for (const line of lines) {
		const note = NOTE.exec(line.text)?.groups?.text;
		if (note !== undefined) events.at(-1)?.notes.push(note);
		else if (!OTHER.test(line.text)) events.push({ event: parseEvent(line), notes: [] });
	}
	return events.map(({ event, notes: [title, ...others] }) => ({
		...event,
		title,
		description: others.join('\n') || undefined,
	}));
}

function parseEvent({ number, text }: Line): Draft {
	const { start, end } = EVENT.exec(text)?.groups ?? {};
	if (start === undefined || end === undefined) {
		throw lineError(
			number,
			`${formatValue(text)} is not an event of an EDL`,
			'Give four timecodes at its end: source in, source out, record in, record out, each as 20:31:05:00.',
		);
	}
	return { line: number, tags: [], start: start.slice(0, 8), end: roundedUp(end), source: text };
}

/** A timecode without its frames, of which any count as a second: how many a second has is not known. */
function roundedUp(timecode: string): string {
	const [hours = 0, minutes = 0, seconds = 0, frames = 0] = timecode.split(/[:;.]/).map(Number);
	const total = (hours * 60 + minutes) * 60 + seconds + (frames > 0 ? 1 : 0);
	const parts = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
	return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
