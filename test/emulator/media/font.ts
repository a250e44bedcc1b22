/** The rows of each character, from the top: 1 is ink. */
const GLYPHS: Readonly<Record<string, string>> = {
	'0': '111 101 101 101 111',
	'1': '010 110 010 010 111',
	'2': '111 001 111 100 111',
	'3': '111 001 111 001 111',
	'4': '101 101 111 001 001',
	'5': '111 100 111 001 111',
	'6': '111 100 111 101 111',
	'7': '111 001 010 010 010',
	'8': '111 101 111 101 111',
	'9': '111 101 111 001 111',
	':': '000 010 000 010 000',
	'-': '000 000 111 000 000',
};

/** The columns from one character to the next. */
export const ADVANCE = 4;

/** Returns column and row of each dot of a text of digits, colons and hyphens. */
export function dotsOf(text: string): Array<[column: number, row: number]> {
	return Array.from(text).flatMap((character, index) =>
		(GLYPHS[character] ?? '')
			.split(' ')
			.flatMap((dots, row) =>
				Array.from(dots).flatMap((dot, column): Array<[number, number]> =>
					dot === '1' ? [[index * ADVANCE + column, row]] : [],
				),
			),
	);
}
