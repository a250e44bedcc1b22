import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * The node's parameters as n8n resolves them, for all items of a run. To resolve one is the dearest thing that a node
 * does for an item besides its request, so what is the same for all items is read once.
 */
export class ParameterCache {
	/** What holds no expression; undefined: it does, so each item has a value of its own. */
	private readonly constants = new Map<string, { value: unknown } | undefined>();
	private run: unknown[] | undefined;

	constructor(private readonly context: IExecuteFunctions) {}

	/**
	 * @param name may lead into a collection: `additionalFields.tags`
	 * @param extractValue whether to take the value out of a resource locator
	 * @returns null where it is not set
	 * @throws whatever n8n throws for a value that cannot be resolved, or extracted
	 */
	value(name: string, item: number, extractValue = false): unknown {
		const key = extractValue ? `${name} extracted` : name;
		if (!this.constants.has(key)) this.constants.set(key, this.constantValue(name, extractValue));
		const constants = this.constants.get(key);
		return constants ? constants.value : this.resolved(name, item, extractValue);
	}

	/** What names this run among all executions: it stays the same when n8n retries the node. */
	get identity(): unknown[] {
		return (this.run ??= this.readIdentity());
	}

	private constantValue(name: string, extractValue: boolean): { value: unknown } | undefined {
		const raw: unknown = this.context.getNodeParameter(name, 0, null, { rawExpressions: true });
		return holdsExpression(raw) ? undefined : { value: this.resolved(name, 0, extractValue) };
	}

	private resolved(name: string, item: number, extractValue: boolean): unknown {
		// No field of this node has a type for n8n to check, and to look for one takes n8n longer than all the rest.
		return this.context.getNodeParameter(name, item, null, { extractValue, skipValidation: true });
	}

	private readIdentity(): unknown[] {
		const { id, type } = this.context.getNode();
		const { $runIndex } = this.context.getWorkflowDataProxy(0) as { $runIndex?: unknown };
		// A node that an AI agent uses as its tool has a new run for each try.
		return [this.context.getExecutionId(), id, type.endsWith('Tool') ? null : $runIndex];
	}
}

function holdsExpression(raw: unknown): boolean {
	if (typeof raw === 'string') return raw.startsWith('=');
	return typeof raw === 'object' && raw !== null && Object.values(raw).some(holdsExpression);
}
