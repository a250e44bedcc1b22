import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Operation, OperationContext, OutputItem, Task } from '../actions/operation';
import { findOperation } from '../actions/router';
import { ItemParameters } from '../parameters/itemParameters';
import { ParameterCache } from '../parameters/parameterCache';
import { runPool } from '../utils/taskPool';
import { stringOrNull, toNumber } from '../utils/values';
import { createExecutionContext } from './executionContext';
import { saveCreatedIds } from './saveCreatedIds';
import { type CreatedId, type ErrorScope, formatId, toNodeError } from './toNodeError';

/** The task of an item, or one of its subtasks. */
interface WorkItem {
	item: number;
	/** Prefix of the error of a subtask. */
	name?: string;
	task: Task | Failure;
	simplify: boolean;
}

class Failure {
	constructor(
		readonly thrown: unknown,
		readonly scope: ErrorScope,
	) {}
}

/** The result of a work item. */
interface Outcome extends Pick<WorkItem, 'item' | 'simplify'> {
	/** Also has the created resources of a task that failed later. */
	output: OutputItem[];
	failure?: Failure;
}

interface StartedTask extends Outcome {
	pending?: Promise<Outcome>;
	subtasks?: WorkItem[];
}

const CONCURRENCY = { default: 5, max: 50 };
const MAX_RATE_LIMIT_WAIT_MS = 60_000;

/**
 * Executes the selected operation for all input items. All parameters are read first, so that invalid input sends no
 * request. Items then run in a bounded pool, followed by the subtasks of items that split. All pending results are
 * awaited together. The output is in the order of the input, with paired items. A stopped execution returns its output
 * so far.
 *
 * @throws {NodeApiError | NodeOperationError} the first failure, unless the node continues on fail: then a failed item
 * becomes an error item
 */
export async function executeItems(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const operation = selectedOperation(context);
	const continueOnFail = context.continueOnFail();
	const render = ({ thrown, scope }: Failure, created?: CreatedId[]) =>
		toNodeError(context.getNode(), thrown, { ...scope, operationAdvice: operation.advice, created });

	const cache = new ParameterCache(context);
	const workItems = context.getInputData().map((_, item) => prepareItem(context, operation, item, cache));
	const invalid = workItems.map(({ task }) => task).find(isFailure);
	if (invalid && !continueOnFail) throw render(invalid);

	const firstItem = new ItemParameters(context, 0, operation.fields, cache);
	const { operationContext, clearStore, close } = await createExecutionContext(
		context,
		firstItem.optionalDuration('options.maxRateLimitWait') ?? MAX_RATE_LIMIT_WAIT_MS,
	);
	try {
		let hasFailed = false;
		const isOver = () => operationContext.isStopped() || (hasFailed && !continueOnFail);
		/** Runs work items, and returns those that were started, in order. */
		const startAll = async (all: WorkItem[]): Promise<StartedTask[]> => {
			const started = new Map<WorkItem, StartedTask>();
			const starts = all.map((workItem) => async () => {
				const task = await startTask(operation, workItem, operationContext);
				hasFailed ||= task.failure !== undefined;
				started.set(workItem, task);
			});
			await runPool(starts, concurrency(context), () => !isOver());
			return all.flatMap((workItem) => started.get(workItem) ?? []);
		};
		const items = await startAll(workItems);
		const parts = await startAll(items.flatMap(({ subtasks = [] }) => subtasks));
		const started = [...items, ...parts].sort((a, b) => a.item - b.item);
		// A failed or stopped execution does not wait for pending results.
		const outcomes: Outcome[] = isOver()
			? started
			: await Promise.all(started.map(async (task) => (await task.pending) ?? task));

		if (operationContext.isStopped()) {
			saveCreatedIds(context, createdIds(operation, started));
			return outcomes.filter(({ failure }) => !failure).flatMap(outputItems);
		}

		const failed = outcomes.find(({ failure }) => failure);
		if (failed?.failure && !continueOnFail) throw render(failed.failure, createdIds(operation, started));
		if (!failed) clearStore();
		const output = outcomes.flatMap((outcome) => {
			if (!outcome.failure) return outputItems(outcome);
			const error = render(outcome.failure);
			// n8n sends items with `error` beside `json` to the error output.
			return [{ json: { error: error.message }, error, pairedItem: { item: outcome.item } }];
		});
		const succeeded = outcomes.filter(({ failure }) => !failure);
		const message = operation.hint?.(succeeded.flatMap((outcome) => outcome.output.map(({ json }) => json)));
		if (message !== undefined) context.addExecutionHints({ message, location: 'outputPane' });
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

function prepareItem(context: IExecuteFunctions, operation: Operation, item: number, cache: ParameterCache): WorkItem {
	const parameters = new ItemParameters(context, item, operation.fields, cache);
	try {
		return { item, task: operation.prepare(parameters), simplify: readSimplify(parameters, operation) };
	} catch (error) {
		return { item, task: new Failure(error, { itemIndex: item }), simplify: true };
	}
}

/** Simplify is a field of operations that only read, and an option of the others. */
function readSimplify(parameters: ItemParameters, { fields }: Operation): boolean {
	const isField = fields.some(({ name }) => name === 'simplify');
	return parameters.boolean(isField ? 'simplify' : 'options.simplify', true);
}

async function startTask(
	operation: Operation,
	{ item, name, task, simplify }: WorkItem,
	operationContext: OperationContext,
): Promise<StartedTask> {
	const base = { item, simplify };
	if (isFailure(task)) return { ...base, output: [], failure: task };
	const scope: ErrorScope = { itemIndex: item, prefix: name && `${name}: ` };
	try {
		const result = await task(operationContext);
		const { output, pending, subtasks } = Array.isArray(result) ? { output: result } : result;
		return {
			...base,
			output,
			subtasks: subtasks?.map((subtask) => ({ ...base, ...subtask })),
			pending: pending?.then(
				(finalOutput) => ({ ...base, output: finalOutput }),
				(thrown: unknown) => {
					const suffix = idsSuffix(thrown, createdIds(operation, [{ ...base, output }]));
					return { ...base, output, failure: new Failure(thrown, { ...scope, suffix }) };
				},
			),
		};
	} catch (thrown) {
		return { ...base, output: [], failure: new Failure(thrown, scope) };
	}
}

function isFailure(task: Task | Failure): task is Failure {
	return task instanceof Failure;
}

/** IDs of created resources, without reused ones. Empty if the operation does not create anything. */
function createdIds({ createdIdKey: key }: Operation, outcomes: Outcome[]): CreatedId[] {
	if (key === undefined) return [];
	return outcomes.flatMap(({ item, output }) =>
		output.filter(({ json }) => json.created !== false).map(({ json }) => ({ item, key, id: stringOrNull(json[key]) })),
	);
}

/** An error item has no other output, so its message contains the IDs, unless the error is the operation's own. */
function idsSuffix(thrown: unknown, created: CreatedId[]): string {
	if (thrown instanceof NodeOperationError || created.length === 0) return '';
	return ` (already created: ${created.map(({ id }) => formatId(id)).join(', ')})`;
}

function outputItems({ item, output, simplify }: Outcome): INodeExecutionData[] {
	return output.map(({ json, raw = json, binary }) => ({
		json: simplify ? json : raw,
		...(binary && { binary }),
		pairedItem: { item },
	}));
}
