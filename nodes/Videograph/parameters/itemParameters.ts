import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { parseDuration } from './duration';
import { parseDateTime } from './dateTime';
import { parseBoolean } from './boolean';
import { parseId } from './id';
import { InvalidValueError } from './invalidValueError';
import { isObject, toNumber, formatValue } from '../utils/values';
import { readBinaryFile, type BinaryFile } from './binaryFile';
import type { ParameterCache } from './parameterCache';

/**
 * The parameters of one item, read and checked. Every method throws a NodeOperationError which names the parameter by
 * its display name and carries the item, so that bad input is refused before any request.
 */
export class ItemParameters {
	/**
	 * @param fields the operation's fields, for their display names
	 * @param cache those that the items of a run share
	 */
	constructor(
		private readonly context: IExecuteFunctions,
		readonly itemIndex: number,
		private readonly fields: INodeProperties[],
		private readonly cache: ParameterCache,
	) {}

	/** The value as n8n resolved it. @param name may lead into a collection: `additionalFields.tags` */
	value(name: string): unknown {
		return this.cache.value(name, this.itemIndex);
	}

	/** True or false; the fallback where it is not set or empty. */
	boolean(name: string, fallback: boolean): boolean {
		return this.optionalBoolean(name) ?? fallback;
	}

	/** True or false, or undefined where it is not set or empty. */
	optionalBoolean(name: string): boolean | undefined {
		return this.parse(name, parseBoolean);
	}

	/** A text that is not empty. Numbers that an expression gave are taken as text. */
	text(name: string): string {
		return this.optionalText(name) ?? this.refuse(name, 'it is empty', 'Fill it in.');
	}

	/** A text, or undefined where it is not set or empty. */
	optionalText(name: string): string | undefined {
		const value = this.value(name) ?? '';
		if (typeof value !== 'string' && typeof value !== 'number') {
			return this.refuse(name, `${formatValue(value)} is not a text`, 'Give a text.');
		}
		return String(value).trim() || undefined;
	}

	/** One of the values of a list; the first where nothing is set. */
	choice<T extends string>(name: string, values: readonly [T, ...T[]]): T {
		const value = this.optionalText(name) ?? values[0];
		return (
			values.find((one) => one === value) ??
			this.refuse(name, `there is no ${formatValue(value)}`, `Choose one of ${values.join(', ')}.`)
		);
	}

	/** A whole number of 1 or more. */
	positiveInteger(name: string): number {
		const value = toNumber(this.value(name));
		if (Number.isSafeInteger(value) && value >= 1) return value;
		return this.refuse(name, `${formatValue(this.value(name))} is not a whole number of 1 or more`, 'Give a number such as 1 or 50.');
	}

	/** The id that a resource locator or a plain text holds. */
	id(name: string): string {
		const value = this.extractedValue(name);
		return this.parse(name, () => parseId(value));
	}

	/** The id, or undefined where it is not set or empty. */
	optionalId(name: string): string | undefined {
		return this.isSet(name) ? this.id(name) : undefined;
	}

	/** IANA name of the time zone of the workflow. */
	get zone(): string {
		return this.context.getTimezone();
	}

	/** A moment, in epoch milliseconds; without a zone of its own it is read in the zone of the workflow. */
	dateTime(name: string): number {
		return this.parse(name, (value) => parseDateTime(value, this.zone));
	}

	/** A length of time, in milliseconds. */
	duration(name: string): number {
		return this.parse(name, parseDuration);
	}

	/** A moment, in epoch milliseconds, or undefined where it is not set or empty. */
	optionalDateTime(name: string): number | undefined {
		return this.isSet(name) ? this.dateTime(name) : undefined;
	}

	/** A length of time, in milliseconds, or undefined where it is not set or empty. */
	optionalDuration(name: string): number | undefined {
		return this.isSet(name) ? this.duration(name) : undefined;
	}

	/** The file in the field of the input item that the parameter names. */
	file(name: string): BinaryFile {
		const field = this.value(name);
		try {
			return readBinaryFile(this.context, this.itemIndex, field);
		} catch {
			return this.refuse(
				name,
				field === '' ? 'it is empty' : `the item has no file in ${formatValue(field)}`,
				'Give the name of the field that the file is in: the binary tab of the input shows it.',
			);
		}
	}

	private isSet(name: string): boolean {
		const raw = this.value(name);
		const value = isObject(raw) && '__rl' in raw ? raw.value : raw;
		return value !== null && value !== undefined && value !== '';
	}

	/** A value through one of the pure functions that throw InvalidInput. */
	parse<T>(name: string, parse: (value: unknown) => T): T {
		try {
			return parse(this.value(name) ?? '');
		} catch (error) {
			if (error instanceof InvalidValueError) return this.refuse(name, error.message, error.advice);
			throw new NodeOperationError(this.context.getNode(), error as Error, { itemIndex: this.itemIndex });
		}
	}

	/** What names this item among all items of all executions: it stays the same when n8n retries the node. */
	identity(): unknown[] {
		return [...this.cache.identity, this.itemIndex];
	}

	/** The error for what went wrong with the item after its parameters were read. */
	error(message: string, description: string): NodeOperationError {
		return new NodeOperationError(this.context.getNode(), message, { description, itemIndex: this.itemIndex });
	}

	/**
	 * Refuses the item.
	 *
	 * @param problem what is wrong with the value, without the parameter's name
	 * @param advice what would be right
	 */
	refuse(name: string, problem: string, advice: string): never {
		throw this.error(`${displayName(this.fields, name)}: ${problem}`, advice);
	}

	/** The value of a resource locator, through its URL pattern where it is a URL. */
	private extractedValue(name: string): unknown {
		try {
			return this.cache.value(name, this.itemIndex, true);
		} catch {
			const raw = this.value(name);
			const value = isObject(raw) ? raw.value : raw;
			return this.refuse(name, `${formatValue(value)} does not hold an ID`, 'Give the address of a page of Videograph that ends in the ID, or choose By ID.');
		}
	}
}

/** The display name of a parameter, found along its path through collections. */
function displayName(fields: INodeProperties[], name: string): string {
	const [first = name, ...rest] = name.split('.');
	const field = fields.find((candidate) => candidate.name === first);
	const inner = rest.length ? field?.options?.find((option) => option.name === rest[0]) : field;
	return (inner && 'displayName' in inner && inner.displayName) || name;
}
