import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, selectors } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];

/** Where browsers are that are not on the PATH; ${…} is a variable of the environment. */
const PLACES: Partial<Record<NodeJS.Platform, string[]>> = {
	darwin: [
		'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
		'/Applications/Chromium.app/Contents/MacOS/Chromium',
		'/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
	],
	linux: ['/snap/bin/chromium', '/opt/google/chrome/chrome', '/var/lib/flatpak/exports/bin/org.chromium.Chromium'],
	win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((folder) => [
		`\${${folder}}\\Google\\Chrome\\Application\\chrome.exe`,
		`\${${folder}}\\Microsoft\\Edge\\Application\\msedge.exe`,
	]),
};

export const NO_BROWSER =
	'There is no Chromium, Chrome or Edge on this machine, so the tests in a browser are skipped. ' +
	'Install one of them, or name its program in CHROMIUM_PATH.';

/**
 * Finds a browser: the one that CHROMIUM_PATH names, else one on the PATH, else one in a usual place.
 *
 * @returns its program; undefined where there is none
 * @throws {Error} where CHROMIUM_PATH names a file that is not there
 */
export function findBrowser(env: NodeJS.ProcessEnv, platform = process.platform): string | undefined {
	const { CHROMIUM_PATH: named, PATH: path = '' } = env;
	if (named) {
		if (existsSync(named)) return named;
		throw new Error(`CHROMIUM_PATH names ${named}, and there is no such file.`);
	}
	const ending = platform === 'win32' ? '.exe' : '';
	const onPath = path.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name + ending)));
	const usual = (PLACES[platform] ?? []).map((place) =>
		place.replace(/\$\{(.+?)\}/, (_, name: string) => env[name] ?? ''),
	);
	return [...onPath, ...usual].find((file) => existsSync(file));
}

/**
 * Starts a headless browser with n8n's test IDs.
 *
 * @param slowMo the delay of each action, in milliseconds
 */
export function openBrowser(program: string, slowMo?: number): Promise<Browser> {
	selectors.setTestIdAttribute('data-test-id');
	// Its sandbox needs rights that containers do not give; it opens nothing but the n8n of the test.
	return chromium.launch({ executablePath: program, slowMo, args: ['--no-sandbox', '--disable-gpu'] });
}
