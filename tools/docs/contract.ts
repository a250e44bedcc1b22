import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { VideographApi } from '../../credentials/VideographApi.credentials';
import { isObject } from '../../nodes/Videograph/utils/values';
import { Videograph } from '../../nodes/Videograph/Videograph.node';
import { VideographTrigger } from '../../nodes/Videograph/VideographTrigger.node';

/** What workflows of users hold by name, each under a name of its own: nodes, parameters, output fields, credentials. */
export type Contract = Record<string, Entry>;
type Entry = string | { [key: string]: unknown };

/** The values of other parameters for which a field is shown. */
type Conditions = Record<string, Array<string | number | boolean>>;

const ROOT = join(__dirname, '../../..');
const SCHEMAS = join(ROOT, 'nodes/Videograph/__schema__/v1.0.0');

/** The contract as the code has it. */
export function contract(): Contract {
	const credential = new VideographApi();
	return {
		...nodeEntries(new Videograph().description),
		...outputEntries(),
		...nodeEntries(new VideographTrigger().description),
		...parameterEntries(`credential ${credential.name}`, credential.properties),
	};
}

function nodeEntries(description: INodeTypeDescription): Contract {
	const { name, version, inputs, outputs, credentials = [], usableAsTool = false, properties } = description;
	const node = `node ${name}`;
	const versions = [version].flat();
	return {
		[node]: { versions, inputs, outputs, credentials: credentials.map((one) => one.name), tool: Boolean(usableAsTool) },
		...parameterEntries(node, properties),
	};
}

/** @throws {Error} for two parameters of the same name, of which the contract could hold only one */
function parameterEntries(above: string, fields: INodeProperties[]): Contract {
	const entries: Contract = {};
	for (const field of fields) {
		const { resource = [], operation = [], ...conditions } = (field.displayOptions?.show ?? {}) as Conditions;
		const place = [...resource, ...operation].join('.');
		const path = [above, place, field.name].filter(Boolean).join(' / ');
		if (path in entries) throw new Error(`There are two parameters ${path}`);
		entries[path] = parameter(field, conditions);
		for (const option of field.options ?? []) {
			if ('values' in option) Object.assign(entries, parameterEntries(`${path} / ${option.name}`, option.values));
			else if ('type' in option) Object.assign(entries, parameterEntries(path, [option]));
		}
	}
	return entries;
}

function parameter(field: INodeProperties, conditions: Conditions): Entry {
	const {
		type,
		default: initial,
		required = false,
		noDataExpression = false,
		typeOptions,
		options = [],
		modes = [],
	} = field;
	const choices = options.flatMap((option) => ('value' in option ? [option.value] : []));
	return {
		type,
		default: initial,
		...(typeOptions?.multipleValues && { list: true }),
		...(choices.length > 0 && { choices: choices.sort() }),
		...(modes.length > 0 && { modes: modes.map(({ name }) => name) }),
		// What a parameter lets people do, so that to lose one of these is a break and to gain it is none.
		...(!required && { mayBeEmpty: true }),
		...(!noDataExpression && { takesExpressions: true }),
		shown: combinations(conditions),
	};
}

/** Each combination of values for which a field is shown. */
function combinations(conditions: Conditions): string[] {
	return Object.entries(conditions)
		.reduce(
			(so, [name, values]) =>
				so.flatMap((one) => values.map((value) => [one, `${name} = ${String(value)}`].filter(Boolean).join(', '))),
			[''],
		)
		.map((one) => one || 'always');
}

interface Schema {
	type?: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
}

function outputEntries(): Contract {
	const files = readdirSync(SCHEMAS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
	return Object.fromEntries(
		files.sort().flatMap((file) => {
			const schema = JSON.parse(readFileSync(join(SCHEMAS, file), 'utf8')) as Schema;
			return outputFields(`output of ${dirname(file)}.${basename(file, '.json')}`, schema);
		}),
	);
}

function outputFields(above: string, { properties = {}, items }: Schema): Array<[string, Entry]> {
	const inItems = items ? outputFields(`${above} / each`, items) : [];
	const own = Object.entries(properties).flatMap(([name, schema]): Array<[string, Entry]> => {
		const path = `${above} / ${name}`;
		return [[path, [schema.type ?? 'any'].flat().join(' or ')], ...outputFields(path, schema)];
	});
	return [...inItems, ...own];
}

/**
 * The breaking changes of a contract: removed and changed entries. Additions break nothing.
 *
 * @param at what is compared, in words
 */
export function breaks(before: unknown, now: unknown, at = ''): string[] {
	if (now === undefined) return [`${at} is gone`];
	if (Array.isArray(before) && Array.isArray(now)) {
		const lost = now.includes('always') ? [] : before.filter((value) => !now.includes(value));
		return lost.map((value) => `${at} has no ${String(value)} any more`);
	}
	if (!isObject(before) || !isObject(now)) {
		return before === now ? [] : [`${at} was ${JSON.stringify(before)} and is ${JSON.stringify(now)}`];
	}
	return Object.entries(before).flatMap(([key, value]) => {
		const inside = at === '' ? key : `${at}: ${key}`;
		// A default that holds more is another default.
		if (key === 'default' && isDeepStrictEqual(value, now[key])) return [];
		return key === 'default'
			? [`${inside} was ${JSON.stringify(value)} and is ${JSON.stringify(now[key])}`]
			: breaks(value, now[key], inside);
	});
}

/** The part of a version that must rise where something breaks: the first number that is not 0, and what is before it. */
export function breakingPart(version: string): string {
	return /^(?:0\.)*\d+/.exec(version)?.[0] ?? version;
}

/** docs/contract.json as it should be; a line for each entry, so that a change of it reads well. */
export function contractPage(): string {
	const lines = Object.entries({ version: breakingPart(packageVersion()), ...contract() });
	return `{\n${lines.map(([name, entry]) => `\t${JSON.stringify(name)}: ${JSON.stringify(entry)}`).join(',\n')}\n}\n`;
}

/** What the code breaks of the contract that docs/contract.json holds, and what to do about it; '' where it keeps it. */
export function brokenContract(page: string): string {
	const { version, ...before } = JSON.parse(page) as Contract;
	const broken =
		version === breakingPart(packageVersion()) ? breaks(before, JSON.parse(JSON.stringify(contract()))) : [];
	if (broken.length === 0) return '';
	return [
		'Workflows of users hold what docs/contract.json lists, and some of it has changed:',
		...broken.map((one) => `- ${one}`),
		'Put it back. Or, where the break is meant: raise the major version in package.json (before 1.0.0 the minor one), tell in',
		'CHANGELOG.md what users have to change, and run `npm run docs` to write the contract anew.',
	].join('\n');
}

function packageVersion(): string {
	return (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;
}
