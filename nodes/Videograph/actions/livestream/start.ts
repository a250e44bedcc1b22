import { stateChangeOperation } from './startStop';

export const start = stateChangeOperation({
	value: 'start',
	name: 'Start',
	pastTense: 'started',
	targetStatus: 'Active',
	acceptedStatuses: ['Active'],
	send: async (client, streamId) => await client.startLivestream(streamId),
});
