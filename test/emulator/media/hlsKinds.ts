import type { MediaOptions } from './options';

/** The kinds of HLS that Chromium plays too, with their options. */
export const HLS_KINDS: Array<[name: string, media: Partial<MediaOptions>]> = [
	['MPEG-TS', {}],
	['fMP4', { container: 'fmp4' }],
	['AES-128', { encryption: 'aes128' }],
	['fMP4 with AES-128', { container: 'fmp4', encryption: 'aes128' }],
	['sound apart', { tracks: 'apart' }],
	['sound apart in fMP4', { tracks: 'apart', container: 'fmp4' }],
	['several bit rates', { heights: [180, 360] }],
	['a discontinuity', { segmentsPerPart: 1 }],
	['absolute URLs', { uris: 'absolute' }],
	['URLs with a token', { uris: 'token' }],
	['no master playlist', { master: 'direct' }],
	['a redirect', { master: 'redirected' }],
	['timestamps that wrap', { firstTimestamp: 2 ** 33 / 90_000 - 5 }],
	['padding', { bitRate: 4_000_000 }],
];
