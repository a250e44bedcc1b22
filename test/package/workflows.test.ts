import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Script } from 'node:vm';
import type { IConnections, INode, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { ExpressionParser, isExpression } from 'n8n-workflow';
import { parameterProblems } from './nodeParameters';

const ROOT = join(__dirname, '../../..');
const OWN = 'n8n-nodes-videograph.';
const NOTE = 'n8n-nodes-base.stickyNote';

/** Nodes that come with n8n, in versions that n8n 2.8.4 has as well as 2.41.1. */
const OF_N8N = [
	'@n8n/n8n-nodes-langchain.agent 3',
	'@n8n/n8n-nodes-langchain.chatTrigger 1.1',
	'@n8n/n8n-nodes-langchain.lmChatOpenAi 1.2',
	'@n8n/n8n-nodes-langchain.memoryBufferWindow 1.3',
	'n8n-nodes-base.aggregate 1',
	'n8n-nodes-base.convertToFile 1.1',
	'n8n-nodes-base.errorTrigger 1',
	'n8n-nodes-base.filter 2.2',
	'n8n-nodes-base.googleSheets 4.5',
	'n8n-nodes-base.httpRequest 4.2',
	'n8n-nodes-base.limit 1',
	'n8n-nodes-base.manualTrigger 1',
	'n8n-nodes-base.removeDuplicates 2',
	'n8n-nodes-base.respondToWebhook 1.1',
	'n8n-nodes-base.rssFeedRead 1.1',
	'n8n-nodes-base.s3 1',
	'n8n-nodes-base.scheduleTrigger 1.2',
	'n8n-nodes-base.set 3.4',
	'n8n-nodes-base.stickyNote 1',
	'n8n-nodes-base.stopAndError 1',
	'n8n-nodes-base.telegram 1.2',
	'n8n-nodes-base.wait 1.1',
	'n8n-nodes-base.webhook 2',
	'n8n-nodes-base.youTube 1',
];

interface WorkflowFile {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings: object;
	pinData: object;
	active: boolean;
}

const folder = join(ROOT, 'workflows');
const files = readdirSync(folder).map((file) => {
	const text = readFileSync(join(folder, file), 'utf8');
	return { file, text, workflow: JSON.parse(text) as WorkflowFile };
});

/** The built nodes of the package, by the type that workflows name. */
const descriptions = new Map<string, INodeTypeDescription>();

beforeAll(async () => {
	const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { n8n: { nodes: string[] } };
	for (const path of manifest.n8n.nodes) {
		const classes = (await import(join(ROOT, path))) as Record<string, new () => INodeType>;
		const Node = classes[basename(path, '.node.js')];
		if (!Node) throw new Error(`${path} has no node in it`);
		const { description } = new Node();
		descriptions.set(OWN + description.name, description);
		if (description.usableAsTool) descriptions.set(`${OWN}${description.name}Tool`, description);
	}
});

/** Every text in a value, with those in what it holds. */
function texts(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** The code in the expressions of a node. */
function code(node: INode): string[] {
	return texts(node.parameters)
		.filter(isExpression)
		.flatMap((text) => ExpressionParser.splitExpression(text.slice(1)))
		.flatMap((chunk) => (chunk.type === 'code' ? chunk.text : []));
}

function repeated(values: string[]): string[] {
	return values.filter((value, index) => values.indexOf(value) !== index);
}

interface Box {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** What a node covers on the canvas, its name below it included. */
function box({ name, type, position: [left, top], parameters }: INode): Box {
	const [width, height] =
		type === NOTE
			? [Number(parameters.width), Number(parameters.height)]
			: type.endsWith('.agent')
				? [260, 140]
				: [100, 140];
	return { name, left, top, right: left + width, bottom: top + height };
}

function overlaps(nodes: INode[]): string[] {
	const boxes = nodes.map(box);
	return boxes.flatMap((a, index) =>
		boxes
			.slice(index + 1)
			.filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
			.map((b) => `${a.name} and ${b.name}`),
	);
}

describe('example workflows', () => {
	test('have unique names, webhooks and node IDs', () => {
		const nodes = files.flatMap(({ workflow }) => workflow.nodes);
		expect(repeated(files.map(({ workflow }) => workflow.name))).toEqual([]);
		expect(repeated(nodes.map(({ id }) => id))).toEqual([]);
		expect(repeated(nodes.flatMap(({ webhookId }) => webhookId ?? []))).toEqual([]);
		expect(repeated(nodes.flatMap(({ parameters: { path } }) => (typeof path === 'string' ? path : [])))).toEqual([]);
	});
});

describe.each(files)('workflows/$file', ({ text, workflow }) => {
	const { nodes, connections } = workflow;
	const names = nodes.map(({ name }) => name);
	const working = nodes.filter(({ type }) => type !== NOTE);
	const notes = nodes.flatMap(({ type, parameters: { content } }) =>
		type === NOTE && typeof content === 'string' ? content : [],
	);

	it('is exported without personal data', () => {
		expect(workflow).toMatchObject({ settings: { executionOrder: 'v1' }, pinData: {}, active: false });
		expect(workflow.name).toMatch(/^Videograph: \w/);
		expect(Object.keys(workflow).sort()).toEqual(['active', 'connections', 'name', 'nodes', 'pinData', 'settings']);
		expect(text).not.toContain('"credentials"');
		expect(repeated(names)).toEqual([]);
		expect(nodes.map(({ id }) => id).join()).toMatch(/^([\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12},?)+$/);
	});

	it('has notes on the first step and the details', () => {
		expect(notes.length).toBeGreaterThanOrEqual(3);
		expect(notes[0]).toMatch(/^## .+\n\n[^]+\n### Before .+\n1\. /);
		expect(notes[0]?.length).toBeGreaterThan(400);
		expect(notes.filter((note) => !/^## .+\n\n[^]{80}/.test(note))).toEqual([]);
	});

	it('names only its own nodes in its notes', () => {
		const named = notes.flatMap((note) => [...note.matchAll(/Open \*\*(.+?)\*\*/g)].map(([, name = '']) => name));
		expect(named.filter((name) => !names.includes(name))).toEqual([]);
	});

	it('uses only nodes of the package and of n8n', () => {
		const used = working.map(({ type, typeVersion }) => `${type} ${typeVersion}`);
		const own = [...descriptions].map(([type, { version }]) => `${type} ${String(version)}`);
		expect(used.filter((node) => !OF_N8N.includes(node) && !own.includes(node))).toEqual([]);
	});

	it('connects every node, and only existing ones', () => {
		const targets = Object.values(connections)
			.flatMap((outputs) => Object.values(outputs).flat(2))
			.map((target) => target?.node ?? '');
		const sources = Object.keys(connections);
		expect([...sources, ...targets].filter((name) => !names.includes(name))).toEqual([]);
		expect(
			working.map(({ name }) => name).filter((name) => !sources.includes(name) && !targets.includes(name)),
		).toEqual([]);
	});

	it('has only existing parameters of the package', () => {
		const problems = working.flatMap((node) => {
			if (!node.type.startsWith(OWN)) return [];
			const description = descriptions.get(node.type);
			return description
				? parameterProblems(node, description).map((problem) => `${node.name}: ${problem}`)
				: [`no ${node.type}`];
		});
		expect(problems).toEqual([]);
	});

	it('has valid expressions on existing nodes', () => {
		const chunks = working.flatMap(code);
		const broken = chunks.filter((chunk) => {
			try {
				return !new Script(`(${chunk})`);
			} catch {
				return true;
			}
		});
		expect(broken).toEqual([]);
		const named = chunks.flatMap((chunk) => [...chunk.matchAll(/\$\('(.+?)'\)/g)].map(([, name = '']) => name));
		expect(named.filter((name) => !names.includes(name))).toEqual([]);
	});

	it('has a layout without overlaps', () => {
		expect(overlaps(nodes)).toEqual([]);
	});
});
