import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { shortHash } from '../utils/hash';
import { formatValue, isObject, toNumber } from '../utils/values';
import { type BinaryFile, readBinaryFile } from './binaryFile';
import { parseBoolean } from './boolean';
import { parseDateTime } from './dateTime';
import { parseDuration } from './duration';
import { parseId } from './id';
import { InvalidValueError } from './invalidValueError';
import type { ParameterCache } from './parameterCache';

/**
 * Reads and validates the parameters of one item. For an invalid value every method throws a NodeOperationError with
 * the parameter's display name and the item index, so that bad input is refused before the first request.
 */
export class ItemParameters {
	/** n8n evaluates an expression anew for each read, which takes longer than the rest of the item. */
	private readonly resolved = new Map<string, unknown>();

	/**
	 * @param fields the operation's fields, for their display names
	 * @param cache shared by the items of an execution
	 */
	constructor(
		private readonly context: IExecuteFunctions,
		readonly itemIndex: number,
		private readonly fields: INodeProperties[],
		private readonly cache: ParameterCache,
	) {}

	/**
	 * The value as n8n resolves it.
	 *
	 * @param name may be the path of a value in a collection: `additionalFields.tags`
	 */
	value(name: string): unknown {
		return this.resolve(name, false);
	}

	/** A boolean, or the fallback if it is not set or empty. */
	boolean(name: string, fallback: boolean): boolean {
		return this.optionalBoolean(name) ?? fallback;
	}

	/** A boolean, or undefined if it is not set or empty. */
	optionalBoolean(name: string): boolean | undefined {
		return this.parse(name, parseBoolean);
	}

	/** Text that is not empty. A number, which an expression may return, becomes text. */
	text(name: string): string {
		return this.optionalText(name) ?? this.refuse(name, 'must not be empty', 'Enter a value.');
	}

	/** Text, or undefined if it is not set or empty. */
	optionalText(name: string): string | undefined {
		const value = this.value(name) ?? '';
		if (typeof value !== 'string' && typeof value !== 'number') {
			return this.refuse(name, `${formatValue(value)} is not text`, 'Enter text.');
		}
		return String(value).trim() || undefined;
	}

	/** One of the given values; the first if nothing is set. */
	choice<T extends string>(name: string, values: readonly [T, ...T[]]): T {
		const value = this.optionalText(name) ?? values[0];
		return (
			values.find((candidate) => candidate === value) ??
			this.refuse(name, `${formatValue(value)} is not a valid option`, `Select one of ${values.join(', ')}.`)
		);
	}

	/** An integer of 1 or more. */
	positiveInteger(name: string): number {
		const value = toNumber(this.value(name));
		if (Number.isSafeInteger(value) && value >= 1) return value;
		return this.refuse(
			name,
			`${formatValue(this.value(name))} is not a positive whole number`,
			'Enter a number such as 1 or 50.',
		);
	}

	/** The ID in a resource locator or in plain text. */
	id(name: string): string {
		const value = this.extractedValue(name);
		return this.attempt(name, () => parseId(value));
	}

	/** An ID, or undefined if it is not set or empty. */
	optionalId(name: string): string | undefined {
		return this.isSet(name) ? this.id(name) : undefined;
	}

	/** The IANA name of the workflow's time zone. */
	get zone(): string {
		return this.context.getTimezone();
	}

	/** A date and time in epoch milliseconds. Text without a zone is in the workflow's time zone. */
	dateTime(name: string): number {
		return this.parse(name, (value) => parseDateTime(value, this.zone));
	}

	/** A duration in milliseconds. */
	duration(name: string): number {
		return this.parse(name, parseDuration);
	}

	/** A date and time in epoch milliseconds, or undefined if it is not set or empty. */
	optionalDateTime(name: string): number | undefined {
		return this.isSet(name) ? this.dateTime(name) : undefined;
	}

	/** A duration in milliseconds, or undefined if it is not set or empty. */
	optionalDuration(name: string): number | undefined {
		return this.isSet(name) ? this.duration(name) : undefined;
	}

	/** The file in the binary field of the input item; the parameter contains the name of the field. */
	file(name: string): BinaryFile {
		const field = this.value(name);
		try {
			return readBinaryFile(this.context, this.itemIndex, field);
		} catch {
			return this.refuse(
				name,
				field === '' ? 'must not be empty' : `the item has no file in ${formatValue(field)}`,
				'Enter the name of the binary field that contains the file. The Binary tab of the input shows it.',
			);
		}
	}

	private isSet(name: string): boolean {
		const raw = this.value(name);
		const value = isObject(raw) && '__rl' in raw ? raw.value : raw;
		return value !== null && value !== undefined && value !== '';
	}

	/** Parses a value with a function that throws InvalidValueError. */
	parse<T>(name: string, parse: (value: unknown) => T): T {
		return this.attempt(name, () => parse(this.value(name) ?? ''));
	}

	private attempt<T>(name: string, parse: () => T): T {
		try {
			return parse();
		} catch (error) {
			if (error instanceof InvalidValueError) return this.refuse(name, error.message, error.advice);
			throw new NodeOperationError(this.context.getNode(), error as Error, { itemIndex: this.itemIndex });
		}
	}

	/**
	 * Identifies a request of this item among the requests of all executions. A retry by n8n has the same key.
	 *
	 * @param request what distinguishes it from other requests of the item
	 */
	idempotencyKey(...request: unknown[]): string {
		return shortHash([...this.cache.identity, this.itemIndex, ...request]);
	}

	/** An error of the item that is not caused by a parameter value. */
	error(message: string, description: string): NodeOperationError {
		return new NodeOperationError(this.context.getNode(), message, { description, itemIndex: this.itemIndex });
	}

	/**
	 * Throws the error for an invalid value.
	 *
	 * @param problem follows the parameter's display name in the message
	 * @param advice how to enter a valid value
	 */
	refuse(name: string, problem: string, advice: string): never {
		throw this.error(`${displayName(this.fields, name)}: ${problem}`, advice);
	}

	private resolve(name: string, extractValue: boolean): unknown {
		const key = extractValue ? `${name} extracted` : name;
		if (!this.resolved.has(key)) this.resolved.set(key, this.cache.value(name, this.itemIndex, extractValue));
		return this.resolved.get(key);
	}

	/** The value of a resource locator; from a URL, the part that matches its pattern. */
	private extractedValue(name: string): unknown {
		try {
			return this.resolve(name, true);
		} catch {
			const raw = this.value(name);
			const value = isObject(raw) ? raw.value : raw;
			return this.refuse(
				name,
				`${formatValue(value)} does not contain an ID`,
				'Enter the URL of a Videograph page that contains the ID, or select By ID.',
			);
		}
	}
}

/** The display name of a parameter; `name` may be a path into a collection. */
function displayName(fields: INodeProperties[], name: string): string {
	const [fieldName = name, optionName] = name.split('.');
	const field = fields.find((candidate) => candidate.name === fieldName);
	const property = optionName === undefined ? field : field?.options?.find((option) => option.name === optionName);
	return (property && 'displayName' in property && property.displayName) || name;
}
