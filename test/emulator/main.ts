import { basePath } from '../contract/openapi';
import { startEmulator } from '.';
import { addDemoStreams } from './demo';

/** Runs the emulator for a person: PORT chooses the port, Ctrl+C ends it. */
async function main(): Promise<void> {
	const emulator = await startEmulator({ port: Number(process.env.PORT ?? 0) });
	const stream = addDemoStreams(emulator);
	const { accessTokenId, secretKey } = emulator.credentials;
	const end = Math.floor(Date.now() / 1000) - 60;
	const body = JSON.stringify({ title: 'Goal', startTime: end - 30, endTime: end });

	console.log(`The Videograph emulator is running. Enter this in a Videograph API credential:

  Access Token ID   ${accessTokenId}
  Secret Key        ${secretKey}
  Base URL          ${emulator.url}

"${stream.title}" is live and has been recorded for an hour. Its stream id:

  ${stream.streamUUID}

Watch it:

  ${emulator.watchUrl(stream.streamUUID)}

A clip of it without n8n:

  curl -u '${accessTokenId}:${secretKey}' -H 'Content-Type: application/json' \\
    -d '${body}' \\
    ${emulator.url}${basePath}/livestreams/${stream.streamUUID}/clips

Ctrl+C ends the emulator and forgets everything in it.`);

	process.once('SIGINT', () => void emulator.close());
	process.once('SIGTERM', () => void emulator.close());
}

main().catch((error: unknown) => {
	console.error(`The emulator could not start: ${String(error)}`);
	process.exitCode = 1;
});
