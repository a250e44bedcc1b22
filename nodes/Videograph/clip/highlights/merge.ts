import type { ResolvedHighlight } from './highlight';

const MAX_TITLE_LENGTH = 200;

/**
 * Makes one of highlights that overlap or lie close together.
 *
 * @param gapMs the most that may lie between them, in milliseconds
 * @returns in the order of their first lines
 */
export function mergeClose(placed: ResolvedHighlight[], gapMs: number): ResolvedHighlight[] {
	const groups: ResolvedHighlight[][] = [];
	let endMs = -Infinity;
	for (const highlight of placed.toSorted((a, b) => a.startMs - b.startMs)) {
		const group = groups.at(-1);
		if (group !== undefined && highlight.startMs - endMs <= gapMs) group.push(highlight);
		else groups.push([highlight]);
		endMs = Math.max(endMs, highlight.endMs);
	}
	return groups.map(mergeGroup).sort((a, b) => firstLine(a) - firstLine(b));
}

function mergeGroup(group: ResolvedHighlight[]): ResolvedHighlight {
	const [only] = group;
	if (only !== undefined && group.length === 1) return only;
	return {
		lines: group.flatMap(({ lines }) => lines).sort((a, b) => a - b),
		title: cut(distinct(group.map(({ title }) => title)).join(' + ')),
		description: distinct(group.flatMap(({ description }) => description ?? [])).join('\n') || undefined,
		tags: distinct(group.flatMap(({ tags }) => tags)),
		startMs: Math.min(...group.map(({ startMs }) => startMs)),
		endMs: Math.max(...group.map(({ endMs }) => endMs)),
	};
}

function firstLine({ lines }: ResolvedHighlight): number {
	return Math.min(...lines);
}

function distinct(texts: string[]): string[] {
	return [...new Set(texts)];
}

/** Counts whole characters, so that none of two code units is cut in half. */
function cut(text: string): string {
	return Array.from(text).slice(0, MAX_TITLE_LENGTH).join('');
}
