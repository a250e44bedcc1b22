import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
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

/** The services that all items of an execution share, so that they share requests too. */
export interface OperationContext {
	client: VideographClient;
	clipCreator: ClipCreator;
	/** The requests that this execution has sent through `createOnce`, retained over its attempts. */
	store: ExecutionStore;
	clipPoller: ClipPoller;
	videoPoller: VideoPoller;
	livestreamPoller: LivestreamPoller;
	/** Finds the videos of uploaded files. */
	uploadPoller: UploadedVideoPoller;
	recordings: RecordingTimesCache;
	/** Serializes read-modify-write sequences on the same resource. */
	mutex: KeyedMutex;
	/** Sleeps for that many milliseconds. Returns false if the execution was stopped. */
	delay(milliseconds: number): Promise<boolean>;
	/** Whether the execution was stopped. */
	isStopped(): boolean;
	/** Whether an AI agent runs the node as a tool, which can return no files. */
	isTool: boolean;
	/** Stores a file as binary data of n8n. */
	saveFile: IExecuteFunctions['helpers']['prepareBinaryData'];
}

/** An output item with and without Simplify. */
export interface OutputItem {
	json: IDataObject;
	/** Its files. */
	binary?: IBinaryKeyData;
	/** The item if Simplify is off; `json` if omitted. */
	raw?: IDataObject;
}

/** The output item of an operation that changes a resource: without Simplify, it also has the response. */
export function withResponse(json: IDataObject, response: object | null): OutputItem {
	return { json, raw: { ...json, raw: response as IDataObject | null } };
}

/** The work of one item after its parameters were read. Only tasks send requests. */
export type Task = (context: OperationContext) => Promise<OutputItem[] | TaskResult>;

/** The result of a task that has more than output. */
export interface TaskResult {
	/** The output if the execution ends before `pending` resolves. */
	output: OutputItem[];
	/** The output of a task that has nothing left to do but wait: other tasks can start meanwhile. */
	pending?: Promise<OutputItem[]>;
	/** They run in the same pool as items, and each fails on its own. */
	subtasks?: Subtask[];
}

export interface Subtask {
	/** The prefix of its error messages. */
	name: string;
	task: Task;
}

/** One operation of a resource: the source of its fields in the editor, its documentation and its execution. */
export interface Operation {
	/** Value of the parameter `operation`; part of the public contract. */
	value: string;
	name: string;
	/** Its name in n8n's node panel, in sentence case and without articles. */
	action: string;
	description: string;
	/** When to choose it, for n8n's AI builder. */
	builderHint?: string;
	/** The operations of docs/openapi.yaml that it can call, the main one first. */
	endpoints: [Endpoint, ...Endpoint[]];
	/** Its parameters, without displayOptions for resource and operation: the router adds those. */
	fields: INodeProperties[];
	/**
	 * Reads and validates the parameters of one item. Sends nothing.
	 *
	 * @throws {NodeOperationError} if a value is invalid
	 */
	prepare(parameters: ItemParameters): Task;
	/** What to do about an HTTP status, in terms of this operation's fields. */
	advice?: Partial<Record<number, string>>;
	/** The output field with the ID of the created resource, for the error of an execution that failed halfway. */
	createdIdKey?: string;
	/** The hint above an output, if there is one. */
	hint?(output: IDataObject[]): string | undefined;
}

export interface Resource {
	/** Value of the parameter `resource`; part of the public contract. */
	value: string;
	name: string;
	/** Value of the operation that is selected by default; the first one if omitted. */
	defaultOperation?: string;
	operations: [Operation, ...Operation[]];
}
