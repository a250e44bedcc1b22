import { addWorkflow, goal, type Harness, openHarness } from './harness';
import { step } from './progress';
import { chooseService, type Service } from './service';

/**
 * Shows the whole way in a real n8n: a scoreboard calls a webhook, and a clip comes back. With --stay n8n then stays
 * running, so that you can open the editor.
 */
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
			await makeClip(harness, service);
			if (stay) await stayUp(harness, service);
		} finally {
			await step(log, 'Stopping n8n', () => harness.n8n.stop());
		}
	} finally {
		await service.close();
	}
}

async function makeClip(harness: Harness, service: Service): Promise<void> {
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
	if (stay) log(`  Watch the live stream: ${emulator.watchUrl(sent.streamId)}`);
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
