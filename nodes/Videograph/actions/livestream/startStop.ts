import type { VideographClient } from '../../api/client';
import type { Livestream, VideoStatus } from '../../api/decode';
import { VideographError } from '../../api/errors';
import { doOnce } from '../../idempotency/createOnce';
import { livestreamOutput } from '../../livestream/livestream';
import { notFoundAdvice, optionsField, simplifyField, streamIdField } from '../common.descriptions';
import type { Operation } from '../operation';
import { readWaitOptions, waitOptionFields, type WaitTarget, waitUntilReadyField } from '../waitOptions';

interface StateChange {
	value: 'start' | 'stop';
	name: 'Start' | 'Stop';
	pastTense: 'started' | 'stopped';
	targetStatus: 'Active' | 'Idle';
	/** The API's names of that status. */
	acceptedStatuses: string[];
	send: (client: VideographClient, streamId: string) => Promise<void>;
}

/** A live stream with one of these statuses does not change to another one by itself. */
const TERMINAL_STATUSES = ['Failed', 'Deleting'];

export const start = stateChangeOperation({
	value: 'start',
	name: 'Start',
	pastTense: 'started',
	targetStatus: 'Active',
	acceptedStatuses: ['Active'],
	send: async (client, streamId) => await client.startLivestream(streamId),
});

export const stop = stateChangeOperation({
	value: 'stop',
	name: 'Stop',
	pastTense: 'stopped',
	targetStatus: 'Idle',
	// InActive is the former name of Idle.
	acceptedStatuses: ['Idle', 'InActive'],
	send: async (client, streamId) => await client.stopLivestream(streamId),
});

/** Start or Stop. Neither endpoint is documented, so the errors mention the dashboard. */
function stateChangeOperation(change: StateChange): Operation {
	const { value, name, pastTense, targetStatus, acceptedStatuses, send } = change;
	const gone = `This undocumented endpoint may be gone: ${value} the live stream in the Videograph dashboard.`;
	const target: WaitTarget = {
		noun: 'live stream',
		state: targetStatus,
		until: `the live stream is ${targetStatus}`,
		timeout: '5m',
		failed: {
			message: (label) => `The live stream ${label} did not become ${targetStatus}`,
			advice: 'Check the live stream in the Videograph dashboard.',
		},
		pending: `It was ${pastTense}.`,
	};
	return {
		value,
		name,
		action: `${name} live stream`,
		description: `${name} a live stream; Videograph does not document this, so it may stop working`,
		endpoints: [`${value}Livestream`, 'getLivestream'],
		fields: [streamIdField, waitUntilReadyField(target), optionsField([simplifyField, ...waitOptionFields(target)])],
		advice: { 404: `${notFoundAdvice('Live Stream')} Otherwise: ${gone}`, 405: gone },

		prepare(parameters) {
			const streamId = parameters.id('streamId');
			const waits = parameters.boolean('waitUntilReady', false);
			const wait = readWaitOptions(parameters, target);
			const key = parameters.idempotencyKey(value, streamId);
			const statusOf = ({ status }: Livestream): VideoStatus => {
				if (acceptedStatuses.includes(status ?? '')) return 'ready';
				return TERMINAL_STATUSES.includes(status ?? '') ? 'failed' : 'processing';
			};
			const output = (stream: Livestream) => [{ json: livestreamOutput(stream), raw: stream.raw }];

			return async (context) => {
				await doOnce(context.store, key, async () => await send(context.client, streamId));
				const stream = await context.client.getLivestream(streamId).catch((error: unknown) => {
					if (!(error instanceof VideographError)) throw error;
					throw error.withNote(`The live stream was ${pastTense}, but reading its status failed.`);
				});
				if (!waits || statusOf(stream) === 'ready') return output(stream);

				const waitUntilChanged = async () => {
					const isOver = (latest: Livestream) => statusOf(latest) !== 'processing';
					const last = await context.livestreamPoller.wait(stream, isOver, wait.timeoutMs);
					wait.assertReady(context, {
						status: statusOf(last),
						label: `"${last.title ?? streamId}"`,
						detail: `: its status is ${last.status ?? 'unknown'}`,
					});
					return output(last);
				};
				return { output: output(stream), pending: waitUntilChanged() };
			};
		},
	};
}
