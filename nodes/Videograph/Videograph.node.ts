import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { properties } from './actions/router';
import { executeItems } from './execution/executeItems';
import { withNodeErrors } from './execution/toNodeError';
import { searchLivestreams, searchRecordedLivestreams, searchVideos } from './methods/listSearch';

export class Videograph implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Videograph',
		name: 'videograph',
		icon: { light: 'file:videograph.svg', dark: 'file:videograph.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Create clips from live streams, and manage live streams and videos in Videograph',
		defaults: { name: 'Videograph' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		// For n8n's AI builder and MCP server. Older versions of n8n ignore it.
		builderHint: {
			searchHint:
				'Clips of a live stream: Clip > Create. It needs streamId, from Videograph Trigger, from Live Stream > ' +
				'Get Many or from the caller, and the stream must be recorded. Choose Time Range by what is known: Last ' +
				'Seconds if it happens now, Around a Moment for one time, Start and End for two. Times are ISO 8601 with ' +
				'an offset, or Unix time; durations are texts such as 30s or 2m. A new clip is processing: turn on Wait ' +
				'Until Ready before a node that uses its playbackUrl or thumbnailUrl. Nodes that upload or send a file need ' +
				'Clip > Download before them. Set On Error to continueErrorOutput so that a rejected item does not stop ' +
				'the others.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-videograph.videographTrigger',
					relationHint: 'Starts on ended live streams, expiring recordings, ready or failed clips and videos',
				},
				{
					nodeType: 'n8n-nodes-base.webhook',
					relationHint: 'Starts when a scoreboard or another system calls, with streamId and title in its body',
				},
				{
					nodeType: 'n8n-nodes-base.youTube',
					relationHint: 'Uploads the file that Clip > Download puts into the binary field data',
				},
				{
					nodeType: 'n8n-nodes-base.telegram',
					relationHint: 'Sends the file of Clip > Download to a chat, up to 50 MB',
				},
			],
		},
		credentials: [{ name: 'videographApi', required: true }],
		properties,
	};

	methods = {
		listSearch: {
			searchLivestreams: withNodeErrors(searchLivestreams),
			searchRecordedLivestreams: withNodeErrors(searchRecordedLivestreams),
			searchVideos: withNodeErrors(searchVideos),
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await executeItems(this)];
	}
}
