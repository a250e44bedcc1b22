import type { IExecuteFunctions } from 'n8n-workflow';
import type { OperationContext } from '../actions/operation';
import { createClient } from '../api/createClient';
import { ClipCreator } from '../clip/createClip';
import { ExecutionStore } from '../idempotency/executionStore';
import { RecordingTimesCache } from '../livestream/recordingTimes';
import { ClipPoller } from '../polling/clipPoller';
import { LivestreamPoller } from '../polling/livestreamPoller';
import { UploadedVideoPoller } from '../polling/uploadedVideoPoller';
import { VideoPoller } from '../polling/videoPoller';
import { delay } from '../utils/delay';
import { KeyedMutex } from '../utils/keyedMutex';

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
 * @param maxRetryAfterMs the longest Retry-After to wait for, in milliseconds
 */
export async function createExecutionContext(
	context: IExecuteFunctions,
	maxRetryAfterMs: number,
): Promise<ExecutionContext> {
	const closed = new AbortController();
	const cancelSignal = context.getExecutionCancelSignal();
	const close = () => closed.abort();
	cancelSignal?.addEventListener('abort', close, { once: true });

	const wait = async (milliseconds: number) => await delay(milliseconds, closed.signal);
	const client = await createClient(context, { delay: wait, maxRetryAfterMs });
	const store = new ExecutionStore(context.getContext('node'));
	return {
		operationContext: {
			client,
			clipCreator: new ClipCreator(client, store, wait),
			store,
			clipPoller: new ClipPoller(client, wait),
			videoPoller: new VideoPoller(client, wait),
			livestreamPoller: new LivestreamPoller(client, wait),
			uploadPoller: new UploadedVideoPoller(client, wait),
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
		},
	};
}
