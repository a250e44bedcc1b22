import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * The node's parameters as n8n resolves them, for all items of an execution. Apart from the request, resolving
 * parameters takes most of an item's processing time, so a parameter that is the same for all items is resolved once.
 */
export class ParameterCache {
	/** The values of parameters without an expression; undefined for a parameter with one, which each item resolves. */
	private readonly constants = new Map<string, { value: unknown } | undefined>();
	private runIdentity: unknown[] | undefined;

	constructor(private readonly context: IExecuteFunctions) {}

	/**
	 * @param name may be the path of a value in a collection: `additionalFields.tags`
	 * @param extractValue whether to extract the value of a resource locator
	 * @returns null if it is not set
	 * @throws n8n's error if the value cannot be resolved or extracted
	 */
	value(name: string, itemIndex: number, extractValue = false): unknown {
		const key = extractValue ? `${name} extracted` : name;
		if (!this.constants.has(key)) this.constants.set(key, this.resolveConstant(name, extractValue));
		const constant = this.constants.get(key);
		return constant ? constant.value : this.resolve(name, itemIndex, extractValue);
	}

	/** Identifies this run of the node among all executions. A retry by n8n has the same identity. */
	get identity(): unknown[] {
		return (this.runIdentity ??= this.readIdentity());
	}

	private resolveConstant(name: string, extractValue: boolean): { value: unknown } | undefined {
		const raw: unknown = this.context.getNodeParameter(name, 0, null, { rawExpressions: true });
		return hasExpression(raw) ? undefined : { value: this.resolve(name, 0, extractValue) };
	}

	private resolve(name: string, itemIndex: number, extractValue: boolean): unknown {
		// n8n's validation applies to none of this node's field types, but takes longer than the rest of the call.
		return this.context.getNodeParameter(name, itemIndex, null, { extractValue, skipValidation: true });
	}

	private readIdentity(): unknown[] {
		const { id, type } = this.context.getNode();
		const { $runIndex } = this.context.getWorkflowDataProxy(0) as { $runIndex?: unknown };
		// As a tool of an AI agent, the node has a new run index on each retry.
		return [this.context.getExecutionId(), id, type.endsWith('Tool') ? null : $runIndex];
	}
}

function hasExpression(raw: unknown): boolean {
	if (typeof raw === 'string') return raw.startsWith('=');
	return typeof raw === 'object' && raw !== null && Object.values(raw).some(hasExpression);
}
