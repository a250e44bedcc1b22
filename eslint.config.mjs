import communityNodes from '@n8n/eslint-plugin-community-nodes';
import jest from 'eslint-plugin-jest';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import simpleImportSort from 'eslint-plugin-simple-import-sort';
import tseslint from 'typescript-eslint';

const PUBLISHED = ['nodes/**/*.ts', 'credentials/**/*.ts', 'package.json'];

/** One set of eslint-plugin-n8n-nodes-base, which still has the old configuration format. */
const nodesBase = (set, files, off = []) => ({
	files,
	plugins: { 'n8n-nodes-base': n8nNodesBase },
	rules: {
		...n8nNodesBase.configs[set].rules,
		...Object.fromEntries(off.map((rule) => [`n8n-nodes-base/${rule}`, 'off'])),
	},
});

/** Parts of names that a term of docs/glossary.md replaces; a test holds them out of comments and texts. */
const BANNED_PARTS = [
	'look',
	'looks',
	'looked',
	'looking',
	'tell',
	'tells',
	'told',
	'telling',
	'kept',
	'thing',
	'things',
];

/** The parts in camelCase, PascalCase and UPPER_CASE names: `lookAt`, `isTold`, `LOOKS_MS`, and not `lookup`. */
const bannedName = () => {
	const lower = BANNED_PARTS.join('|');
	const pascal = BANNED_PARTS.map((part) => part[0].toUpperCase() + part.slice(1)).join('|');
	const upper = lower.toUpperCase();
	return `/(^|_)(${lower})(?![a-z])|(${pascal})(?![a-z])|(^|_)(${upper})(?![A-Z])/`;
};

export default tseslint.config(
	{ ignores: ['dist/', '.build/', 'node_modules/', '**/*.d.ts', 'test/e2e/runtime/'] },
	{
		files: ['**/*.{ts,js,mjs,cjs}'],
		plugins: { 'simple-import-sort': simpleImportSort },
		rules: {
			// One block: imports with side effects, Node.js, packages, then the nearest files last.
			'simple-import-sort/imports': ['error', { groups: [['^\\u0000', '^node:', '^', '^\\.']] }],
			'simple-import-sort/exports': 'error',
		},
	},
	// Prettier breaks no strings, comments and regular expressions.
	{ files: ['{nodes,credentials}/**/*.ts'], rules: { 'max-len': ['error', { code: 120, tabWidth: 2 }] } },
	{ files: PUBLISHED, linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
	// Every rule of n8n as an error: also those that are warnings as yet, and those that come with the next version.
	{
		...communityNodes.configs.recommended,
		files: PUBLISHED,
		rules: {
			...Object.fromEntries(Object.keys(communityNodes.rules).map((rule) => [`@n8n/community-nodes/${rule}`, 'error'])),
			// Deprecated by n8n: `require-node-description-fields` checks the icon, too.
			'@n8n/community-nodes/node-class-description-icon-missing': 'off',
			// n8n's scan of published packages adds it.
			'no-console': 'error',
		},
	},
	{
		files: ['package.json'],
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
	},
	nodesBase('community', ['package.json']),
	// The rules that n8n's own check of community packages turns off too: they are right for n8n's own nodes alone, and
	// the community rules above have their counterparts.
	nodesBase(
		'credentials',
		['credentials/**/*.ts'],
		['cred-class-field-documentation-url-miscased', 'cred-class-field-type-options-password-missing'],
	),
	nodesBase(
		'nodes',
		['nodes/**/*.ts'],
		['node-class-description-inputs-wrong-regular-node', 'node-class-description-outputs-wrong'],
	),
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.strictTypeChecked],
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		rules: {
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			'@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
		},
	},
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		rules: {
			'no-restricted-syntax': [
				'error',
				{
					selector: `:matches(Identifier, PrivateIdentifier)[name=${bannedName()}]`,
					message: 'Use the term of docs/glossary.md in names, such as poll, lookup, report, store or subject.',
				},
			],
		},
	},
	// jest's matchers (expect.any and the like) are typed as any.
	{ files: ['test/**/*.test.ts'], rules: { '@typescript-eslint/no-unsafe-assignment': 'off' } },
	{ files: ['test/**/*.test.ts'], ...jest.configs['flat/recommended'] },
	{
		files: ['test/**/*.test.ts'],
		rules: { 'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'isReadAsItself', 'fc.assert'] }] },
	},
);
