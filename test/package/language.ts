import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { projectRoot } from '../e2e/project';

interface Rule {
	word: RegExp;
	use: string;
	/** Whether the rule applies to nodes/ and credentials/ only. */
	published?: true;
}

/** Words that docs/glossary.md replaces by a term. */
export const BANNED: Rule[] = [
	{ word: /\blook(s|ed|ing)?\b(?! up\b)/gi, use: 'poll, lookup or check' },
	{ word: /\blook(s|ed|ing)? up\b/gi, use: 'find, search or lookup', published: true },
	{ word: /\b(tell(s|ing)?|told)\b/gi, use: 'return, report or contain' },
	{ word: /\bkept\b/gi, use: 'stored or retained' },
	{ word: /\bthings?\b/gi, use: 'the noun: subject, resource, item' },
	{ word: /\blogins?\b(?!"|')/gi, use: 'credentials' },
	{ word: /(?<!\b(e-?mail|IP|internal|private|listen|loopback) )\baddress(es)?\b(?!\(|\.)/gi, use: 'URL' },
];

/** Words that often, but not always, stand for a term of docs/glossary.md: listed with --all, and no failure. */
export const DISCOURAGED: Rule[] = [
	{ word: /\banswer(s|ed|ing)?\b/gi, use: 'response' },
	{ word: /\b(start(s|ed)?|mak(es|e)|made|built?) anew\b/gi, use: 'restart, recreate' },
	{ word: /(^|[,;(:.] )where\b/gi, use: 'if or when' },
	{
		word: /\b(make|makes|made|making) (a|an|the|another|one|no|its) (second )?(clip|video|stream|live stream)s?\b/gi,
		use: 'create',
	},
	{ word: /\bwhat (was|is|were|has been|may have been) (made|created|sent|stored)\b/gi, use: 'the noun' },
	{ word: /\b(patience|wish(es)?|clues?|sightings?|twice over|under way)\b/gi, use: 'a term of the glossary' },
	{ word: /\bpauses?\b/gi, use: 'wait or delay' },
	{ word: /\b(the|a|each|every|another|one|first|last|next|earlier) (try|tries)\b/gi, use: 'attempt or retry' },
	{ word: /\bpicked\b/gi, use: 'selected' },
	{ word: /\btake it\b/gi, use: 'reuse existing' },
	{ word: /\ba video of a file\b/gi, use: 'a video from a file' },
	{ word: /\bnobody|\bno longer than\b|\bsays? so\b/gi, use: 'an active sentence' },
];

/** A piece of text that people read, and the line of its file on which it begins. */
interface Passage {
	line: number;
	text: string;
}

const CODE = /\.(ts|mts|js|mjs|cjs)$/;
const TEXT = /\.(md|ya?ml|env\.example)$/;
const SKIPPED = /(^|\/)(node_modules|dist|\.build|runtime|runtimes|\.git)(\/|$)|\.d\.ts$|(^|\/)language(\.test)?\.ts$/;

const isPublished = (file: string) => /^(nodes|credentials)\//.test(file);

const filesIn = (folder: string) =>
	existsSync(join(projectRoot, folder))
		? readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8', withFileTypes: true })
				.filter((entry) => entry.isFile())
				.map((entry) =>
					join(entry.parentPath, entry.name)
						.slice(projectRoot.length + 1)
						.replaceAll('\\', '/'),
				)
		: [];

/** The files of the project whose words are checked: documentation, code, editor texts and workflows. */
export function checkedFiles(): string[] {
	const top = readdirSync(projectRoot, { withFileTypes: true }).filter((entry) => entry.isFile());
	const folders = ['nodes', 'credentials', 'test', 'tools', 'docs', '.github', '.ci', 'workflows'];
	return [...top.map(({ name }) => name), ...folders.flatMap(filesIn)]
		.filter((file) => !SKIPPED.test(file))
		.filter((file) => CODE.test(file) || TEXT.test(file) || file.startsWith('workflows/') || file.startsWith('.ci/'))
		.sort();
}

/** The passages of a file: comments and editor texts of code, the prose of a page, the texts of a workflow. */
function passagesOf(file: string, content: string): Passage[] {
	if (CODE.test(file)) return codePassages(file, content);
	if (file.endsWith('.json')) return linesOf(content.replace(/^(?!.*"(content|name|description)": ).*$/gm, ''));
	return linesOf(file.endsWith('.md') ? proseOf(file, content) : content);
}

function linesOf(content: string): Passage[] {
	return content.split('\n').map((text, index) => ({ line: index + 1, text }));
}

/** A page without URLs, targets of links, and the words that the glossary replaces. */
function proseOf(file: string, page: string): string {
	const prose = page.replace(/\]\([^)\s]*/g, ']').replace(/https?:\/\/[^\s)>"'`]+/g, '');
	return file === 'docs/glossary.md' ? prose.replace(/\|[^|\n]*\|$/gm, '|') : prose;
}

function codePassages(file: string, code: string): Passage[] {
	const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
	const comments = new Map<number, string>();
	const texts: Passage[] = [];
	const lineAt = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1;
	const visit = (node: ts.Node) => {
		const ranges = [
			...(ts.getLeadingCommentRanges(code, node.pos) ?? []),
			...(ts.getTrailingCommentRanges(code, node.pos) ?? []),
		];
		// Text in a template can resemble a comment, but does not end before its token.
		const start = node.getStart(source, false);
		for (const { pos, end } of ranges) if (end <= start) comments.set(pos, code.slice(pos, end));
		if (isPublished(file) && isText(node)) texts.push({ line: lineAt(start), text: node.text });
		for (const child of node.getChildren(source)) if (!ts.isJSDoc(child)) visit(child);
	};
	visit(source);
	const found = [...comments].flatMap(([pos, text]) =>
		text.split('\n').map((line, index) => ({ line: lineAt(pos) + index, text: line })),
	);
	return [...found, ...texts].sort((a, b) => a.line - b.line);
}

const isText = (node: ts.Node): node is ts.LiteralLikeNode =>
	(ts.isStringLiteral(node) && !ts.isImportDeclaration(node.parent) && !ts.isExportDeclaration(node.parent)) ||
	ts.isNoSubstitutionTemplateLiteral(node) ||
	ts.isTemplateHead(node) ||
	ts.isTemplateMiddle(node) ||
	ts.isTemplateTail(node);

/** The words of a file that break a rule, each as `file:line  word -> what to write  | the passage`. */
export function offencesIn(file: string, content: string, rules: Rule[] = BANNED): string[] {
	const applied = rules.filter(({ published }) => !published || isPublished(file));
	return passagesOf(file, content).flatMap(({ line, text }) =>
		applied.flatMap(({ word, use }) =>
			[...text.matchAll(word)].map(([found]) => `${file}:${line}  ${found.trim()} -> ${use}  | ${shortened(text)}`),
		),
	);
}

const shortened = (text: string) => text.trim().replace(/\s+/g, ' ').slice(0, 140);

export const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');

/** `node .build/test/package/language.js [--all] [folder or file …]` lists the offences. */
function main(args: string[]): void {
	const rules = args.includes('--all') ? [...BANNED, ...DISCOURAGED] : BANNED;
	const wanted = args.filter((argument) => !argument.startsWith('--'));
	const files = checkedFiles().filter((file) => wanted.length === 0 || wanted.some((start) => file.startsWith(start)));
	const offences = files.flatMap((file) => offencesIn(file, read(file), rules));
	for (const offence of offences) console.log(offence);
	console.log(
		`${offences.length} in ${new Set(offences.map((offence) => offence.split(':')[0])).size} of ${files.length} files`,
	);
	process.exitCode = offences.length === 0 ? 0 : 1;
}

if (require.main === module) main(process.argv.slice(2));
