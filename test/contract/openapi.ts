import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv2020, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

/** Validates requests and responses against docs/openapi.yaml. */

interface MediaTypes {
	content?: { 'application/json'?: { schema: object } };
}

interface ParameterObject {
	name: string;
	in: 'path' | 'query';
	required?: boolean;
	schema: object;
}

interface OperationObject {
	operationId: string;
	'x-evidence': string;
	parameters?: ParameterObject[];
	requestBody?: MediaTypes & { required?: boolean };
	responses: Record<string, MediaTypes>;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

type Method = (typeof METHODS)[number];

type PathItem = { [method in Method]?: OperationObject } & { parameters?: ParameterObject[] };

/** A question about the API that nobody outside of Videograph can answer, as `x-unknowns` holds it. */
export interface Unknown {
	id: string;
	question: string;
	/** The possible answers. `plays`: the value of the emulator's option for it; null stands for undefined. */
	answers: Array<{ id: string; means: string; plays?: unknown }>;
	/** What depends on the answer, as `file#name`. */
	code: string[];
	/** The option of the emulator that stands for the question; `media.…` for those of its media. */
	option?: string;
	status: 'open' | 'answered';
	/** The ID of the answer. */
	answer?: string;
	/** The day of the answer, such as 2026-01-31. */
	date?: string;
	evidence?: string;
}

export interface Document {
	openapi: string;
	'x-unknowns': Unknown[];
	servers: Array<{ url: string }>;
	paths: Record<string, PathItem>;
	components: { schemas: Record<string, object> };
}

export interface Operation {
	operationId: string;
	method: Uppercase<Method>;
	/** The template, such as /livestreams/{streamId}. */
	path: string;
	/** documented, vendor-client or observed. */
	evidence: string;
}

export interface ApiRequest {
	method: string;
	/** Under the server's base path, still percent-encoded, without the query. */
	path: string;
	query?: Record<string, unknown>;
	/** Parsed JSON, or undefined for a request without a body. */
	body?: unknown;
}

export interface GoodRequest {
	ok: true;
	operationId: string;
	pathParams: Record<string, string>;
	/** The query with its values as the types that the file gives them. */
	query: Record<string, unknown>;
}

export interface BadRequest {
	ok: false;
	status: 400 | 404 | 405;
	problems: string[];
}

interface Entry extends Operation {
	pattern: RegExp;
	source: OperationObject;
	checkQuery: ValidateFunction;
	checkBody?: ValidateFunction;
	/** Adds the documented defaults to a body. */
	fillBody?: ValidateFunction;
	checkAnswer: Record<string, ValidateFunction>;
}

// This file runs as .build/test/contract/openapi.js.
const FILE = resolve(__dirname, '../../../docs/openapi.yaml');

/** The file with every `$ref` resolved (it has no recursive schema). */
export const document = loadDocument();

export const unknowns: readonly Unknown[] = document['x-unknowns'];

/** The path under which the server offers the API, such as /video/services/api/v1. */
export const basePath = new URL(document.servers[0]?.url ?? '').pathname;

const common = { allErrors: true, verbose: true, strict: true, allowUnionTypes: true };
const bodies = addFormats(new Ajv2020(common));
const filledBodies = addFormats(new Ajv2020({ ...common, useDefaults: true }));
// The values of a query arrive as text.
const queries = addFormats(new Ajv2020({ ...common, coerceTypes: true }));

const entries = Object.entries(document.paths)
	// /contents/adv goes before /contents/{contentId}.
	.sort(([a], [b]) => a.split('{').length - b.split('{').length)
	.flatMap(([path, item]) =>
		METHODS.flatMap((method) => {
			const source = item[method];
			return source ? [toEntry(path, method, source, item.parameters ?? [])] : [];
		}),
	);

export const operations: readonly Operation[] = entries;

const checkError = bodies.compile(document.components.schemas.Error ?? {});

/** Finds the operation of a request, and the problems of the request. */
export function checkRequest({ method, path, query = {}, body }: ApiRequest): GoodRequest | BadRequest {
	const here = entries.filter(({ pattern }) => pattern.test(path));
	const entry = here.find((candidate) => candidate.method === method);
	if (!entry) {
		return here.length
			? { ok: false, status: 405, problems: [`${path} does not take ${method}`] }
			: { ok: false, status: 404, problems: [`there is no path ${path}`] };
	}
	const typed = { ...query };
	const problems = [...problemsOf(entry.checkQuery, typed, 'query parameter'), ...bodyProblems(entry, body)];
	if (problems.length) return { ok: false, status: 400, problems };
	const values = Object.entries(entry.pattern.exec(path)?.groups ?? {});
	const pathParams = Object.fromEntries(values.map(([name, value]) => [name, decodeURIComponent(value)]));
	return { ok: true, operationId: entry.operationId, pathParams, query: typed };
}

/** The body of a request with the defaults that docs/openapi.yaml documents for absent properties. */
export function withDefaults({ method, path, body }: ApiRequest): unknown {
	const entry = entries.find((candidate) => candidate.method === method && candidate.pattern.test(path));
	const filled: unknown = structuredClone(body);
	entry?.fillBody?.(filled);
	return filled;
}

/**
 * Returns the problems of a response.
 * Without an operation (unknown path) only an error is a valid response.
 */
export function checkAnswer(operationId: string | undefined, httpStatus: number, body: unknown): string[] {
	const check = operationId === undefined ? checkError : answerCheck(operationId, httpStatus);
	return check ? problemsOf(check, body, 'field') : [`${operationId} never answers ${httpStatus}`];
}

function answerCheck(operationId: string, httpStatus: number): ValidateFunction | undefined {
	const described = entries.find((entry) => entry.operationId === operationId)?.checkAnswer ?? {};
	return described[httpStatus] ?? (httpStatus >= 400 ? described.default : undefined);
}

/**
 * As `checkAnswer`, without any value of the response.
 *
 * @returns where and what is wrong; undefined if the status is not described
 */
export function answerErrors(
	operationId: string,
	httpStatus: number,
	body: unknown,
): Array<{ path: string; problem: string }> | undefined {
	const check = answerCheck(operationId, httpStatus);
	return (
		check && errorsOf(check, body).map(({ instancePath, message = '' }) => ({ path: instancePath, problem: message }))
	);
}

/** The schema of a response, with every `$ref` resolved. */
export function answerSchema(operationId: string, httpStatus: number): object | undefined {
	const schema = answerCheck(operationId, httpStatus)?.schema;
	return typeof schema === 'object' ? schema : undefined;
}

function loadDocument(): Document {
	const raw: unknown = parse(readFileSync(FILE, 'utf8'));
	return inlineRefs(raw, raw) as Document;
}

function inlineRefs(node: unknown, root: unknown): unknown {
	if (Array.isArray(node)) return node.map((item) => inlineRefs(item, root));
	if (typeof node !== 'object' || node === null) return node;
	if ('$ref' in node) return inlineRefs(lookUp(String(node.$ref), root), root);
	return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, inlineRefs(value, root)]));
}

