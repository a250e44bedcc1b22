import type { IExecuteFunctions } from 'n8n-workflow';
import type { KeptAnswer, Run } from '../actions/operation';
import { connect } from '../api/connect';
import { ClipMaker, type Kept } from '../clip/make';
import { StreamTimes } from '../clip/streamTimes';
import { ClipWatch } from '../clip/watch';
import { pause } from '../shared/pause';
import { Turns } from '../shared/turns';
import { Appearances } from '../upload/appearance';
import { VideoWatch } from '../video/watch';
import { memoryIn } from './memory';

export interface OpenRun {
	run: Run;
	/** Forgets what was made: nothing of it will be retried. */
	forget: () => void;
	/** Ends what may still be waiting. */
	close: () => void;
}

/**
 * Opens what the items of one run share.
 *
 * @param longestWaitMs the longest wait that the API may ask for, in milliseconds
 */
export async function openRun(context: IExecuteFunctions, longestWaitMs: number): Promise<OpenRun> {
	const end = new AbortController();
	const stop = context.getExecutionCancelSignal();
	const close = () => end.abort();
	stop?.addEventListener('abort', close, { once: true });

	const wait = async (milliseconds: number) => await pause(milliseconds, end.signal);
	const client = await connect(context, { pause: wait, longestWaitMs });
	const kept = context.getContext('node');
	const clips = memoryIn<Kept>(kept, 'videographClips');
	const answers = memoryIn<KeptAnswer>(kept, 'videographAnswers');
	return {
		run: {
			client,
			maker: new ClipMaker(client, clips, wait),
			answers,
			watch: new ClipWatch(client, wait),
			videos: new VideoWatch(client, wait),
			appearances: new Appearances(client, wait),
			streams: new StreamTimes(client),
			turns: new Turns(),
			pause: wait,
			isStopped: () => stop?.aborted === true,
		},
		forget: () => {
			clips.clear();
			answers.clear();
		},
		close: () => {
			stop?.removeEventListener('abort', close);
			close();
		},
	};
}
