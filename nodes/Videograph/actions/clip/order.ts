import type { IDataObject } from 'n8n-workflow';
import type { ClipRequest } from '../../api/types';
import { clipOutput } from '../../clip/clip';
import type { MadeClip } from '../../clip/make';
import { shortHash } from '../../shared/hash';
import { wholeSeconds, type Span } from '../../clip/timeRange';
import type { Run, Unfinished } from '../operation';
import type { ItemParameters } from '../parameters';

const DEFAULT_TIMEOUT_MS = 5 * 60 * 1000;

/** How much later than here an end may pass for Videograph, in milliseconds. */
const CLOCKS_DIFFER_MS = 500;

/** A clip as the parameters of an item ask for it, apart from its times. */
export interface Wish {
	streamId: string;
	request: Omit<ClipRequest, 'startTime' | 'endTime'>;
	/** Tells apart the wishes of one item. */
	index: number;
}

/** Makes the clips of one item as its options say. */
export class ClipOrders {
	private readonly marked: boolean;
	private readonly reuse: boolean;
	private readonly simplify: boolean;
	/** In milliseconds; undefined: do not wait. */
	private readonly timeoutMs: number | undefined;
	private readonly failIfNotReady: boolean;
	private readonly identity: unknown[];

	/** Reads the options. */
	constructor(private readonly parameters: ItemParameters, onExisting: ['create' | 'reuse', 'create' | 'reuse']) {
		const waits = parameters.flag('options.waitUntilReady', false);
		const timeoutMs = parameters.optionalDuration('options.timeout') ?? DEFAULT_TIMEOUT_MS;
		this.timeoutMs = waits ? timeoutMs : undefined;
		this.marked = parameters.flag('options.marker', true);
		this.reuse = parameters.choice('options.onExisting', onExisting) === 'reuse';
		this.simplify = parameters.flag('options.simplify', true);
		this.failIfNotReady = parameters.choice('options.onNotReady', ['error', 'continue']) === 'error';
		this.identity = parameters.identity();
	}

	/**
	 * Makes a clip, unless an earlier try of this execution has made it.
	 *
	 * @param span what it is cut from and to; an end that has not passed yet is waited for
	 */
	async make(run: Run, { streamId, request, index }: Wish, span: () => Promise<Span> | Span): Promise<MadeClip> {
		const key = shortHash([...this.identity, index, streamId, request]);
		const made = run.maker.recall(key);
		if (made) return made;
		const range = wholeSeconds(await span());
		const untilEndMs = range.endTime * 1000 - Date.now();
		if (untilEndMs > 0) await run.pause(untilEndMs + CLOCKS_DIFFER_MS);
		const order = { streamId, key, marked: this.marked, reuse: this.reuse };
		return await run.maker.make({ ...order, request: { ...request, ...range } });
	}

	/** The output items of clips that were made: at once, or once they are ready. */
	outputs(run: Run, made: MadeClip[]): IDataObject[] | Unfinished {
		const soFar = made.map((one) => this.output(one));
		const { timeoutMs } = this;
		if (timeoutMs === undefined) return soFar;
		const rest = Promise.all(made.map(async (one) => this.output(await this.ready(run, one, timeoutMs))));
		return { soFar, rest };
	}

	private async ready(run: Run, { clip, answer }: MadeClip, timeoutMs: number): Promise<MadeClip> {
		const ended = await run.watch.wait(clip, timeoutMs);
		const which = `"${ended.title}" (${ended.clipId ?? 'its ID is not known'})`;
		if (ended.status === 'failed') {
			throw this.parameters.failure(
				`Videograph could not make the clip ${which}`,
				'Look at the clip in the Videograph dashboard, then make it again.',
			);
		}
		if (ended.status === 'processing' && this.failIfNotReady && !run.isStopped()) {
			throw this.parameters.failure(
				`The clip ${which} is not ready after ${timeoutMs / 1000} seconds`,
				'It is still being made. Set a longer Timeout, or let If Not Ready in Time continue.',
			);
		}
		return { clip: ended, answer };
	}

	private output({ clip, answer }: MadeClip): IDataObject {
		const output = clipOutput(clip);
		return this.simplify ? output : { ...output, raw: answer };
	}
}
