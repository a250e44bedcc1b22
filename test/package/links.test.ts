import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = join(__dirname, '../../..');

/** URLs of this repository. Pages link its files relatively, so that the links work in every copy. */
const OWN =
	/^https:\/\/(github\.com\/n8n-nodes-videograph\/n8n-nodes-videograph\/(blob|tree|raw)|raw\.githubusercontent\.com\/n8n-nodes-videograph)\//;

const TOP = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'];
const FOLDERS = ['docs', '.github'];
const pages = [
	...TOP.filter((name) => existsSync(join(ROOT, name))),
	...FOLDERS.filter((folder) => existsSync(join(ROOT, folder))).flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.md'))
			.map((name) => join(folder, name)),
	),
];

/** A page without its code, in which nothing is a link. */
function proseOf(page: string): string {
	return page.replace(/^( *)(```|~~~)[\s\S]*?^\1\2/gm, '').replace(/`[^`\n]*`/g, '');
}

/** Where the links and the pictures of a page lead. */
function targetsOf(page: string): string[] {
	const prose = proseOf(page);
	const inline = [...prose.matchAll(/\]\(<?([^\s)>]+)>?(?:\s+"[^"]*")?\)/g)];
	const named = [...prose.matchAll(/^ *\[[^\]]+\]: *<?([^\s>]+)/gm)];
	const html = [...prose.matchAll(/<(?:a|img)\b[^>]*\b(?:href|src)="([^"]+)"/g)];
	return [...inline, ...named, ...html].map(([, target = '']) => target);
}

/** The anchors of a page, as GitHub makes them of its headings. */
function anchorsOf(page: string): Set<string> {
	const anchors = new Set<string>();
	const withoutBlocks = page.replace(/^( *)(```|~~~)[\s\S]*?^\1\2/gm, '');
	for (const [, heading = ''] of withoutBlocks.matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
		const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
		const slug = text
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
			.replaceAll(' ', '-');
		let anchor = slug;
		for (let count = 1; anchors.has(anchor); count++) anchor = `${slug}-${count}`;
		anchors.add(anchor);
	}
	return anchors;
}

/** Why a link of a page leads nowhere; undefined: it is good. */
function faultOf(page: string, target: string): string | undefined {
	if (OWN.test(target)) return `${target}: link it relatively`;
	if (/^[a-z][a-z+.-]*:/i.test(target)) {
		return target.startsWith('https://') || target.startsWith('mailto:') ? undefined : `${target}: not https`;
	}
	const [path = '', anchor] = target.split('#');
	const file = path === '' ? join(ROOT, page) : resolve(ROOT, dirname(page), decodeURIComponent(path));
	if (relative(ROOT, file).startsWith('..')) return `${target}: outside of the repository`;
	if (!existsSync(file)) return `${target}: not there`;
	if (anchor === undefined) return undefined;
	return anchorsOf(readFileSync(file, 'utf8')).has(decodeURIComponent(anchor))
		? undefined
		: `${target}: no such heading`;
}

describe.each(pages)('%s', (page) => {
	const text = readFileSync(join(ROOT, page), 'utf8');

	it('has only valid links', () => {
		const faults = targetsOf(text).flatMap((target) => faultOf(page, target) ?? []);
		expect(faults).toEqual([]);
	});

	it('has a text for each picture', () => {
		expect([...proseOf(text).matchAll(/!\[\s*\]\([^)]*\)/g)].map(([picture]) => picture)).toEqual([]);
	});
});

describe('link check', () => {
	test.each([
		['docs/no-such-page.md', 'not there'],
		['README.md#no-such-heading', 'no such heading'],
		['http://n8n.io', 'not https'],
		['../elsewhere.md', 'outside of the repository'],
		['https://github.com/n8n-nodes-videograph/n8n-nodes-videograph/blob/main/README.md', 'link it relatively'],
	])('%s', (target, why) => {
		expect(faultOf('README.md', target)).toBe(`${target}: ${why}`);
	});

	test('ignores code', () => {
		expect(targetsOf('`[a](b)` [c](d "e")\n```\n[f](g)\n```\n![h](i.png)\n[j]: k\n')).toEqual(['d', 'i.png', 'k']);
	});

	test('uses the anchors of GitHub', () => {
		expect([...anchorsOf('# A, `b` & [C](d)\n## Same\n## Same\n```\n# No\n```\n')]).toEqual([
			'a-b--c',
			'same',
			'same-1',
		]);
	});
});
