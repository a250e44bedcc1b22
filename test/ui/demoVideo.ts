import { join, relative } from 'node:path';
import type { Locator } from 'playwright-core';
import { projectRoot } from '../e2e/project';
import { findBrowser, NO_BROWSER } from './browser';
import { DERBY, openStage, type Stage } from './stage';

/**
 * Records how a person makes a first clip in n8n's editor, against the emulator, as .build/demo.webm. The recording needs
 * a program of Playwright beside the browser: npx playwright-core install ffmpeg
 */

const BUILD = join(projectRoot, '.build');
const VIDEO = join(BUILD, 'demo.webm');

/** As fast as a viewer can follow, in milliseconds. */
const SLOW_MO = 350;
const KEY_MS = 90;
const LOOK_MS = 2500;

// On exit everything that was started is ended (see e2e/processes.ts).
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

async function main(): Promise<void> {
	const browser = findBrowser(process.env);
	if (browser === undefined) throw new Error(NO_BROWSER);
	const recording = { folder: join(BUILD, 'videos'), slowMo: SLOW_MO };
	const stage = await openStage({ browser, size: { width: 1280, height: 800 }, recording });
	try {
		await addCreateClip(stage);
		await connectCredential(stage);
		await describeClip(stage);
		await makeClip(stage);
		// The video is whole only once the page is closed.
		await stage.page.context().close();
		await stage.page.video()?.saveAs(VIDEO);
		console.log(`Video: ${relative(projectRoot, VIDEO)}`);
	} finally {
		await stage.close();
	}
}

/** A new workflow with a manual trigger, then a search for "create clip". */
async function addCreateClip({ editor, page }: Stage): Promise<void> {
	const search = editor.part('node-creator-search-bar');
	await editor.begin('');
	await type(search, 'Trigger manually');
	await editor.choose('Trigger manually');
	await editor.search('');
	await type(search, 'create clip');
	await editor.entry('Videograph').first().waitFor();
	await page.waitForTimeout(LOOK_MS);
	await editor.choose('Videograph');
	await editor.entry('Create clip').waitFor();
	await page.waitForTimeout(LOOK_MS);
	await editor.choose('Create clip');
}

async function connectCredential({ editor, page, credential }: Stage): Promise<void> {
	const panel = await editor.panel();
	const created = await panel.newCredential();
	await created.fill({
		'Access Token ID': credential.accessTokenId,
		'Secret Key': credential.secretKey,
		'Base URL': credential.baseUrl,
	});
	await page.waitForTimeout(LOOK_MS);
	await created.save();
	await created.passed();
}

/** The last 30 seconds of a stream selected from the list. */
async function describeClip({ editor, page }: Stage): Promise<void> {
	const panel = await editor.panel();
	await panel.searchList('Live Stream', '');
	await type(panel.listSearch, 'derby');
	const derby = panel.listed().filter({ hasText: DERBY.title });
	await derby.waitFor();
	await page.waitForTimeout(LOOK_MS);
	await derby.click();
	await panel.type('Title', 'Goal 1:0 by Ada', KEY_MS);
	await panel.choose('Time Range', 'Last Seconds');
	await panel.type('Duration', '30s', KEY_MS);
	await page.waitForTimeout(LOOK_MS);
}

/** @throws {Error} where no clip of 30 seconds came out: a video of a failure is of no use */
async function makeClip({ editor, page }: Stage): Promise<void> {
	const panel = await editor.panel();
	await panel.execute();
	const { streamId, duration } = await panel.outputSchema();
	if (streamId !== DERBY.id || duration !== '30')
		throw new Error(`What came out is no clip of 30 seconds of ${DERBY.title}`);
	await page.waitForTimeout(2 * LOOK_MS);
}

async function type(field: Locator, text: string): Promise<void> {
	await field.pressSequentially(text, { delay: KEY_MS });
}

main().catch((error: unknown) => {
	console.error(`\n✗ ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
});
