import { stateChangeOperation } from './startStop';

export const stop = stateChangeOperation({
	value: 'stop',
	name: 'Stop',
	pastTense: 'stopped',
	targetStatus: 'Idle',
	// InActive is the old name of Idle.
	acceptedStatuses: ['Idle', 'InActive'],
	send: async (client, streamId) => await client.stopLivestream(streamId),
});
