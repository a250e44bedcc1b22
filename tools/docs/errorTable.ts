import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A text that a person may read when something goes wrong, with … where a value is put in. */
export interface ErrorText {
	message: string;
	advice: string;
}

/** The arguments of a call, or of `new`, that are the message and the advice. */
interface Positions {
	message: number;
	advice: number;
	/** The advice if the argument is missing. */
	defaultAdvice?: ts.Expression;
}

/** Functions of other files and methods. A function of the same file with a parameter `advice` is found by itself. */
const CALLS: Record<string, Positions> = {
	InvalidValueError: { message: 0, advice: 1 },
	error: { message: 0, advice: 1 },
	lineError: { message: 1, advice: 2 },
	refuse: { message: 1, advice: 2 },
};

/** The functions of a file with a parameter `advice`; the message is the parameter before it. */
function localCalls(file: ts.SourceFile): Map<string, Positions> {
	const calls = new Map<string, Positions>();
	const visit = (node: ts.Node): void => {
		const declared = ts.isVariableDeclaration(node) ? node.initializer : node;
		if (declared && (ts.isFunctionDeclaration(declared) || ts.isArrowFunction(declared))) {
			const advice = declared.parameters.findIndex(({ name }) => name.getText() === 'advice');
			const name = ts.isVariableDeclaration(node) ? node.name.getText() : declared.name?.getText();
			const defaultAdvice = declared.parameters[advice]?.initializer;
			if (name !== undefined && advice > 0) {
				calls.set(name, { message: advice - 1, advice, ...(defaultAdvice && { defaultAdvice }) });
			}
		}
		ts.forEachChild(node, visit);
	};
	visit(file);
	return calls;
}

/** Every error text in the files under a folder, in the order of the files, each once. */
export function errorTexts(folder: string): ErrorText[] {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.d)\.ts$/.test(file));
	const sources = files.sort().map((file) => readFileSync(join(folder, file), 'utf8'));
	const advice = new Map(sources.flatMap(adviceByReason));
	const texts = sources.flatMap((source) => textsOf(source, advice));
	const telling = texts.filter(({ message }) => /[a-z]{2}/i.test(message.replace('line …', '')));
	return [...new Map(telling.map((text) => [JSON.stringify(text), text])).values()];
}

/** The advice for errors of the API, by the reason of the failure. */
function adviceByReason(source: string): Array<[reason: string, advice: string]> {
	const found: Array<[string, string]> = [];
	const visit = (node: ts.Node): void => {
		if (ts.isVariableDeclaration(node) && node.name.getText() === 'ADVICE_BY_REASON' && node.initializer) {
			found.push(...textProperties(node.initializer));
		}
		ts.forEachChild(node, visit);
	};
	visit(parse(source));
	return found;
}

/** The properties of an object literal that are texts. */
function textProperties(
	node: ts.Expression,
	constants = new Map<string, string>(),
): Array<[name: string, text: string]> {
	if (!ts.isObjectLiteralExpression(node)) return [];
	return node.properties.flatMap((property): Array<[string, string]> => {
		const text = ts.isPropertyAssignment(property) && textOf(property.initializer, constants);
		return typeof text === 'string' ? [[property.name?.getText() ?? '', text]] : [];
	});
}

function parse(source: string): ts.SourceFile {
	return ts.createSourceFile('file.ts', source, ts.ScriptTarget.Latest, true);
}

function textsOf(source: string, reasons: Map<string, string>): ErrorText[] {
	const file = parse(source);
	const constants = new Map<string, string>();
	const calls = localCalls(file);
	const found: ErrorText[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isFunctionDeclaration(node)) constants.delete('message');
		if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
			const text = textOf(node.initializer, constants);
			if (text !== undefined) constants.set(node.name.text, text);
			if (/^(ADVICE|UPLOAD_ADVICE|MEDIA_ADVICE|NETWORK|CERTIFICATE)$/.test(node.name.text))
				found.push(...entriesOf(node.initializer, node.name.text, constants, reasons));
		}
		if (ts.isClassDeclaration(node)) found.push(...ownErrorOf(node, constants));
		if (ts.isPropertyAssignment(node) && node.name.getText() === 'advice')
			found.push(...entriesOf(node.initializer, 'ADVICE', constants, reasons));
		if (ts.isPropertyAssignment(node) && node.name.getText() === 'message') {
			const message = textOf(node.initializer, constants);
			if (message !== undefined) found.push({ message, advice: siblingAdvice(node, constants) });
		}
		if (ts.isFunctionDeclaration(node) && node.name?.text === 'notFoundAdvice') {
			found.push(...returnedTexts(node, constants).map((advice) => ({ message: '(API message, HTTP 404)', advice })));
		}
		if (ts.isCallExpression(node) || ts.isNewExpression(node)) found.push(...callOf(node, constants, calls, reasons));
		ts.forEachChild(node, visit);
	};
	// Constants may stand behind the functions that use them.
	ts.forEachChild(file, visit);
	found.length = 0;
	ts.forEachChild(file, visit);
	return found;
}

