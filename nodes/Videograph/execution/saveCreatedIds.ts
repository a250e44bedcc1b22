import type { IExecuteFunctions } from 'n8n-workflow';
import { isObject } from '../utils/values';
import { type CreatedId, formatId } from './toNodeError';

/** Expressions have it as `$execution.customData`. */
interface CustomData {
	set: (key: string, value: string) => void;
}

const KEY = 'videographCreated';
/** n8n logs an error for longer values. */
const MAX_VALUE_LENGTH = 255;

/**
 * Saves the IDs of the resources that a stopped execution has created: all in n8n's log, and as many as fit in the
 * execution's custom data. n8n 2.41.1 discards the output and the node context, because its
 * `ExecutionService.stopDuringRun` saves the data from before the execution. It saves custom data separately, but
 * not in queue mode.
 */
export function saveCreatedIds(context: IExecuteFunctions, created: CreatedId[]): void {
	if (created[0] === undefined) return;
	const ids = created.map(({ id }) => formatId(id));
	// The IDs are from the API. As JSON they contain no line breaks, which would start another entry of the log.
	const list = `${created[0].key}: ${JSON.stringify(ids)}`;
	context.logger.warn(`Execution ${context.getExecutionId()} was stopped. Videograph had already created ${list}`);
	customDataOf(context)?.set(KEY, shortened(ids));
}

function customDataOf(context: IExecuteFunctions): CustomData | undefined {
	const execution: unknown = context.getWorkflowDataProxy(0).$execution;
	return isObject(execution) && isCustomData(execution.customData) ? execution.customData : undefined;
}

function isCustomData(value: unknown): value is CustomData {
	return isObject(value) && typeof value.set === 'function';
}

function shortened(ids: string[]): string {
	const list = ids.join(', ');
	const more = ', …';
	if (list.length <= MAX_VALUE_LENGTH) return list;
	return `${list.slice(0, list.lastIndexOf(',', MAX_VALUE_LENGTH - more.length))}${more}`;
}
