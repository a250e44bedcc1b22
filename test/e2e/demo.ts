import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PICTURES_PER_SECOND } from '../emulator/media/clockPicture';
import { readClock, type ShownTime } from '../emulator/media/readClock';
import { addDownload } from './downloadWorkflow';
import { addWorkflow, goal, type Harness, openHarness } from './harness';
import { step } from './progress';
import { projectRoot } from './project';
import { chooseService, type Service } from './service';

/**
 * Shows the whole way in a real n8n: a scoreboard calls a webhook, a clip comes back, and becomes a file. With --stay n8n
 * then stays running, so that you can open the editor.
 */
const FILE = join(projectRoot, 'demo', 'goal.mp4');
const PICTURE_MS = 1000 / PICTURES_PER_SECOND;
const stay = process.argv.includes('--stay');
const log = (line: string): void => console.log(line);
let interruptedWith = 130;

// On exit everything that was started is ended (see processes.ts and n8n.ts).
for (const signal of ['SIGINT', 'SIGTERM']) {
	process.on(signal, () => {
		log('Stopping …');
		process.exit(interruptedWith);
	});
}

async function main(): Promise<void> {
	const service = await chooseService(process.env);
	log(`Videograph API: ${service.emulator ? 'the emulator' : 'the real service'} at ${service.credential.baseUrl}`);
	try {
		const harness = await openHarness(service, log);
		try {
			await downloadClip(harness, service, await makeClip(harness, service));
			if (stay) await stayUp(harness, service);
		} finally {
			await step(log, 'Stopping n8n', () => harness.n8n.stop());
		}
	} finally {
		await service.close();
	}
}

interface DemoClip {
	contentId: string;
	sent: ReturnType<typeof goal>;
}

async function makeClip(harness: Harness, service: Service): Promise<DemoClip> {
	const { client } = harness.n8n;
	await step(log, 'Testing the credential', async () => {
		const { status, message } = await client.testCredential(harness.credential, service.credential);
		if (status !== 'OK') throw new Error(`n8n says of the credential: ${message}`);
	});
	await step(log, 'Importing and activating workflows/webhook-to-clip.json', () => addWorkflow(harness));
	const sent = goal(service.streamId);
	log(`  The scoreboard sends ${JSON.stringify(sent)}`);
	const clip = await step(log, 'Calling the webhook as a scoreboard does', async () => {
		const { status, body } = await client.callWebhook('goal', sent);
		if (status !== 200) throw new Error(`The webhook answered with ${status}: ${JSON.stringify(body)}`);
		return body as Record<string, unknown>;
	});
	log('\nThe clip that came back:');
	for (const [key, value] of Object.entries(clip)) log(`  ${key.padEnd(14)}${String(value)}`);
	check(clip, sent, service);
	if (typeof clip.contentId !== 'string') throw new Error('The clip that came back has no contentId yet');
	return { contentId: clip.contentId, sent };
}

async function downloadClip(harness: Harness, { emulator }: Service, { contentId, sent }: DemoClip): Promise<void> {
	await addDownload(harness, { path: 'download', respondsWith: 'file' });
	const file = await step(log, 'Waiting until the clip is ready, and downloading it through n8n', async () => {
		return await harness.n8n.client.fileFromWebhook('download', { contentId });
	});
	await mkdir(dirname(FILE), { recursive: true });
	await writeFile(FILE, file);
	log(`\nThe clip as a file: ${FILE}`);
	if (!emulator) return;
	checkClock(await readClock(FILE), sent);
	if (stay) {
		log(`  Watch the clip: ${emulator.watchUrl(contentId)}`);
		log(`  Watch the live stream: ${emulator.watchUrl(sent.streamId)}`);
	} else {
		log('  npm start also has a page to watch it in a browser.');
	}
}

/** Compares the clock in the first and the last picture with the time range of the request. */
function checkClock(shown: ShownTime[], { startTime, endTime }: ReturnType<typeof goal>): void {
	const timeOf = (picture: ShownTime | undefined): string =>
		picture ? new Date(picture.second * 1000 + picture.picture * PICTURE_MS).toISOString() : 'nothing';
	const [first, last] = [timeOf(shown[0]), timeOf(shown.at(-1))];
	const [from, to] = [startTime, new Date(Date.parse(endTime) - PICTURE_MS).toISOString()];
	if (first !== from || last !== to) {
		throw new Error(`The file shows ${first} in its first picture and ${last} in its last one, not ${from} and ${to}`);
	}
	log(`✓ It shows exactly the time range of the request: ${first} in the first picture, ${last} in the last one.`);
}

/** Compares the returned clip with the request, and with the clips of the emulator. */
function check(clip: Record<string, unknown>, sent: ReturnType<typeof goal>, { emulator }: Service): void {
	const differs = (['streamId', 'title', 'startTime', 'endTime'] as const).filter((key) => clip[key] !== sent[key]);
	if (differs.length > 0) throw new Error(`The clip that came back has another ${differs.join(' and ')} than was sent`);
	if (!emulator) return;
	const seconds = (time: string): number => Date.parse(time) / 1000;
	const held = emulator.clips.filter(
		({ streamUUID, title, startTime, endTime }) =>
			streamUUID === sent.streamId &&
			title === sent.title &&
			startTime === seconds(sent.startTime) &&
			endTime === seconds(sent.endTime),
	);
	if (held.length !== 1) throw new Error(`The emulator holds ${held.length} such clips, not one`);
	log('\n✓ The emulator holds this clip, with the same title, start and end.');
}

function stayUp({ n8n, owner }: Harness, { streamId }: Service): Promise<never> {
	interruptedWith = 0;
	log(`
n8n stays up until Ctrl+C. Look around in its editor:

  Address    ${n8n.url}
  E-mail     ${owner.email}
  Password   ${owner.password}

Make another clip of the live stream:

  curl -X POST ${n8n.client.webhookUrl('goal')} -H 'Content-Type: application/json' \\
    -d '${JSON.stringify({ ...goal(streamId), title: 'Goal 2:0' })}'
`);
	return new Promise(() => undefined);
}

main().catch((error: unknown) => {
	console.error(`\n✗ ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
});
