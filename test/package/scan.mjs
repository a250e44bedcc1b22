// Prints what n8n's own scan of published packages finds in two folders: the source, and the unpacked tarball. The scan
// itself downloads both by the name of a package; what it runs on them is the same.
import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';

const [source, tarball] = process.argv.slice(2);
const results = [
	await analyzePackage(source, SOURCE_FILE_PATTERNS),
	await analyzePackage(tarball, ['**/*.js', 'package.json']),
];
for (const { passed, message, details } of results) if (!passed) console.log([message, details].join('\n'));
