import type { ClipRequest } from '../../api/types';
import { clipOutput } from '../../clip/clip';
import type { ClipResult } from '../../clip/createClip';
import { type TimeRange, toWholeSeconds } from '../../clip/timeRange';
import type { ItemParameters } from '../../parameters/itemParameters';
import { type Operation, type OperationContext, type OutputItem, type TaskResult, withResponse } from '../operation';
import { readWaitOptions } from '../waitOptions';
import { CLIP_WAIT, type OnExisting } from './fields';

/** How much later than on this machine an end may pass for Videograph, in milliseconds. */
const MAX_CLOCK_SKEW_MS = 500;

/** A clip of an item, without its times. */
export interface ClipInput {
	streamId: string;
	request: Omit<ClipRequest, 'startTime' | 'endTime'>;
	/** Distinguishes the clips of one item. */
	index: number;
}

/**
 * Reads the options of an operation that creates clips of live streams.
 *
 * @param onExisting the default of If Clip Exists
 */
export function clipCreation(parameters: ItemParameters, onExisting: OnExisting) {
	const waits = parameters.boolean('waitUntilReady', false);
	const wait = readWaitOptions(parameters, CLIP_WAIT);
	const policies: [OnExisting, OnExisting] = onExisting === 'create' ? ['create', 'reuse'] : ['reuse', 'create'];
	const reuse = parameters.choice('options.onExisting', policies) === 'reuse';

	const toOutput = ({ clip, response }: ClipResult) => [withResponse(clipOutput(clip), response)];

	const waitUntilReady = async (context: OperationContext, { clip, response }: ClipResult): Promise<ClipResult> => {
		const last = await context.clipPoller.wait(clip, wait.timeoutMs);
		const label = `"${last.title}" (${last.clipId ?? 'ID unknown'})`;
		wait.assertReady(context, { status: last.status, label });
		return { clip: last, response };
	};

	return {
		/**
		 * Creates a clip, unless an earlier attempt of this execution has created it.
		 *
		 * @param getRange returns the time range; an end in the future is waited for
		 */
		async create(
			context: OperationContext,
			{ streamId, request, index }: ClipInput,
			getRange: () => Promise<TimeRange> | TimeRange,
		): Promise<ClipResult> {
			const key = parameters.idempotencyKey(index, streamId, request);
			const stored = context.clipCreator.restore(key);
			if (stored) return stored;
			const range = toWholeSeconds(await getRange());
			const untilEndMs = range.endTime * 1000 - Date.now();
			if (untilEndMs > 0) await context.delay(untilEndMs + MAX_CLOCK_SKEW_MS);
			return await context.clipCreator.getOrCreate({ streamId, key, reuse, request: { ...request, ...range } });
		},

		/** The output item of a created clip: at once, or when it is ready. */
		output(context: OperationContext, result: ClipResult): OutputItem[] | TaskResult {
			const output = toOutput(result);
			if (!waits) return output;
			return { output, pending: waitUntilReady(context, result).then(toOutput) };
		},
	};
}

/** The hint of an operation whose output contains clips that are still processing. */
export function processingHint(message: string): NonNullable<Operation['hint']> {
	return (clips) => (clips.some(({ status }) => status === 'processing') ? message : undefined);
}
