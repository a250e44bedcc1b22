export type { PlacedHighlight, RawHighlight } from './highlight';
export { placeHighlights, type PlaceOptions } from './place';
export { readHighlights } from './read';
export { parseDate } from './times';
