import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Operation, Subtask, OperationContext, Task } from '../actions/operation';
import { ItemParameters } from '../parameters/itemParameters';
import { ParameterCache } from '../parameters/parameterCache';
import { findOperation } from '../actions/router';
import { isGeneralAdvice } from '../api/errors';
import { runPool } from '../utils/taskPool';
import { toNumber, stringOrNull } from '../utils/values';
import { createExecutionContext } from './executionContext';

type NodeFailure = NodeApiError | NodeOperationError;
type Failed = { error: NodeFailure };
type Outcome = { output: IDataObject[] } | Failed;

/** An item's task, or a part of it. */
interface WorkItem {
	item: number;
	/** What a part is called in its error. */
	name?: string;
	task: Task | Failed;
}

/** A task that has ended. */
interface StartedTask {
	item: number;
	/** What it has made, also where it failed afterwards. */
	currentOutput: IDataObject[];
	outcome: Outcome | Promise<Outcome>;
	/** What it leaves to do. */
	subtasks?: Subtask[];
}

const CONCURRENCY = { default: 5, max: 50 };
const MAX_RATE_LIMIT_WAIT_MS = 60_000;

/**
 * Takes the input items through the chosen operation. First every item's parameters are read, so that bad input costs
 * no request; then the items run in a bounded pool, and after them the subtasks of those that split; what is left to wait
 * for is awaited together. The output keeps the order of the input, each item paired with the one it came from. A
 * stopped execution gives what there is by then.
 *
 * @throws {NodeApiError | NodeOperationError} the first failure, unless the node is set to continue on errors: then a
 * failed item becomes an error item, and the others go on
 */
