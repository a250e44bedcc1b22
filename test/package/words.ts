import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../e2e/project';

/** A part that `npm run …` writes: from its mark to the next mark or to the end of the page. */
const GENERATED = /<!-- [^>]*[Ww]ritten by `npm run [\w:]+`[\s\S]*?(?=<!-- (?:To here|End of)|$(?![\s\S]))/g;

export const handWritten = (page: string) => page.replace(GENERATED, '').replace(/<!--[\s\S]*?-->/g, '');

/** The words of a page that people wrote, code included. A word has a letter or a digit. */
export function countWords(page: string): number {
	return handWritten(page)
		.replace(/\]\([^)]*\)/g, ']')
		.split(/[\s|]+/)
		.filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** Every page of the project with the words in it that people wrote. */
export function wordsByPage(): Map<string, number> {
	const inFolder = (folder: string, recursive: boolean) =>
		readdirSync(join(projectRoot, folder), { recursive, encoding: 'utf8' }).map((name) => join(folder, name));
	const top = inFolder('.', false).concat(inFolder('test', false), inFolder('docs', true), inFolder('.github', true));
	const pages = top.filter((name) => name.endsWith('.md'));
	return new Map(pages.map((page) => [page, countWords(readFileSync(join(projectRoot, page), 'utf8'))]));
}

/** `node .build/test/package/words.js` prints the words of each page and their sum. */
if (require.main === module) {
	const words = [...wordsByPage()].sort(([, a], [, b]) => b - a);
	for (const [page, count] of words) console.log(`${String(count).padStart(6)}  ${page}`);
	console.log(`${String(words.reduce((sum, [, count]) => sum + count, 0)).padStart(6)}  by hand`);
}
