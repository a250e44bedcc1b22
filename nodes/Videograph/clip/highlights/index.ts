export type { PlacedHighlight } from './highlight';
export { placeHighlights } from './place';
export { readHighlights } from './read';
export { isTimeOfDay, parseDate } from './times';
