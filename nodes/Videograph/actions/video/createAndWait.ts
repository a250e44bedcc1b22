import type { INodeProperties } from 'n8n-workflow';
import type { VideographClient } from '../../api/client';
import type { Content } from '../../api/types';
import { createOnce } from '../../idempotency/createOnce';
import type { ItemParameters } from '../../parameters/itemParameters';
import { shortHash } from '../../utils/hash';
import { videoOutput } from '../../video/video';
import { concurrencyField, maxRateLimitWaitField, optionsField, simplifyField } from '../common.descriptions';
import type { Task } from '../operation';
import { onNotReadyField, readWaitOptions,timeoutField } from './waitOptions';

/** The options of the operations that make a video. */
export const createVideoOptions: INodeProperties = optionsField([
	concurrencyField,
	onNotReadyField,
	maxRateLimitWaitField,
	simplifyField,
	timeoutField,
	{
		displayName: 'Wait Until Ready',
		name: 'waitUntilReady',
		type: 'boolean',
		default: true,
		description: 'Whether to wait until the video can be played, and return its links',
	},
]);

/**
 * Makes the video of an item once, and waits for it where its options say so.
 *
 * @param request what is sent; it tells the video apart from others of the item
 */
export function createAndWait(
	parameters: ItemParameters,
	request: object,
	send: (client: VideographClient) => Promise<Content>,
): Task {
	const waits = parameters.boolean('options.waitUntilReady', false);
	const simplify = parameters.boolean('options.simplify', true);
	const ready = readWaitOptions(parameters);
	const key = shortHash([...parameters.identity(), 'video', request]);
	const output = (content: Content) => [simplify ? videoOutput(content) : { ...videoOutput(content), raw: content }];

	return async (run) => {
		const made = await createOnce(run.store, key, { name: 'the video', request, send: () => send(run.client) });
		const currentOutput = output(made);
		if (!waits) return currentOutput;
		const wait = async () => {
			const { content } = await ready(run, { contentId: made.contentId, content: made });
			return output({ ...made, ...content });
		};
		return { output: currentOutput, pending: wait() };
	};
}
