import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { VideographClient } from '../../api/client';
import { VideographError } from '../../api/errors';
import type { Livestream } from '../../api/types';
import { doOnce } from '../../idempotency/createOnce';
import { livestreamOutput } from '../../livestream/livestream';
import { shortHash } from '../../utils/hash';
import { stringOrNull } from '../../utils/values';
import { concurrencyField, maxRateLimitWaitField, optionsField, simplifyField, streamIdField } from '../common.descriptions';
import type { Operation } from '../operation';
import { STREAM_NOT_FOUND } from './advice';

const DEFAULT_TIMEOUT_MS = 5 * 60 * 1000;

/** A change of what a live stream does: Start or Stop. */
export interface StateChange {
	value: 'start' | 'stop';
	name: 'Start' | 'Stop';
	/** What it is called when it is done. */
	pastTense: 'started' | 'stopped';
	/** The status that it leads to, as it is shown. */
	targetStatus: 'Active' | 'Idle';
	/** What the API calls that status. */
	acceptedStatuses: string[];
	send: (client: VideographClient, streamId: string) => Promise<void>;
}

/** From these a live stream does not come to any other by itself. */
const TERMINAL_STATUSES = ['Failed', 'Deleting'];

/** The operation of such a change. Nothing of it is documented, so the errors tell what else can be done. */
export function stateChangeOperation({ value, name, pastTense, targetStatus, acceptedStatuses, send }: StateChange): Operation {
	const gone = `Videograph does not document this call, and may no longer have it: ${value} the live stream in its dashboard.`;
	return {
		value,
		name,
		action: `${name} live stream`,
		description: `${name} a live stream; Videograph does not document this, so it may stop working`,
		endpoints: [`${value}Livestream`, 'getLivestream'],
		fields: [streamIdField, stateChangeOptions(targetStatus)],
		advice: { 404: `${STREAM_NOT_FOUND} If it is there: ${gone}`, 405: gone },

		prepare(parameters) {
			const streamId = parameters.id('streamId');
			const simplify = parameters.boolean('options.simplify', true);
			const waits = parameters.boolean('options.waitUntil', false);
			const timeoutMs = parameters.optionalDuration('options.timeout') ?? DEFAULT_TIMEOUT_MS;
			const failIfNot = parameters.choice('options.onTimeout', ['error', 'continue']) === 'error';
			const key = shortHash([...parameters.identity(), value, streamId]);
			const isReached = ({ status }: Livestream) => status !== undefined && acceptedStatuses.includes(status);
			const isLost = ({ status }: Livestream) => status !== undefined && TERMINAL_STATUSES.includes(status);
			const output = (stream: Livestream): IDataObject => (simplify ? livestreamOutput(stream, null) : stream);

			return async (run) => {
				await doOnce(run.store, key, async () => await send(run.client, streamId));
				const begun = await run.client.getLivestream(streamId).catch((error: unknown) => {
					throw withChangeDone(error, pastTense);
				});
				if (!waits || isReached(begun)) return [output(begun)];

				const wait = async () => {
					const ended = await run.livestreamPoller.wait(begun, (stream) => isReached(stream) || isLost(stream), timeoutMs);
					const which = `The live stream "${stringOrNull(ended.title) ?? streamId}"`;
					if (isLost(ended)) {
						throw parameters.error(
							`${which} did not become ${targetStatus}: its status is ${ended.status ?? 'not known'}`,
							'Look at the live stream in the Videograph dashboard.',
						);
					}
					if (!isReached(ended) && failIfNot && !run.isStopped()) {
						throw parameters.error(
							`${which} is not ${targetStatus} after ${timeoutMs / 1000} seconds: its status is ${ended.status ?? 'not known'}`,
							`It was ${pastTense}. Set a longer Timeout, or let If Not ${targetStatus} in Time continue.`,
						);
					}
					return [output(ended)];
				};
				return { output: [output(begun)], pending: wait() };
			};
		},
	};
}

/** The failure to read a live stream once it was changed. */
function withChangeDone(error: unknown, past: string): unknown {
	return error instanceof VideographError ? error.withNote(`The live stream was ${past}.`) : error;
}

function stateChangeOptions(goal: string): INodeProperties {
	return optionsField([
		concurrencyField,
		{
			displayName: `If Not ${goal} in Time`,
			name: 'onTimeout',
			type: 'options',
			default: 'error',
			description: `What to do with a live stream that is not ${goal} when the timeout has passed`,
			options: [
				{ name: 'Continue', value: 'continue', description: 'Return the live stream as it is' },
				{ name: 'Fail', value: 'error', description: 'Fail, with the status of the live stream in the error' },
			],
		},
		maxRateLimitWaitField,
		simplifyField,
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'string',
			default: '5m',
			placeholder: 'e.g. 5m',
			description: `How long to wait until the live stream is ${goal}, at most`,
		},
		{
			displayName: `Wait Until ${goal}`,
			name: 'waitUntil',
			type: 'boolean',
			default: true,
			description: `Whether to wait until the status of the live stream is ${goal}`,
		},
	]);
}