function lookUp(ref: string, root: unknown): unknown {
	const found = ref
		.split('/')
		.slice(1)
		.reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], root);
	if (found === undefined) throw new Error(`docs/openapi.yaml has no ${ref}`);
	return found;
}

function toEntry(path: string, method: Method, source: OperationObject, shared: ParameterObject[]): Entry {
	const inQuery = [...shared, ...(source.parameters ?? [])].filter((parameter) => parameter.in === 'query');
	const bodySchema = source.requestBody?.content?.['application/json']?.schema;
	const answers = Object.entries(source.responses).map(
		([status, { content }]) => [status, bodies.compile(content?.['application/json']?.schema ?? {})] as const,
	);
	return {
		operationId: source.operationId,
		method: method.toUpperCase() as Uppercase<Method>,
		path,
		evidence: source['x-evidence'],
		pattern: new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
		source,
		checkQuery: queries.compile({
			type: 'object',
			properties: Object.fromEntries(inQuery.map(({ name, schema }) => [name, schema])),
			required: inQuery.filter(({ required }) => required).map(({ name }) => name),
			additionalProperties: false,
		}),
		checkBody: bodySchema && bodies.compile(bodySchema),
		fillBody: bodySchema && filledBodies.compile(bodySchema),
		checkAnswer: Object.fromEntries(answers),
	};
}

function bodyProblems({ source, checkBody, method, path }: Entry, body: unknown): string[] {
	if (body === undefined) return source.requestBody?.required ? [`${method} ${path} needs a body`] : [];
	return checkBody ? problemsOf(checkBody, body, 'field') : [`${method} ${path} takes no body`];
}

function problemsOf(check: ValidateFunction, value: unknown, noun: string): string[] {
	return errorsOf(check, value).map((error) => describe(error, noun));
}

function errorsOf(check: ValidateFunction, value: unknown): ErrorObject[] {
	return check(value) ? [] : (check.errors ?? []);
}

function describe(error: ErrorObject, noun: string): string {
	const where = error.instancePath.slice(1).replace(/\//g, '.');
	const name = where || 'the body';
	const child = (key: unknown) => [where, key].filter(Boolean).join('.');
	switch (error.keyword) {
		case 'additionalProperties':
			return `unknown ${noun} ${child(error.params.additionalProperty)}`;
		case 'required':
			return `${child(error.params.missingProperty)} is missing`;
		case 'type':
			// A missing body has no JSON, whatever the types say.
			return `${name} ${error.message}, not ${(JSON.stringify(error.data) as string | undefined)?.slice(0, 60)}`;
		default:
			return `${name} ${error.message}${unitHint(error)}`;
	}
}

/** A time in the wrong unit is the most likely mistake with this API, so it has a message of its own. */
function unitHint({ keyword, parentSchema }: ErrorObject): string {
	const unit = /^Epoch (seconds|milliseconds)/.exec(String(parentSchema?.description))?.[1];
	if (unit === 'seconds' && keyword === 'maximum') return ': it is epoch seconds, not milliseconds';
	if (unit === 'milliseconds' && keyword === 'minimum') return ': it is epoch milliseconds, not seconds';
	return '';
}
