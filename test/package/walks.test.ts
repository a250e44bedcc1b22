import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../e2e/project';

interface Walk {
	title: string;
	stops: Array<{ file: string; functions: string[] }>;
}

/** The walks of docs/architecture.md. */
function walks(): Walk[] {
	const page = readFileSync(join(projectRoot, 'docs', 'architecture.md'), 'utf8');
	const section = /^## Walks\n([\s\S]*?)(?=^## )/m.exec(page)?.[1] ?? '';
	return [...section.matchAll(/^\*\*(.+):\*\*\n((?:.+\n)+)/gm)].map(([, title = '', text = '']) => ({
		title,
		stops: [...text.matchAll(/`([^`:]+):([^`]+)`/g)].map(([, file = '', names = '']) => ({
			file,
			functions: names.split(','),
		})),
	}));
}

/** Whether a file declares a function or a method. */
function declares(file: string, name: string): boolean {
	const path = join(projectRoot, 'nodes/Videograph', file);
	if (!existsSync(path)) return false;
	const declaration = new RegExp(`^\\s*(?:(?:export|async|private|function) )*${name}(?:<.*>)?\\((?!.*;$)`, 'm');
	return declaration.test(readFileSync(path, 'utf8'));
}

it('docs/architecture.md has three walks', () => {
	expect(walks()).toHaveLength(3);
});

describe.each(walks())('the walk of $title', ({ stops }) => {
	it('names functions that exist', () => {
		const missing = stops.flatMap(({ file, functions }) =>
			functions.filter((name) => !declares(file, name)).map((name) => `${file}:${name}`),
		);
		expect(missing).toEqual([]);
	});

	it('has at most 22 stops, and returns to no file more than twice', () => {
		expect(stops.length).toBeLessThanOrEqual(22);
		const visits = stops.map(({ file }) => stops.filter((stop) => stop.file === file).length);
		expect(Math.max(...visits)).toBeLessThanOrEqual(3);
	});
});
