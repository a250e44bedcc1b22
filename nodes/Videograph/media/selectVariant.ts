import type { Variant } from './playlist';

const AUDIO_CODEC = /^(mp4a|ac-3|ec-3|opus|flac|mp3)/i;
/** What every player and upload service accepts. */
const COMMON_CODEC = /^avc[13]/i;

/**
 * Selects the rendition with the most lines up to a limit, or the smallest if all are larger.
 *
 * @param maxHeight in pixels
 */
export function selectVariant(variants: Variant[], maxHeight: number): Variant | undefined {
	const withPictures = variants.filter((variant) => !isSoundOnly(variant));
	const candidates = withPictures.length > 0 ? withPictures : variants;
	const fitting = candidates.filter(({ height }) => (height ?? 0) <= maxHeight);
	return fitting.length > 0 ? fitting.sort(byQuality)[0] : [...candidates].sort(byQuality).at(-1);
}

function isSoundOnly({ height, codecs }: Variant): boolean {
	return height === null && codecs.length > 0 && codecs.every((codec) => AUDIO_CODEC.test(codec));
}

/** The best first. */
function byQuality(a: Variant, b: Variant): number {
	const isCommon = ({ codecs }: Variant) => Number(codecs.some((codec) => COMMON_CODEC.test(codec)));
	return (b.height ?? 0) - (a.height ?? 0) || isCommon(b) - isCommon(a) || b.bandwidth - a.bandwidth;
}
