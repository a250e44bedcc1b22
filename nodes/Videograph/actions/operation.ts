import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { VideographClient } from '../api/client';
import type { ItemParameters } from './parameters';

/** What is left to do for one item once its parameters are read: it alone sends requests. */
export type Task = (client: VideographClient) => Promise<IDataObject[]>;

/** One operation of a resource: everything that the node's description, its docs and its run need to know of it. */
export interface Operation {
	/** Value of the parameter `operation`; part of the public contract. */
	value: string;
	name: string;
	/** How n8n's node panel lists it, in sentence case and without articles. */
	action: string;
	description: string;
	/** Its parameters, without displayOptions for resource and operation: the registry adds those. */
	fields: INodeProperties[];
	/**
	 * Reads and checks the parameters of one item.
	 *
	 * @returns the work that is left, or throws what ItemParameters throws for a value that is not usable, and sends
	 * nothing in either case
	 */
	prepare(parameters: ItemParameters): Task;
	/** What to do about an HTTP status of the API, in the words of this operation's fields. */
	advice?: Partial<Record<number, string>>;
	/** The output field that identifies what the operation has made, for the error of a run that failed half-way. */
	makes?: string;
}

export interface Resource {
	/** Value of the parameter `resource`; part of the public contract. */
	value: string;
	name: string;
	/** The first one is the default. */
	operations: [Operation, ...Operation[]];
}
