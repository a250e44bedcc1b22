import type { IExecuteFunctions, INodeType } from 'n8n-workflow';

/** Runs a task for each subject, with a bounded concurrency. */
export async function inPool<T>(
	things: T[],
	atOnce: number,
	work: (thing: T, index: number) => Promise<void>,
): Promise<void> {
	const queue = things.entries();
	const worker = async (): Promise<void> => {
		for (const [index, thing] of queue) await work(thing, index);
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, things.length) }, worker));
}

/**
 * n8n's own request helper in a pool and nothing else: what no node can be faster than that sends its requests as a
 * verified node must. Nothing is read for an item but the item.
 *
 * @param agentOptions of the connections, as the helper takes them
 */
export function helperNode(url: string, atOnce: number, agentOptions?: { keepAlive: boolean }): INodeType {
	return {
		description: {
			displayName: 'Helper',
			name: 'helper',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Helper' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: 'videographApi', required: true }],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			const input = this.getInputData();
			const output = new Array<{ json: { answer: object }; pairedItem: number }>(input.length);
			await inPool(input, atOnce, async ({ json: body }, item) => {
				const answer = (await this.helpers.httpRequestWithAuthentication.call(this, 'videographApi', {
					method: 'POST',
					url,
					body,
					json: true,
					...(agentOptions && { agentOptions }),
				})) as object;
				output[item] = { json: { answer }, pairedItem: item };
			});
			return [output];
		},
	};
}
