const { readdirSync } = require('node:fs');
const { join } = require('node:path');

const UNIT = join(__dirname, '../../test/unit');
/** They need ten thousands of values or files beside the built tests, or test nothing that is mutated. */
const LEFT_OUT = [
	'highlights.sound',
	'secrets',
	'downloadFuzz',
	'remuxer',
	'transportStream',
	'probe',
	'probeReport',
].map((name) => `${name}.test.ts`);

// All tests in one file: a mutant would wait longer for jest to load n8n's library for each of them than for the tests.
for (const file of readdirSync(UNIT).filter((name) => name.endsWith('.test.ts') && !LEFT_OUT.includes(name))) {
	describe(file, () => void require(join(UNIT, file)));
}
