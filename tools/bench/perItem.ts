import type { INodeType } from 'n8n-workflow';

/** How long to wait between two polls, in milliseconds. */
const POLL_MS = 1000;

/**
 * A node as such nodes are usually written: it takes one item after the other, and where it waits for clips, asks for
 * each until it is ready before it goes on with the next.
 */
export const perItem: INodeType = {
	description: {
		displayName: 'Per item',
		name: 'perItem',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Per item' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'videographApi', required: true }],
		properties: [
			...['url', 'title', 'startTime', 'endTime'].map((name) => ({
				displayName: name,
				name,
				type: 'string' as const,
				default: '',
			})),
			{ displayName: 'wait', name: 'wait', type: 'boolean', default: false },
		],
	},
	async execute() {
		const call = async (method: 'GET' | 'POST', url: string, body?: object) =>
			(await this.helpers.httpRequestWithAuthentication.call(this, 'videographApi', {
				method,
				url,
				body,
				json: true,
			})) as {
				data: { contentId: string; status: string };
			};
		const items = [];
		for (const item of this.getInputData().keys()) {
			const url = this.getNodeParameter('url', item) as string;
			const body = {
				title: this.getNodeParameter('title', item) as string,
				startTime: Number(this.getNodeParameter('startTime', item)),
				endTime: Number(this.getNodeParameter('endTime', item)),
			};
			const { data } = await call('POST', url, body);
			const content = new URL(`/video/services/api/v1/contents/${data.contentId}`, url).href;
			for (let ready = !this.getNodeParameter('wait', item); !ready;) {
				await new Promise((resolve) => setTimeout(resolve, POLL_MS));
				ready = (await call('GET', content)).data.status === 'Ready';
			}
			items.push({ json: data, pairedItem: { item } });
		}
		return [items];
	},
};