function callOf(
	{ expression, arguments: given }: ts.CallExpression | ts.NewExpression,
	constants: Map<string, string>,
	local: Map<string, Positions>,
	reasons: Map<string, string>,
): ErrorText[] {
	const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
	if (!given) return [];
	if (name === 'NodeOperationError') {
		const [, message, options] = given;
		const text = message && textOf(message, constants);
		return text === undefined ? [] : [{ message: text, advice: descriptionOf(options, constants) }];
	}
	if (name === 'VideographError') {
		const [message, details] = given;
		const text = message && textOf(message, constants);
		const reason = new Map(details ? textProperties(details) : []).get('reason') ?? '';
		return text === undefined ? [] : [{ message: text, advice: reasons.get(reason) ?? '' }];
	}
	if (name === 'mediaError') {
		const [reason, , message] = given;
		const [text, key] = [message && textOf(message, constants), reason && textOf(reason, constants)];
		return text === undefined ? [] : [{ message: text, advice: reasons.get(key ?? '') ?? '' }];
	}
	const known = Object.hasOwn(CALLS, name) ? CALLS[name] : undefined;
	const positions = (ts.isIdentifier(expression) ? local.get(name) : undefined) ?? known;
	if (!positions) return [];
	const text = (argument: ts.Expression | undefined) => argument && textOf(argument, constants);
	const message = text(given[positions.message]);
	const advice = text(given[positions.advice] ?? positions.defaultAdvice);
	return message === undefined ? [] : [{ message, advice: advice ?? '' }];
}

/** The `advice` beside a `message` in an object. */
function siblingAdvice({ parent }: ts.PropertyAssignment, constants: Map<string, string>): string {
	const advice = ts.isObjectLiteralExpression(parent)
		? parent.properties.find((property) => ts.isPropertyAssignment(property) && property.name.getText() === 'advice')
		: undefined;
	return (advice && ts.isPropertyAssignment(advice) && textOf(advice.initializer, constants)) || '';
}

function returnedTexts({ body }: ts.FunctionDeclaration, constants: Map<string, string>): string[] {
	return (body?.statements ?? []).flatMap((statement) => {
		const text = ts.isReturnStatement(statement) && statement.expression && textOf(statement.expression, constants);
		return text || [];
	});
}

/** The texts of an error class of the project's own: what it gives to `super`, and what it sets as its description. */
function ownErrorOf(node: ts.ClassDeclaration, constants: Map<string, string>): ErrorText[] {
	let message: string | undefined;
	let advice = '';
	const visit = (inner: ts.Node): void => {
		if (ts.isCallExpression(inner) && inner.expression.kind === ts.SyntaxKind.SuperKeyword && inner.arguments[0]) {
			message = textOf(inner.arguments[0], constants);
		}
		if (ts.isBinaryExpression(inner) && inner.left.getText() === 'this.description') {
			advice = textOf(inner.right, constants) ?? '';
		}
		ts.forEachChild(inner, visit);
	};
	visit(node);
	return message === undefined ? [] : [{ message, advice }];
}

/** How the message begins, by the map of its texts. */
const MESSAGES: Record<string, (key: string, text: string) => string> = {
	NETWORK: (_, text) => `No response from Videograph: ${text}`,
	CERTIFICATE: (_, text) => `No response from Videograph: ${text}`,
	ADVICE: (status) => `(API message, HTTP ${status})`,
	UPLOAD_ADVICE: (status) => `The file was not uploaded: HTTP ${status}`,
	MEDIA_ADVICE: (status) => `… could not be downloaded: HTTP ${status}`,
};

/** The texts of a map: advice by HTTP status, or reasons by network code. */
function entriesOf(
	map: ts.Expression,
	kind: string,
	constants: Map<string, string>,
	reasons: Map<string, string>,
): ErrorText[] {
	return textProperties(map, constants).flatMap(([key, text]) => {
		const message = MESSAGES[kind]?.(key, text) ?? text;
		if (/^\d+$/.test(key)) return [{ message, advice: text }];
		return kind.endsWith('ADVICE') ? [] : [{ message, advice: reasons.get(kind.toLowerCase()) ?? '' }];
	});
}

function descriptionOf(options: ts.Expression | undefined, constants: Map<string, string>): string {
	if (!options || !ts.isObjectLiteralExpression(options)) return '';
	for (const property of options.properties) {
		if (ts.isPropertyAssignment(property) && property.name.getText() === 'description')
			return textOf(property.initializer, constants) ?? '';
	}
	return '';
}

/** The text of a literal, a template, a constant, or a function that returns one; undefined for anything else. */
function textOf(node: ts.Expression, constants: Map<string, string>): string | undefined {
	if (ts.isStringLiteralLike(node)) return node.text;
	if (ts.isIdentifier(node)) return constants.get(node.text);
	if (ts.isArrowFunction(node)) return ts.isExpression(node.body) ? textOf(node.body, constants) : undefined;
	if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
		const [left, right] = [textOf(node.left, constants), textOf(node.right, constants)];
		return left === undefined || right === undefined ? undefined : left + right;
	}
	if (!ts.isTemplateExpression(node)) return undefined;
	return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
}
