import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import layers from '../../tools/importOrder.json';
import { projectRoot } from '../e2e/project';

/** The numbered list below the heading: a layer a line, the names of its modules as code. */
function documentedLayers(): string[][] {
	const page = readFileSync(join(projectRoot, 'docs', 'architecture.md'), 'utf8');
	const section = /^## Import order\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(page)?.[1] ?? '';
	return [...section.matchAll(/^\d+\. (.+)$/gm)].map(([, line = '']) =>
		[...line.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name.replace(/\/$/, '')),
	);
}

it('the import order in docs/architecture.md is the one that npm run lint checks', () => {
	expect(documentedLayers()).toEqual(layers);
});
