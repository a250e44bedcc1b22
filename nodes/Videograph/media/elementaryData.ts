import { uint32 } from './boxes';

/** From the data of a transport stream to that of an MP4. */

/** NAL units with their lengths in place of start codes (ISO/IEC 14496-15, 4.3.3). */
export function withLengths(units: Uint8Array[]): Uint8Array[] {
	return units.flatMap((unit) => [uint32([unit.length]), unit]);
}

/** The NAL units of a byte stream (ITU-T H.264, annex B). */
export function nalUnits(data: Uint8Array): Uint8Array[] {
	const units: Uint8Array[] = [];
	let start = -1;
	for (let index = data.indexOf(1, 2); index !== -1; index = data.indexOf(1, index + 1)) {
		if (data[index - 1] !== 0 || data[index - 2] !== 0) continue;
		if (start >= 0) units.push(data.subarray(start, endOf(data, start, index - 2)));
		start = index + 1;
	}
	if (start >= 0) units.push(data.subarray(start, endOf(data, start, data.length)));
	return units.filter(({ length }) => length > 0);
}

/** A NAL unit ends before the zeros that precede the next one. */
function endOf(data: Uint8Array, start: number, limit: number): number {
	let end = limit;
	while (end > start && data[end - 1] === 0) end--;
	return end;
}

/** Without the header of an ADTS frame (ISO/IEC 13818-7), which has two more bytes if it contains a checksum. */
export function withoutAdtsHeader(data: Uint8Array): Uint8Array {
	const hasChecksum = ((data[1] ?? 0) & 1) === 0;
	return data.subarray(hasChecksum ? 9 : 7);
}
