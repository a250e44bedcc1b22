const { readdirSync } = require('node:fs');
const { join } = require('node:path');

const UNIT = join(__dirname, '../../test/unit');
/** Needs ten thousands of values to say anything; is about the tests' own search for secrets. */
const LEFT_OUT = ['highlights.sound.test.ts', 'secrets.test.ts'];

// All tests in one file: a mutant would wait longer for jest to load n8n's library for each of them than for the tests.
for (const file of readdirSync(UNIT).filter((name) => name.endsWith('.test.ts') && !LEFT_OUT.includes(name))) {
	describe(file, () => void require(join(UNIT, file)));
}
