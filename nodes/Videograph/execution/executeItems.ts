import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Operation, OperationContext, Subtask, Task } from '../actions/operation';
import { findOperation } from '../actions/router';
import { isGeneralAdvice } from '../api/errors';
import { ItemParameters } from '../parameters/itemParameters';
import { ParameterCache } from '../parameters/parameterCache';
import { runPool } from '../utils/taskPool';
import { stringOrNull, toNumber } from '../utils/values';
import { createExecutionContext } from './executionContext';

type NodeError = NodeApiError | NodeOperationError;
type Failed = { error: NodeError };
type Outcome = { output: IDataObject[] } | Failed;

/** The task of an item, or one of its subtasks. */
interface WorkItem {
	item: number;
	/** Prefix of the error of a subtask. */
	name?: string;
	task: Task | Failed;
}

interface StartedTask {
	item: number;
	/** The output so far, also if the task failed later. */
	currentOutput: IDataObject[];
	outcome: Outcome | Promise<Outcome>;
	subtasks?: Subtask[];
}

const CONCURRENCY = { default: 5, max: 50 };
const MAX_RATE_LIMIT_WAIT_MS = 60_000;

/**
 * Executes the selected operation for all input items. All parameters are read first, so that invalid input sends no
 * request. Items then run in a bounded pool, followed by the subtasks of items that split. Everything that is pending is
 * awaited together. The output is in the order of the input, with paired items. A stopped execution returns its output
 * so far.
 *
 * @throws {NodeApiError | NodeOperationError} the first failure, unless the node continues on fail: then a failed item
 * becomes an error item
 */
export async function executeItems(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const operation = selectedOperation(context);
	const continueOnFail = context.continueOnFail();
	const cache = new ParameterCache(context);
	const tasks = context.getInputData().map((_, item) => prepareTask(context, operation, item, cache));
	const invalid = tasks.find(isFailed);
	if (invalid && !continueOnFail) throw invalid.error;

	const firstItem = new ItemParameters(context, 0, operation.fields, cache);
	const { operationContext, clearStore, close } = await createExecutionContext(
		context,
		firstItem.optionalDuration('options.maxRateLimitWait') ?? MAX_RATE_LIMIT_WAIT_MS,
	);
	try {
		let hasFailed = false;
		const isOver = () => operationContext.isStopped() || (hasFailed && !continueOnFail);
		/** Runs work items, and returns those that were started, in order. */
		const startAll = async (workItems: WorkItem[]): Promise<StartedTask[]> => {
			const started = new Map<WorkItem, StartedTask>();
			const starts = workItems.map((workItem) => async () => {
				const task = await startTask(context, operation, workItem, operationContext);
				hasFailed ||= isFailed(task.outcome);
				started.set(workItem, task);
			});
			await runPool(starts, concurrency(context), () => !isOver());
			return workItems.flatMap((workItem) => started.get(workItem) ?? []);
		};
		const items = await startAll(tasks.map((task, item) => ({ item, task })));
		const parts = await startAll(
			items.flatMap(({ item, subtasks = [] }) => subtasks.map((subtask) => ({ item, ...subtask }))),
		);
		const started = [...items, ...parts].sort((a, b) => a.item - b.item);
		// A failed or stopped execution does not wait for pending results.
		const outcomes = isOver()
			? started.map(currentOutcome)
			: await Promise.all(started.map(async ({ outcome }) => await outcome));

		const output = started.flatMap(({ item }, index) => outputItems(outcomes[index], item));
		if (operationContext.isStopped()) return output.filter(({ error }) => !error);

		const failure = outcomes.find(isFailed);
		if (failure && !continueOnFail) throw withCreatedIds(failure.error, operation, started);
		if (!failure) clearStore();
		if (operation.processingHint && output.some(({ json }) => json.status === 'processing')) {
			context.addExecutionHints({ message: operation.processingHint, location: 'outputPane' });
		}
		return output;
	} finally {
		close();
	}
}

function selectedOperation(context: IExecuteFunctions): Operation {
	const resource = context.getNodeParameter('resource', 0);
	const operation = context.getNodeParameter('operation', 0);
	const found = findOperation(resource, operation);
	if (found) return found;
	throw new NodeOperationError(context.getNode(), `Operation: "${resource}" has no operation "${operation}"`, {
		description: 'Open the node and select a resource and an operation from the lists.',
	});
}

function concurrency(context: IExecuteFunctions): number {
	const value = toNumber(context.getNodeParameter('options.concurrency', 0, CONCURRENCY.default));
	return Math.min(Math.max(Math.floor(value) || CONCURRENCY.default, 1), CONCURRENCY.max);
}