export async function executeItems(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const operation = selectedOperation(context);
	const goesOn = context.continueOnFail();
	const readings = new ParameterCache(context);
	const tasks = context.getInputData().map((_, item) => prepareTask(context, operation, item, readings));
	const refused = tasks.find(isFailed);
	if (refused && !goesOn) throw refused.error;

	const first = new ItemParameters(context, 0, operation.fields, readings);
	const { operationContext, clearStore, close } = await createExecutionContext(
		context,
		first.optionalDuration('options.longestPause') ?? MAX_RATE_LIMIT_WAIT_MS,
	);
	try {
		const seen = { toFailure: false };
		const isOver = () => operationContext.isStopped() || (seen.toFailure && !goesOn);
		/** Gives what has begun, in the order of the works. */
		const beginAll = async (works: WorkItem[]): Promise<StartedTask[]> => {
			const begun = new Map<WorkItem, StartedTask>();
			const starts = works.map((work) => async () => {
				const one = await startTask(context, operation, work, operationContext);
				seen.toFailure ||= isFailed(one.outcome);
				begun.set(work, one);
			});
			await runPool(starts, concurrency(context), () => !isOver());
			return works.flatMap((work) => begun.get(work) ?? []);
		};
		const whole = await beginAll(tasks.map((task, item) => ({ item, task })));
		const subtasks = await beginAll(whole.flatMap(({ item, subtasks = [] }) => subtasks.map((part) => ({ item, ...part }))));
		const begun = [...whole, ...subtasks].sort((a, b) => a.item - b.item);
		// Where the run is over anyway, nobody needs to wait for the others to be ready.
		const outcomes = isOver() ? begun.map(currentOutcome) : await Promise.all(begun.map(async ({ outcome }) => await outcome));

		const output = begun.flatMap(({ item }, index) => outputItems(outcomes[index], item));
		if (operationContext.isStopped()) return output.filter(({ error }) => !error);

		const failure = outcomes.find(isFailed);
		if (failure && !goesOn) throw withCreatedIds(failure.error, operation, begun);
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
	throw new NodeOperationError(context.getNode(), `Operation: there is no "${operation}" of "${resource}"`, {
		description: 'Open the node and choose a resource and an operation from the lists.',
	});
}

function concurrency(context: IExecuteFunctions): number {
	const value = toNumber(context.getNodeParameter('options.concurrency', 0, CONCURRENCY.default));
	return Math.min(Math.max(Math.floor(value) || CONCURRENCY.default, 1), CONCURRENCY.max);
}

function prepareTask(context: IExecuteFunctions, operation: Operation, item: number, readings: ParameterCache): Task | Failed {
	try {
		return operation.prepare(new ItemParameters(context, item, operation.fields, readings));
	} catch (error) {
		return failure(context, operation, { item }, error);
	}
}

async function startTask(context: IExecuteFunctions, operation: Operation, work: WorkItem, run: OperationContext): Promise<StartedTask> {
	const { item, task } = work;
	if (isFailed(task)) return { item, currentOutput: [], outcome: task };
	const fail = (thrown: unknown) => failure(context, operation, work, thrown);
	try {
		const result = await task(run);
		if ('subtasks' in result) return { item, currentOutput: [], outcome: { output: [] }, subtasks: result.subtasks };
		if (Array.isArray(result)) return { item, currentOutput: result, outcome: { output: result } };
		const { currentOutput, pending } = result;
		const failLate = (thrown: unknown) => withIdsInMessage(fail(thrown), idsIn(operation, currentOutput));
		return { item, currentOutput, outcome: pending.then((output) => ({ output }), failLate) };
	} catch (thrown) {
		return { item, currentOutput: [], outcome: fail(thrown) };
	}
}

/** What is known of an item without waiting for the pending of it. */
function currentOutcome({ currentOutput, outcome }: StartedTask): Outcome {
	return isFailed(outcome) ? outcome : { output: currentOutput };
}

/** Any failure as one of n8n's two kinds, with the item and the part that it belongs to and the operation's advice. */
function failure(
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
	// An error of n8n's own, made into one of the two kinds, shares its context with it.
	error.context = { ...error.context, itemIndex: item };
	if (name !== undefined) error.message = `${name}: ${error.message}`;
	const better = error instanceof NodeApiError && isGeneralAdvice(error) && advice?.[Number(error.httpCode)];
	if (better) error.description = better;
	return { error };
}

/** The same error anew: one that many items wait for together, such as that of a list, is thrown to each of them. */
function copyOf(node: INode, error: NodeFailure): NodeFailure {
	const { message, stack } = error;
	const copy =
		error instanceof NodeApiError ? new NodeApiError(node, { message }, { message }) : new NodeOperationError(node, message);
	return Object.assign(copy, error, { message, stack });
}

/** The ids of what was made: null where one is not known. Nothing for an operation that makes nothing. */
function idsIn({ createdIdKeys }: Operation, currentOutput: IDataObject[]): Array<string | null> {
	if (createdIdKeys === undefined) return [];
	return currentOutput.map((json) => createdIdKeys.map((key) => stringOrNull(json[key])).find((id) => id !== null) ?? null);
}

/** An item that fails once something was made has no other output, so its message tells what exists. */
function withIdsInMessage({ error }: Failed, ids: Array<string | null>): Failed {
	const untold = ids.filter((id) => id === null || !error.message.includes(id));
	if (untold.length > 0) error.message += ` (already made: ${untold.map(formatId).join(', ')})`;
	return { error };
}

function formatId(id: string | null): string {
	return id ?? 'not known';
}

function isFailed(value: object): value is Failed {
	return 'error' in value;
}

/** A run that stops half-way has no output, so its error tells which things exist already. */
function withCreatedIds(error: NodeFailure, operation: Operation, begun: StartedTask[]): NodeFailure {
	const made = begun.flatMap(({ item, currentOutput }) => idsIn(operation, currentOutput).map((id) => ({ item, id })));
	const [key] = operation.createdIdKeys ?? [];
	if (key === undefined || made.length === 0) return error;
	error.context.made = made;
	const list = made.map(({ item, id }) => `${formatId(id)} (item ${item})`).join(', ');
	error.description = `${error.description ?? ''} Already made in this run, by ${key}: ${list}.`.trim();
	return error;
}

function outputItems(outcome: Outcome | undefined, item: number): INodeExecutionData[] {
	if (!outcome) return [];
	if (!isFailed(outcome)) return outcome.output.map((json) => ({ json, pairedItem: { item } }));
	const { error } = outcome;
	// `error` beside `json` is what n8n sends items to the error output by.
	return [{ json: { error: error.message }, error, pairedItem: { item } }];
}
