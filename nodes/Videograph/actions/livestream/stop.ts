import { changeOperation } from './change';

export const stop = changeOperation({
	value: 'stop',
	name: 'Stop',
	past: 'stopped',
	goal: 'Idle',
	// InActive is the old name of Idle.
	goals: ['Idle', 'InActive'],
	send: async (client, streamId) => await client.stopLivestream(streamId),
});
