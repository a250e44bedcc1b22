import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Operation, Task } from '../actions/operation';
import { ItemParameters } from '../actions/parameters';
import { findOperation } from '../actions/registry';
import type { VideographClient } from '../api/client';
import { connect } from '../api/connect';
import { textOrNull } from '../shared/values';
import { runPool } from './pool';

type NodeFailure = NodeApiError | NodeOperationError;
type Outcome = { output: IDataObject[] } | { error: NodeFailure };

const DEFAULT_CONCURRENCY = 5;
const MAX_CONCURRENCY = 50;

/**
 * Takes the input items through the chosen operation. First every item's parameters are read, so that bad input costs
 * no request; then the items run in a bounded pool. The output keeps the order of the input, each item paired with the
 * one it came from.
 *
 * @throws {NodeApiError | NodeOperationError} the first failure, unless the node is set to continue on errors: then a
 * failed item becomes an error item, and the others go on
 */
export async function run(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const operation = chosenOperation(context);
	const goesOn = context.continueOnFail();
	const tasks = context.getInputData().map((_, index) => prepared(context, operation, index));
	const refused = tasks.find(isError);
	if (refused && !goesOn) throw refused.error;

	const client = await connect(context);
	let failed = false;
	const outcomes = await runPool(
		tasks.map((task, index) => async () => {
			const outcome = isError(task) ? task : await performed(context.getNode(), operation, index, task, client);
			failed ||= isError(outcome);
			return outcome;
		}),
		concurrency(context),
		() => !context.getExecutionCancelSignal()?.aborted && (goesOn || !failed),
	);

	const failure = outcomes.find(isError);
	if (failure && !goesOn) throw withWhatWasMade(failure.error, operation, outcomes);
	return outcomes.flatMap((outcome, item) => outputItems(outcome, item));
}

function chosenOperation(context: IExecuteFunctions): Operation {
	const resource = context.getNodeParameter('resource', 0);
	const operation = context.getNodeParameter('operation', 0);
	const found = findOperation(resource, operation);
	if (found) return found;
	throw new NodeOperationError(context.getNode(), `Operation: there is no "${operation}" of "${resource}"`, {
		description: 'Open the node and choose a resource and an operation from the lists.',
	});
}

function concurrency(context: IExecuteFunctions): number {
	const value = Number(context.getNodeParameter('options.concurrency', 0, DEFAULT_CONCURRENCY));
	return Math.min(Math.max(Math.floor(value) || DEFAULT_CONCURRENCY, 1), MAX_CONCURRENCY);
}

function prepared(context: IExecuteFunctions, operation: Operation, itemIndex: number): Task | { error: NodeFailure } {
	try {
		return operation.prepare(new ItemParameters(context, itemIndex, operation.fields));
	} catch (error) {
		return { error: nodeFailure(context.getNode(), error, itemIndex) };
	}
}

async function performed(
	node: INode,
	operation: Operation,
	itemIndex: number,
	task: Task,
	client: VideographClient,
): Promise<Outcome> {
	try {
		return { output: await task(client) };
	} catch (thrown) {
		const error = nodeFailure(node, thrown, itemIndex);
		const advice = error instanceof NodeApiError && operation.advice?.[Number(error.httpCode)];
		if (advice) error.description = advice;
		return { error };
	}
}

/** Any failure as one of n8n's two kinds, with the item that it belongs to. */
function nodeFailure(node: INode, thrown: unknown, itemIndex: number): NodeFailure {
	const error =
		thrown instanceof NodeApiError || thrown instanceof NodeOperationError
			? thrown
			: new NodeOperationError(node, thrown instanceof Error ? thrown : String(thrown));
	error.context.itemIndex = itemIndex;
	return error;
}

function isError(outcome: Outcome | Task): outcome is { error: NodeFailure } {
	return 'error' in outcome;
}

/** A run that stops half-way has no output, so its error tells which things exist already. */
function withWhatWasMade(error: NodeFailure, { makes }: Operation, outcomes: Outcome[]): NodeFailure {
	const made = outcomes.flatMap((outcome, item) =>
		makes && !isError(outcome) ? outcome.output.map((json) => ({ item, id: textOrNull(json[makes]) })) : [],
	);
	if (makes === undefined || made.length === 0) return error;
	error.context.made = made;
	const list = made.map(({ item, id }) => `${id ?? 'not known'} (item ${item})`).join(', ');
	error.description = `${error.description ?? ''} Already made in this run, by ${makes}: ${list}.`.trim();
	return error;
}

function outputItems(outcome: Outcome, item: number): INodeExecutionData[] {
	if (!isError(outcome)) return outcome.output.map((json) => ({ json, pairedItem: { item } }));
	const { error } = outcome;
	// `error` beside `json` is what n8n sends items to the error output by.
	return [{ json: { error: error.message }, error, pairedItem: { item } }];
}
