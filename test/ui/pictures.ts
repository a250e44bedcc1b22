/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { projectRoot } from '../e2e/project';

/** The variable that names the folder for the pictures of the documentation; not set, none are written. */
export const PICTURES = 'VIDEOGRAPH_PICTURES';

/** The folder of the last screenshot of each test, for failures. */
const LAST_VIEWS = join(projectRoot, '.build', 'ui');

/** What pictures do not show: messages that come and go, and the buttons of the canvas. */
const HIDDEN = ['.el-notification', '[data-test-id="canvas-controls"]', '.vue-flow__background'];

export interface PictureOptions {
	/** A part of the page, as an element or as an area in pixels; else all of it. */
	of?: Locator | { x: number; y: number; width: number; height: number };
	/** Texts to replace, such as the emulator's URL, which differs each time. */
	shownAs?: Record<string, string>;
	/** More that is not shown, as CSS selectors. */
	without?: string[];
}

/** Takes a screenshot for the documentation, if requested. */
export async function picture(
	page: Page,
	name: string,
	{ of, shownAs = {}, without = [] }: PictureOptions = {},
): Promise<void> {
	const folder = process.env[PICTURES];
	if (!folder) return;
	mkdirSync(folder, { recursive: true });
	const path = join(folder, `${name}.png`);
	// To where nothing changes because the mouse is over it.
	await page.mouse.move(2, 300);
	await page.evaluate(replaceTexts, Object.entries(shownAs));
	const style = `${[...HIDDEN, ...without].join()} { display: none !important }`;
	const how = { path, animations: 'disabled', style } as const;
	await (of && 'x' in of ? page.screenshot({ ...how, clip: of }) : (of ?? page).screenshot(how));
	await page.evaluate(
		replaceTexts,
		Object.entries(shownAs).map(([from, to]) => [to, from] as const),
	);
	process.stderr.write(`Picture: ${relative(projectRoot, path)}\n`);
}

/** Keeps what is on the page at the end of a test. */
export async function keepLastView(page: Page, test: string): Promise<void> {
	mkdirSync(LAST_VIEWS, { recursive: true });
	await page.screenshot({ path: join(LAST_VIEWS, `${test.replace(/\W+/g, '-').slice(0, 100)}.png`) });
}

/** Runs in the page. It changes what is seen; the editor keeps what it has. */
function replaceTexts(texts: ReadonlyArray<readonly [from: string, to: string]>): void {
	const replaced = (text: string): string => texts.reduce((so, [from, to]) => so.replaceAll(from, to), text);
	for (const field of document.querySelectorAll('input')) field.value = replaced(field.value);
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let node = walker.nextNode(); node; node = walker.nextNode()) node.nodeValue = replaced(node.nodeValue ?? '');
}
