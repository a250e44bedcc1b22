import type { ResolvedHighlight } from './highlight';

const MAX_TITLE_LENGTH = 200;

/**
 * Merges highlights that overlap or are close together.
 *
 * @param maxGapMs the maximum gap between merged highlights, in milliseconds
 * @returns in the order of their first lines
 */
export function mergeClose(highlights: ResolvedHighlight[], maxGapMs: number): ResolvedHighlight[] {
	const groups: ResolvedHighlight[][] = [];
	let endMs = -Infinity;
	for (const highlight of highlights.toSorted((a, b) => a.startMs - b.startMs)) {
		const group = groups.at(-1);
		if (group !== undefined && highlight.startMs - endMs <= maxGapMs) group.push(highlight);
		else groups.push([highlight]);
		endMs = Math.max(endMs, highlight.endMs);
	}
	return groups.map(mergeGroup).sort((a, b) => firstLine(a) - firstLine(b));
}

function mergeGroup(group: ResolvedHighlight[]): ResolvedHighlight {
	const [first] = group;
	if (first !== undefined && group.length === 1) return first;
	return {
		lines: group.flatMap(({ lines }) => lines).sort((a, b) => a - b),
		title: truncate(unique(group.map(({ title }) => title)).join(' + ')),
		description: unique(group.flatMap(({ description }) => description ?? [])).join('\n') || undefined,
		tags: unique(group.flatMap(({ tags }) => tags)),
		startMs: Math.min(...group.map(({ startMs }) => startMs)),
		endMs: Math.max(...group.map(({ endMs }) => endMs)),
	};
}

function firstLine({ lines }: ResolvedHighlight): number {
	return Math.min(...lines);
}

function unique(values: string[]): string[] {
	return [...new Set(values)];
}

/** Counts code points, so that no surrogate pair is split. */
function truncate(text: string): string {
	return Array.from(text).slice(0, MAX_TITLE_LENGTH).join('');
}
