export type { ResolvedHighlight } from './highlight';
export { parseHighlights } from './parse';
export { isTimeOfDay, parseDate, resolveHighlights } from './resolveTimes';
