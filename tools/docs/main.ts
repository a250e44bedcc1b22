// Before n8n-core is loaded.
import '../../test/engine/environment';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mock } from 'node:test';
import { writeApiPage } from './apiPage';
import { brokenContract, contractPage } from './contract';
import { errorsPage } from './errorsPage';
import { withExamples } from './examples';
import { withFaultTables } from './faultTable';
import { fieldsPage } from './fieldsPage';
import { withOperationTable } from './operationTable';
import { probeExample } from './probeExample';
import { unknownsPage } from './unknownsPage';

const ROOT = join(__dirname, '../../..');
const FILE = join(ROOT, 'docs/errors.md');
const CONTRACT = join(ROOT, 'docs/contract.json');
const RELIABILITY = join(ROOT, 'docs/reliability.md');
const EXAMPLES = join(ROOT, 'docs/examples.md');
const FIELDS = join(ROOT, 'docs/fields.md');
const README = join(ROOT, 'README.md');
const PROBE_REPORT = join(ROOT, 'docs/probe-report.md');
const UNKNOWNS = join(ROOT, 'docs/unknowns.md');

async function writeExamples(): Promise<void> {
	writeFileSync(PROBE_REPORT, await probeExample(readFileSync(PROBE_REPORT, 'utf8')));
	mock.timers.enable({ apis: ['Date'] });
	const page = await withExamples(readFileSync(EXAMPLES, 'utf8'), (epochMs) => mock.timers.setTime(epochMs));
	writeFileSync(EXAMPLES, page);
}

writeFileSync(FILE, errorsPage());
writeFileSync(RELIABILITY, withFaultTables(readFileSync(RELIABILITY, 'utf8')));
writeFileSync(FIELDS, fieldsPage(readFileSync(FIELDS, 'utf8')));
writeFileSync(UNKNOWNS, unknownsPage(readFileSync(UNKNOWNS, 'utf8')));
writeFileSync(README, withOperationTable(readFileSync(README, 'utf8')));
writeApiPage('docs/api.html');
const broken = brokenContract(readFileSync(CONTRACT, 'utf8'));
if (broken) {
	console.error(broken);
	process.exitCode = 1;
} else {
	writeFileSync(CONTRACT, contractPage());
}
void writeExamples();
