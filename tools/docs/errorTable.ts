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
	OutcomeUnknownError: { message: 0, advice: 1 },
	error: { message: 0, advice: 1 },
	lineError: { message: 1, advice: 2 },
	uploadError: { message: 1, advice: 2 },
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
	const texts = files.sort().flatMap((file) => textsOf(readFileSync(join(folder, file), 'utf8')));
	const telling = texts.filter(({ message }) => /[a-z]{2}/i.test(message.replace('line …', '')));
	return [...new Map(telling.map((text) => [JSON.stringify(text), text])).values()];
}

function textsOf(source: string): ErrorText[] {
	const file = ts.createSourceFile('file.ts', source, ts.ScriptTarget.Latest, true);
	const constants = new Map<string, string>();
	const calls = localCalls(file);
	const found: ErrorText[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isFunctionDeclaration(node)) constants.delete('message');
		if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
			const text = textOf(node.initializer, constants);
			if (text !== undefined) constants.set(node.name.text, text);
			if (/^(ADVICE|NETWORK|CERTIFICATE)$/.test(node.name.text))
				found.push(...entriesOf(node.initializer, node.name.text, constants));
		}
		if (ts.isClassDeclaration(node)) found.push(...ownErrorOf(node, constants));
		if (ts.isPropertyAssignment(node) && node.name.getText() === 'advice')
			found.push(...entriesOf(node.initializer, 'ADVICE', constants));
		if (ts.isPropertyAssignment(node) && node.name.getText() === 'message') {
			const message = textOf(node.initializer, constants);
			if (message !== undefined) found.push({ message, advice: siblingAdvice(node, constants) });
		}
		if (ts.isFunctionDeclaration(node) && node.name?.text === 'notFoundAdvice') {
			found.push(...returnedTexts(node, constants).map((advice) => ({ message: '(API message, HTTP 404)', advice })));
		}
		if (ts.isCallExpression(node) || ts.isNewExpression(node)) found.push(...callOf(node, constants, calls));
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
): ErrorText[] {
	const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
	if (!given) return [];
	if (name === 'NodeOperationError' || name === 'NodeApiError') {
		const [, message, options] = given;
		// A NodeApiError is given its message as the variable `message`.
		const text = name === 'NodeApiError' ? constants.get('message') : message && textOf(message, constants);
		return text === undefined ? [] : [{ message: text, advice: descriptionOf(options, constants) }];
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

/** Advice for a missing response: the name of its constant, by the map of reasons. */
const NO_RESPONSE: Record<string, string> = { NETWORK: 'ADVICE_NO_RESPONSE', CERTIFICATE: 'ADVICE_CERTIFICATE' };

/** The texts of a map: advice by HTTP status, or reasons by network code. */
function entriesOf(map: ts.Expression, kind: string, constants: Map<string, string>): ErrorText[] {
	if (!ts.isObjectLiteralExpression(map)) return [];
	return map.properties.flatMap((property) => {
		if (!ts.isPropertyAssignment(property)) return [];
		const key = property.name.getText();
		const text = textOf(property.initializer, constants);
		if (text === undefined) return [];
		const constant = NO_RESPONSE[kind];
		return constant !== undefined
			? [{ message: `No response from Videograph: ${text}`, advice: constants.get(constant) ?? '' }]
			: /^\d+$/.test(key)
				? [{ message: `(API message, HTTP ${key})`, advice: text }]
				: [];
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
