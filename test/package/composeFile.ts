import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../e2e/project';

interface Service {
	image: string;
	command?: string | string[];
	environment: Record<string, string>;
	depends_on?: Record<string, unknown> | string[];
	volumes?: string[];
	stop_grace_period?: string;
}

export interface ComposeFile {
	text: string;
	services: Record<string, Service>;
	volumes: Record<string, unknown>;
	/** Services that run n8n itself: main and workers. */
	n8n: Array<[name: string, service: Service]>;
	/** The variables of .env that the file uses. */
	variables: Set<string>;
	/** .env.example: the variables and their values. */
	example: Record<string, string>;
}

/** Reads docker-compose.yml and .env.example of a folder in docs/. */
export function composeFile(folder: string): ComposeFile {
	const path = join(projectRoot, 'docs', folder);
	const text = readFileSync(join(path, 'docker-compose.yml'), 'utf8');
	const { services, volumes } = parse(text, { merge: true }) as Pick<ComposeFile, 'services' | 'volumes'>;
	return {
		text,
		services,
		volumes,
		n8n: Object.entries(services).filter(([, { image }]) => /\/n8n:/.test(image)),
		variables: new Set([...text.matchAll(/(?<!\$)\$\{(\w+)/g)].map(([, name = '']) => name)),
		example: exampleOf(join(path, '.env.example')),
	};
}

function exampleOf(path: string): Record<string, string> {
	if (!existsSync(path)) return {};
	const lines = readFileSync(path, 'utf8')
		.split('\n')
		.filter((line) => /^\w/.test(line));
	return Object.fromEntries(lines.map((line) => line.split('=', 2) as [string, string]));
}
