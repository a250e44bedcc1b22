import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { VideographClient } from '../api/client';
import type { Endpoint } from '../api/types';
import type { ClipCreator } from '../clip/createClip';
import type { ExecutionStore } from '../idempotency/executionStore';
import type { RecordingTimesCache } from '../livestream/recordingTimes';
import type { ItemParameters } from '../parameters/itemParameters';
import type { ClipPoller } from '../polling/clipPoller';
import type { LivestreamPoller } from '../polling/livestreamPoller';
import type { UploadedVideoPoller } from '../polling/uploadedVideoPoller';
import type { VideoPoller } from '../polling/videoPoller';
import type { KeyedMutex } from '../utils/keyedMutex';

/** What the tasks of one run share, so that many items cost no more requests than they must. */
export interface OperationContext {
	client: VideographClient;
	clipCreator: ClipCreator;
	/** What this execution has asked for through `createOnce`, kept over its tries. */
	store: ExecutionStore;
	clipPoller: ClipPoller;
	videoPoller: VideoPoller;
	livestreamPoller: LivestreamPoller;
	/** Finds the videos that uploaded files become. */
	uploadPoller: UploadedVideoPoller;
	recordings: RecordingTimesCache;
	/** For what is read, changed and written back. */
	mutex: KeyedMutex;
	/** Sleeps that many milliseconds, and tells whether the execution goes on. */
	delay(milliseconds: number): Promise<boolean>;
	/** Whether somebody has stopped the execution. */
	isStopped(): boolean;
}

/** The work of one item after its parameters were read. Only tasks send requests. */
export type Task = (run: OperationContext) => Promise<IDataObject[] | TaskResult>;

/** The result of a task that has more than output. */
export interface TaskResult {
	/** The output if the execution ends before `pending` resolves. */
	output: IDataObject[];
	/** The output of a task that has nothing left to do but wait: other tasks can start meanwhile. */
	pending?: Promise<IDataObject[]>;
	/** They run in the same pool as items, and each fails on its own. */
	subtasks?: Subtask[];
}

export interface Subtask {
	/** The prefix of its error messages. */
	name: string;
	task: Task;
}

/** One operation of a resource: everything that the node's description, its docs and its run need to know of it. */
export interface Operation {
	/** Value of the parameter `operation`; part of the public contract. */
	value: string;
	name: string;
	/** How n8n's node panel lists it, in sentence case and without articles. */
	action: string;
	description: string;
	/** The operations of docs/openapi.yaml that it may call, the one that does its work first. */
	endpoints: [Endpoint, ...Endpoint[]];
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
	/**
	 * The output field that identifies what the operation has made, for the error of a run that failed half-way, and
	 * what the API calls it, where the output may be the API's answer.
	 */
	createdIdKeys?: [key: string, ...ofApi: string[]];
	/** What n8n shows above an output in which something has the status processing. */
	processingHint?: string;
}

export interface Resource {
	/** Value of the parameter `resource`; part of the public contract. */
	value: string;
	name: string;
	/** Value of the operation that is chosen at first; the first one where it is left out. */
	defaultOperation?: string;
	operations: [Operation, ...Operation[]];
}
