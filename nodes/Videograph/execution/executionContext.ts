import type { IExecuteFunctions } from 'n8n-workflow';
import type { OperationContext } from '../actions/operation';
import { createClient } from '../api/createClient';
import { ClipCreator, type StoredClip } from '../clip/createClip';
import { RecordingTimesCache } from '../livestream/recordingTimes';
import { ClipPoller } from '../polling/clipPoller';
import { delay } from '../utils/delay';
import { KeyedMutex } from '../utils/keyedMutex';
import { UploadedVideoPoller } from '../polling/uploadedVideoPoller';
import { VideoPoller } from '../polling/videoPoller';
import { createExecutionStore, type StoredCreate } from '../idempotency/executionStore';

export interface ExecutionContext {
	operationContext: OperationContext;
	/** Forgets what was made: nothing of it will be retried. */
	clearStore: () => void;
	/** Ends what may still be waiting. */
	close: () => void;
}

/**
 * Opens what the items of one run share.
 *
 * @param maxRetryAfterMs the longest wait that the API may ask for, in milliseconds
 */
export async function createExecutionContext(context: IExecuteFunctions, maxRetryAfterMs: number): Promise<ExecutionContext> {
	const end = new AbortController();
	const stop = context.getExecutionCancelSignal();
	const close = () => end.abort();
	stop?.addEventListener('abort', close, { once: true });

	const wait = async (milliseconds: number) => await delay(milliseconds, end.signal);
	const client = await createClient(context, { delay: wait, maxRetryAfterMs });
	const kept = context.getContext('node');
	const clips = createExecutionStore<StoredClip>(kept, 'videographClips');
	const store = createExecutionStore<StoredCreate>(kept, 'videographAnswers');
	return {
		operationContext: {
			client,
			clipCreator: new ClipCreator(client, clips, wait),
			store,
			clipPoller: new ClipPoller(client, wait),
			videoPoller: new VideoPoller(client, wait),
			uploadPoller: new UploadedVideoPoller(client, wait),
			recordings: new RecordingTimesCache(client),
			mutex: new KeyedMutex(),
			delay: wait,
			isStopped: () => stop?.aborted === true,
		},
		clearStore: () => {
			clips.clear();
			store.clear();
		},
		close: () => {
			stop?.removeEventListener('abort', close);
			close();
		},
	};
}
