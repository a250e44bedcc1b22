import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { VideographClient } from '../api/client';
import type { ClipMaker, KeptVideoClip, Memory } from '../clip/make';
import type { StreamTimes } from '../clip/streamTimes';
import type { ClipWatch } from '../clip/watch';
import type { ItemParameters } from './parameters';

/** What the tasks of one run share, so that many items cost no more requests than they must. */
export interface Run {
	client: VideographClient;
	maker: ClipMaker;
	/** The clips of videos that this execution has asked for, kept over its tries. */
	videoClips: Memory<KeptVideoClip>;
	watch: ClipWatch;
	streams: StreamTimes;
	/** Sleeps that many milliseconds, and tells whether the execution goes on. */
	pause(milliseconds: number): Promise<boolean>;
	/** Whether somebody has stopped the execution. */
	isStopped(): boolean;
}

/** What is left to do for one item once its parameters are read: it alone sends requests. */
export type Task = (run: Run) => Promise<IDataObject[] | Unfinished | Split>;

/** An item that asks for several things. They run as items do: in the same pool, and each fails for itself alone. */
export interface Split {
	parts: Part[];
}

export interface Part {
	/** What the error of this part begins with. */
	name: string;
	task: () => Promise<IDataObject[] | Unfinished>;
}

/** The result of a task which has done its work, and has nothing left to do but to wait: others may start meanwhile. */
export interface Unfinished {
	/** What exists already: it is in the output should the execution be stopped. */
	soFar: IDataObject[];
	rest: Promise<IDataObject[]>;
}

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
