export type { ResolvedHighlight } from './highlight';
export { resolveHighlights } from './resolveTimes';
export { parseHighlights } from './parse';
export { isTimeOfDay, parseDate } from './timeResolver';
