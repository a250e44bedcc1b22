import type { IDataObject } from 'n8n-workflow';
import type { ClipRequest } from '../../api/types';
import { clipOutput } from '../../clip/clip';
import type { ClipResult } from '../../clip/createClip';
import { type TimeRange,toWholeSeconds } from '../../clip/timeRange';
import type { ItemParameters } from '../../parameters/itemParameters';
import { shortHash } from '../../utils/hash';
import type { OperationContext, TaskResult } from '../operation';

const DEFAULT_TIMEOUT_MS = 5 * 60 * 1000;

/** How much later than here an end may pass for Videograph, in milliseconds. */
const CLOCKS_DIFFER_MS = 500;

/** A clip as the parameters of an item ask for it, apart from its times. */
export interface ClipInput {
	streamId: string;
	request: Omit<ClipRequest, 'startTime' | 'endTime'>;
	/** Tells apart the wishes of one item. */
	index: number;
}

/** Makes the clips of one item as its options say. */
export class ClipTasks {
	private readonly reuse: boolean;
	private readonly simplify: boolean;
	/** In milliseconds; undefined: do not wait. */
	private readonly timeoutMs: number | undefined;
	private readonly failIfNotReady: boolean;
	private readonly identity: unknown[];

	/** Reads the options. */
	constructor(private readonly parameters: ItemParameters, onExisting: ['create' | 'reuse', 'create' | 'reuse']) {
		const waits = parameters.boolean('options.waitUntilReady', false);
		const timeoutMs = parameters.optionalDuration('options.timeout') ?? DEFAULT_TIMEOUT_MS;
		this.timeoutMs = waits ? timeoutMs : undefined;
		this.reuse = parameters.choice('options.onExisting', onExisting) === 'reuse';
		this.simplify = parameters.boolean('options.simplify', true);
		this.failIfNotReady = parameters.choice('options.onNotReady', ['error', 'continue']) === 'error';
		this.identity = parameters.identity();
	}

	/**
	 * Makes a clip, unless an earlier try of this execution has made it.
	 *
	 * @param span what it is cut from and to; an end that has not passed yet is waited for
	 */
	async create(run: OperationContext, { streamId, request, index }: ClipInput, span: () => Promise<TimeRange> | TimeRange): Promise<ClipResult> {
		const key = shortHash([...this.identity, index, streamId, request]);
		const made = run.clipCreator.restore(key);
		if (made) return made;
		const range = toWholeSeconds(await span());
		const untilEndMs = range.endTime * 1000 - Date.now();
		if (untilEndMs > 0) await run.delay(untilEndMs + CLOCKS_DIFFER_MS);
		const order = { streamId, key, reuse: this.reuse };
		return await run.clipCreator.getOrCreate({ ...order, request: { ...request, ...range } });
	}

	/** The output items of clips that were made: at once, or once they are ready. */
	outputs(run: OperationContext, made: ClipResult[]): IDataObject[] | TaskResult {
		const currentOutput = made.map((one) => this.output(one));
		const { timeoutMs } = this;
		if (timeoutMs === undefined) return currentOutput;
		const pending = Promise.all(made.map(async (one) => this.output(await this.ready(run, one, timeoutMs))));
		return { output: currentOutput, pending };
	}

	private async ready(run: OperationContext, { clip, response }: ClipResult, timeoutMs: number): Promise<ClipResult> {
		const ended = await run.clipPoller.wait(clip, timeoutMs);
		const which = `"${ended.title}" (${ended.clipId ?? 'its ID is not known'})`;
		if (ended.status === 'failed') {
			throw this.parameters.error(
				`Videograph could not make the clip ${which}`,
				'Look at the clip in the Videograph dashboard, then make it again.',
			);
		}
		if (ended.status === 'processing' && this.failIfNotReady && !run.isStopped()) {
			throw this.parameters.error(
				`The clip ${which} is not ready after ${timeoutMs / 1000} seconds`,
				'It is still being made. Set a longer Timeout, or let If Not Ready in Time continue.',
			);
		}
		return { clip: ended, response };
	}

	private output({ clip, response }: ClipResult): IDataObject {
		const output = clipOutput(clip);
		return this.simplify ? output : { ...output, raw: response };
	}
}
