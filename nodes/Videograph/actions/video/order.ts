import type { INodeProperties } from 'n8n-workflow';
import type { Sent, VideographClient } from '../../api/client';
import type { Content } from '../../api/types';
import { shortHash } from '../../shared/hash';
import { videoOutput } from '../../video/output';
import { createOnce } from '../createOnce';
import { concurrencyField, longestPauseField, optionsField, simplifyField } from '../fields';
import type { Task } from '../operation';
import type { ItemParameters } from '../parameters';
import { onNotReadyField, timeoutField, untilReady } from './waiting';

/** The options of the operations that make a video. */
export const videoOptionsField: INodeProperties = optionsField([
	concurrencyField,
	onNotReadyField,
	longestPauseField,
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
export function videoOrder(
	parameters: ItemParameters,
	request: object,
	send: (client: VideographClient) => Promise<Sent<Content>>,
): Task {
	const waits = parameters.flag('options.waitUntilReady', false);
	const simplify = parameters.flag('options.simplify', true);
	const ready = untilReady(parameters);
	const key = shortHash([...parameters.identity(), 'video', request]);
	const output = (content: Content) => [simplify ? videoOutput(content) : { ...videoOutput(content), raw: content }];

	return async (run) => {
		const made = await createOnce(run, key, () => send(run.client), 'the video');
		const soFar = output(made);
		if (!waits) return soFar;
		const wait = async () => {
			const { content } = await ready(run, { contentId: made.contentId, content: made });
			return output({ ...made, ...content });
		};
		return { soFar, rest: wait() };
	};
}
