import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { toNodeError, withNodeErrors } from './execution/toNodeError';
import { getLivestreams } from './methods/listSearch';
import { fields } from './trigger/fields';
import { poll } from './trigger/poll';

export class VideographTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Videograph Trigger',
		name: 'videographTrigger',
		icon: { light: 'file:videograph.svg', dark: 'file:videograph.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow on events of live streams, clips and videos on Videograph',
		defaults: { name: 'Videograph Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		polling: true,
		// For n8n's AI builder and MCP server. Older versions of n8n ignore it.
		builderHint: {
			searchHint:
				'Polls once a minute at most and emits each event once. Items of live streams have streamId, items of ' +
				'clips and videos have contentId. Live Stream Ended and Recording Expires Soon also have startTime and ' +
				'endTime; endTime is null while the stream is live. For a reaction within seconds, start with a Webhook ' +
				'node that another system calls.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-videograph.videograph',
					relationHint: 'Clips the live stream by streamId, or gets the clip or video by contentId',
				},
			],
		},
		credentials: [{ name: 'videographApi', required: true }],
		properties: fields,
	};

	methods = { loadOptions: { getLivestreams: withNodeErrors(getLivestreams) } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		try {
			return await poll(this);
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	}
}
