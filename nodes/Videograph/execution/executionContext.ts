import type { IExecuteFunctions } from 'n8n-workflow';
import type { OperationContext } from '../actions/operation';
import { VideographClient } from '../api/client';
import { readCredentials } from '../api/createClient';
import { createTransport } from '../api/transport';
import { ClipCreator } from '../clip/createClip';
import { ExecutionStore } from '../idempotency/executionStore';
import { RecordingTimesCache } from '../livestream/recordingTimes';
import { ClipPoller } from '../polling/clipPoller';
import { LivestreamPoller } from '../polling/livestreamPoller';
import { UploadedVideoPoller } from '../polling/uploadedVideoPoller';
import { VideoPoller } from '../polling/videoPoller';
import { delay } from '../utils/delay';
import { KeyedMutex } from '../utils/keyedMutex';
import { acquireAccount } from './account';

export interface ExecutionContext {
	operationContext: OperationContext;
	/** Deletes the stored results, when there is nothing left to retry. */
	clearStore: () => void;
	/** Aborts pending waits. */
	close: () => void;
}

/**
 * Creates what all items of an execution share.
 *
 * @param maxRateLimitWaitMs how long a request may wait for the rate limit, in milliseconds
 */
export async function createExecutionContext(
	context: IExecuteFunctions,
	maxRateLimitWaitMs: number,
): Promise<ExecutionContext> {
	const { origin, accountKey } = await readCredentials(context);
	const store = new ExecutionStore(context.getContext('node'));
	const closed = new AbortController();
	const { signal } = closed;
	const cancelSignal = context.getExecutionCancelSignal();
	const { account, release } = acquireAccount(accountKey);
	const close = () => closed.abort();
	cancelSignal?.addEventListener('abort', close, { once: true });

	const wait = async (milliseconds: number) => await delay(milliseconds, signal);
	const retry = { delay: wait, maxRateLimitWaitMs, signal, shared: account.requests };
	const client = new VideographClient(origin, createTransport(context), retry);
	const execution = { client, signal, maxRateLimitWaitMs };
	return {
		operationContext: {
			client,
			clipCreator: new ClipCreator(client, store, wait, account.clipsInFlight, signal),
			store,
			clipPoller: new ClipPoller(account.clipPoller, execution),
			videoPoller: new VideoPoller(account.videoPoller, execution),
			livestreamPoller: new LivestreamPoller(account.livestreamPoller, execution),
			uploadPoller: new UploadedVideoPoller(account.uploadPoller, execution),
			recordings: new RecordingTimesCache(client),
			mutex: new KeyedMutex(),
			delay: wait,
			isStopped: () => cancelSignal?.aborted === true,
			isTool: context.getNode().type.endsWith('Tool'),
			saveFile: async (...file) => await context.helpers.prepareBinaryData(...file),
		},
		clearStore: () => store.clear(),
		close: () => {
			cancelSignal?.removeEventListener('abort', close);
			close();
			release();
		},
	};
}
