const layers = require('./tools/importOrder.json');

/** A regular expression for modules of nodes/Videograph: files by their name, folders with everything in them. */
const anyOf = (modules) => `^nodes/Videograph/(${modules.map((name) => name.replaceAll('.', '\\.')).join('|')})(/|$)`;

/** No layer imports a layer above it, and modules of the same layer do not import each other. */
const layerRules = layers.flatMap((layer, level) =>
	layer.flatMap((module) => {
		const forbidden = [...layers.slice(0, level).flat(), ...layer.filter((other) => other !== module)];
		if (forbidden.length === 0) return [];
		return {
			name: `import-order-${module}`,
			comment: 'Imports go down the order of tools/importOrder.json, which docs/architecture.md explains.',
			severity: 'error',
			from: { path: anyOf([module]) },
			to: { path: anyOf(forbidden) },
		};
	}),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		{
			name: 'no-circular',
			comment: 'Move what both modules need into a module of its own.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'published-code-imports-only-published-code',
			comment: 'The published package contains neither test/ nor tools/.',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: { path: '^(test|tools)/' },
		},
		{
			name: 'not-in-import-order',
			comment: 'Add the folder to tools/importOrder.json and docs/architecture.md.',
			severity: 'error',
			from: {},
			to: { path: '^nodes/Videograph/', pathNot: [anyOf(layers.flat())] },
		},
		...layerRules,
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^(test/e2e/runtimes?|node_modules)/' },
		// Types count too: an import of a type ties two modules together as much as one of a function.
		tsPreCompilationDeps: true,
	},
};
