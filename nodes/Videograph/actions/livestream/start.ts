import { changeOperation } from './change';

export const start = changeOperation({
	value: 'start',
	name: 'Start',
	past: 'started',
	goal: 'Active',
	goals: ['Active'],
	send: async (client, streamId) => await client.startLivestream(streamId),
});
