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
