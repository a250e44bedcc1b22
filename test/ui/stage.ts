import type { Browser, Page } from 'playwright-core';
import { type Harness, openHarness } from '../e2e/harness';
import { type Emulator, startEmulator } from '../emulator';
import { openBrowser } from './browser';
import { Editor } from './editor';

const HOUR_MS = 60 * 60 * 1000;

/** A page that takes longer than this to do something has failed; the first one after a start is slow. */
const PATIENCE_MS = 40_000;

/** The live stream that the tests cut clips from. */
export const DERBY = { id: '3f0c2c9e-5a0b-4a58-9c1d-0f6a3b7d2e11', title: 'Saturday derby: City – United' };

/** A real n8n with the package in it, an emulator with some streams, and a browser that is signed in. */
export interface Stage {
	emulator: Emulator;
	harness: Harness;
	/** What a Videograph API credential holds. */
	credential: { accessTokenId: string; secretKey: string; baseUrl: string };
	page: Page;
	editor: Editor;
	close: () => Promise<void>;
}

export interface StageOptions {
	/** The browser's program. */
	browser: string;
	/** Of the page, in pixels. */
	size: { width: number; height: number };
	/** Records what the page shows. */
	recording?: Recording;
}

export interface Recording {
	/** Gets the video, under a name of the browser's choice, once the page is closed. */
	folder: string;
	/** The delay of each browser action, so that people can follow, in milliseconds. */
	slowMo: number;
}

export async function openStage({ browser: program, size, recording }: StageOptions): Promise<Stage> {
	const opened: Array<() => Promise<void>> = [];
	const close = async (): Promise<void> => {
		for (const end of opened.splice(0).reverse()) await end();
	};
	try {
		const emulator = await emulatorWithStreams();
		opened.push(() => emulator.close());
		const credential = { ...emulator.credentials, baseUrl: emulator.url };
		const service = { credential, streamId: DERBY.id, emulator, close: () => emulator.close() };
		const harness = await openHarness(service, (line) => process.stderr.write(`${line}\n`));
		opened.push(harness.n8n.stop);
		const browser = await openBrowser(program, recording?.slowMo);
		opened.push(() => browser.close());
		const page = await signedIn(browser, harness, size, recording?.folder);
		return { emulator, harness, credential, page, editor: new Editor(page), close };
	} catch (error) {
		await close();
		throw error;
	}
}

async function emulatorWithStreams(): Promise<Emulator> {
	let made = 0;
	const emulator = await startEmulator({
		accessTokenId: '4f1c7a52-9d3e-4b86-a1f0-6c2b8e5d9037',
		// Screenshots of created clips should not differ between runs.
		newId: () => `7be1d6a2-0c7e-4c35-9a55-${String(++made).padStart(12, '0')}`,
	});
	const now = Math.floor(emulator.options.now() / HOUR_MS) * HOUR_MS;
	const conference = { title: 'Derby press conference', streamUUID: 'c95e2f18-7b64-4d0a-8e21-5a3f9b6c0d47' };
	emulator.addStream({ title: DERBY.title, streamUUID: DERBY.id, startedAt: now - HOUR_MS });
	emulator.addStream({ title: 'Evening news', startedAt: now - 2 * HOUR_MS });
	emulator.addStream({ ...conference, startedAt: now - 5 * HOUR_MS, endedAt: now - 4 * HOUR_MS });
	emulator.addStream({ title: 'Derby rehearsal', record: false, startedAt: now - HOUR_MS });
	return emulator;
}

async function signedIn(
	browser: Browser,
	{ n8n, owner }: Harness,
	viewport: StageOptions['size'],
	videos?: string,
): Promise<Page> {
	const context = await browser.newContext({
		baseURL: n8n.url,
		viewport,
		locale: 'en-GB',
		timezoneId: 'UTC',
		colorScheme: 'light',
		reducedMotion: 'reduce',
		...(videos !== undefined && { recordVideo: { dir: videos, size: viewport } }),
	});
	context.setDefaultTimeout(PATIENCE_MS);
	const answer = await context.request.post('/rest/login', {
		data: { emailOrLdapLoginId: owner.email, password: owner.password },
	});
	if (!answer.ok()) throw new Error(`n8n answered the login with ${answer.status()}: ${await answer.text()}`);
	return context.newPage();
}
