import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { withAnswers } from './apply';
import { type Report, runProbe } from './probe';
import { reportPage } from './report';

const ROOT = join(__dirname, '../../..');
const OPENAPI = join(ROOT, 'docs/openapi.yaml');
const REPORT = 'probe-report';

const { values } = parseArgs({
	options: { write: { type: 'boolean' }, limits: { type: 'boolean' }, apply: { type: 'string' } },
});

async function main(): Promise<void> {
	if (values.apply !== undefined) {
		await apply(values.apply);
		return;
	}
	const { VIDEOGRAPH_ACCESS_TOKEN_ID: accessTokenId, VIDEOGRAPH_SECRET_KEY: secretKey } = process.env;
	const { VIDEOGRAPH_BASE_URL = 'https://api.videograph.ai', VIDEOGRAPH_STREAM_ID: streamId } = process.env;
	if (!accessTokenId || !secretKey) {
		throw new Error('Set VIDEOGRAPH_ACCESS_TOKEN_ID and VIDEOGRAPH_SECRET_KEY. See docs/unknowns.md');
	}
	const limits = values.limits === true && (await confirm('Send up to 60 requests within some seconds?'));
	const stop = new AbortController();
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => {
			console.log('Stopping: the probe removes what it has created …');
			stop.abort();
		});
	}
	console.log(values.write ? 'Reading and writing.' : 'Reading only: add --write to answer more questions.');
	const { report, left } = await runProbe({
		connection: { baseUrl: VIDEOGRAPH_BASE_URL.replace(/\/+$/, ''), accessTokenId, secretKey },
		write: values.write,
		limits,
		streamId: streamId || undefined,
		signal: stop.signal,
		log: (line) => console.log(line),
	});
	writeFileSync(`${REPORT}.json`, `${JSON.stringify(report, null, 2)}\n`);
	writeFileSync(`${REPORT}.md`, reportPage(report));
	console.log(`\nWritten: ${REPORT}.md and ${REPORT}.json. They contain nothing secret.`);
	for (const { kind, id, marker } of left) {
		console.error(`✗ Not removed: ${kind} ${id ?? '(unknown ID, if it exists)'}, title begins with ${marker}`);
	}
	if (left.length > 0 || report.stopped) process.exitCode = 1;
}

async function apply(file: string): Promise<void> {
	const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
	const text = withAnswers(readFileSync(OPENAPI, 'utf8'), report);
	writeFileSync(OPENAPI, await format(text, { ...(await resolveConfig(OPENAPI)), filepath: OPENAPI }));
	console.log('Written: docs/openapi.yaml. Run npm run docs for docs/unknowns.md.');
}

async function confirm(question: string): Promise<boolean> {
	const { stdin: input, stdout: output } = process;
	if (!input.isTTY) return false;
	const asking = createInterface({ input, output });
	const reply = await asking.question(`${question} [y/N] `);
	asking.close();
	return /^y(es)?$/i.test(reply.trim());
}

main().catch((error: unknown) => {
	console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
});