function prepareTask(context: IExecuteFunctions, operation: Operation, item: number, cache: ParameterCache): Task | Failed {
	try {
		return operation.prepare(new ItemParameters(context, item, operation.fields, cache));
	} catch (error) {
		return toFailed(context, operation, { item }, error);
	}
}

async function startTask(
	context: IExecuteFunctions,
	operation: Operation,
	workItem: WorkItem,
	operationContext: OperationContext,
): Promise<StartedTask> {
	const { item, task } = workItem;
	if (isFailed(task)) return { item, currentOutput: [], outcome: task };
	const fail = (thrown: unknown) => toFailed(context, operation, workItem, thrown);
	try {
		const result = await task(operationContext);
		if ('subtasks' in result) return { item, currentOutput: [], outcome: { output: [] }, subtasks: result.subtasks };
		if (Array.isArray(result)) return { item, currentOutput: result, outcome: { output: result } };
		const { currentOutput, pending } = result;
		const failPending = (thrown: unknown) => withIdsInMessage(fail(thrown), createdIds(operation, currentOutput));
		return { item, currentOutput, outcome: pending.then((output) => ({ output }), failPending) };
	} catch (thrown) {
		return { item, currentOutput: [], outcome: fail(thrown) };
	}
}

/** The outcome without pending results. */
function currentOutcome({ currentOutput, outcome }: StartedTask): Outcome {
	return isFailed(outcome) ? outcome : { output: currentOutput };
}

/** Converts any error to an n8n error with its item, the name of its subtask, and the operation's advice. */
function toFailed(
	context: IExecuteFunctions,
	{ advice }: Operation,
	{ item, name }: Omit<WorkItem, 'task'>,
	thrown: unknown,
): Failed {
	const node = context.getNode();
	const error =
		thrown instanceof NodeApiError || thrown instanceof NodeOperationError
			? copyOf(node, thrown)
			: new NodeOperationError(node, thrown instanceof Error ? thrown : String(thrown));
	// A NodeOperationError shares its context with the n8n error it was created from.
	error.context = { ...error.context, itemIndex: item };
	if (name !== undefined) error.message = `${name}: ${error.message}`;
	const operationAdvice = error instanceof NodeApiError && isGeneralAdvice(error) && advice?.[Number(error.httpCode)];
	if (operationAdvice) error.description = operationAdvice;
	return { error };
}

/** Copies an error, because items that share a request also share its error. */
function copyOf(node: INode, error: NodeError): NodeError {
	const { message, stack } = error;
	const copy =
		error instanceof NodeApiError ? new NodeApiError(node, { message }, { message }) : new NodeOperationError(node, message);
	return Object.assign(copy, error, { message, stack });
}

/** IDs of created resources; null for an unknown ID. Empty if the operation does not create anything. */
function createdIds({ createdIdKeys }: Operation, currentOutput: IDataObject[]): Array<string | null> {
	if (createdIdKeys === undefined) return [];
	return currentOutput.map((json) => createdIdKeys.map((key) => stringOrNull(json[key])).find((id) => id !== null) ?? null);
}

/** An error item has no other output, so its message contains the IDs of created resources. */
function withIdsInMessage({ error }: Failed, ids: Array<string | null>): Failed {
	const missing = ids.filter((id) => id === null || !error.message.includes(id));
	if (missing.length > 0) error.message += ` (already created: ${missing.map(formatId).join(', ')})`;
	return { error };
}

function formatId(id: string | null): string {
	return id ?? 'ID unknown';
}

function isFailed(value: object): value is Failed {
	return 'error' in value;
}

/** A failed execution has no output, so its error contains the IDs of created resources. */
function withCreatedIds(error: NodeError, operation: Operation, started: StartedTask[]): NodeError {
	const created = started.flatMap(({ item, currentOutput }) => createdIds(operation, currentOutput).map((id) => ({ item, id })));
	const [key] = operation.createdIdKeys ?? [];
	if (key === undefined || created.length === 0) return error;
	error.context.created = created;
	const list = created.map(({ item, id }) => `${formatId(id)} (item ${item})`).join(', ');
	error.description = `${error.description ?? ''} Already created in this execution, by ${key}: ${list}.`.trim();
	return error;
}

function outputItems(outcome: Outcome | undefined, item: number): INodeExecutionData[] {
	if (!outcome) return [];
	if (!isFailed(outcome)) return outcome.output.map((json) => ({ json, pairedItem: { item } }));
	const { error } = outcome;
	// n8n sends items with `error` beside `json` to the error output.
	return [{ json: { error: error.message }, error, pairedItem: { item } }];
}
