import type { INodeProperties } from 'n8n-workflow';
import type { VideoStatus } from '../api/decode';
import { parseDuration } from '../parameters/duration';
import type { ItemParameters } from '../parameters/itemParameters';
import { DURATION_HINT } from './common.descriptions';
import type { OperationContext } from './operation';

/** A wait that can be turned on. */
export interface WaitSwitch {
	/** Completes "Wait Until …", the name of the switch, in title case. */
	state: string;
	/** Completes "Whether to wait until …", the description of the switch. */
	until: string;
	/** The default of Timeout. */
	timeout: string;
}

/** A wait for a state of a resource. */
export interface WaitTarget extends WaitSwitch {
	noun: 'clip' | 'video' | 'live stream';
	state: 'Ready' | 'Active' | 'Idle';
	/** The error of a wait that can no longer succeed. */
	failed: { message: (label: string) => string; advice: string };
	/** A sentence about the resource when the timeout expires. */
	pending: string;
}

/** A resource when its wait ends. */
export interface WaitEnd {
	status: VideoStatus;
	/** Identifies the resource in an error. */
	label: string;
	/** Appended to the message. */
	detail?: string;
}

/** The switch at the top level of an operation that can wait. */
export function waitUntilReadyField({ state, until }: WaitSwitch): INodeProperties {
	return {
		displayName: `Wait Until ${state}`,
		name: 'waitUntilReady',
		type: 'boolean',
		default: false,
		description: `Whether to wait until ${until}`,
		builderHint: {
			propertyHint:
				'Set to true if a later node uses what is null or unfinished until then, such as playbackUrl, ' +
				'thumbnailUrl or the file. If it is false, the workflow continues at once.',
		},
	};
}

/** Timeout and If Not Ready in Time, as options. */
export function waitOptionFields({ noun, state, timeout }: WaitTarget): INodeProperties[] {
	const inText = state === 'Ready' ? 'ready' : state;
	return [
		{
			displayName: `If Not ${state} in Time`,
			name: 'onNotReady',
			type: 'options',
			default: 'error',
			description: `What to do if the ${noun} is not ${inText} when the timeout expires`,
			options: [
				{ name: 'Continue', value: 'continue', description: `Return the ${noun} with its current status` },
				{ name: 'Fail', value: 'error', description: `Fail the item; the error identifies the ${noun}` },
			],
		},
		timeoutField(timeout, `the ${noun} is ${inText}`),
	];
}

/** @param until completes "Maximum time to wait until …" */
export function timeoutField(timeout: string, until: string): INodeProperties {
	return {
		displayName: 'Timeout',
		name: 'timeout',
		type: 'string',
		default: timeout,
		placeholder: `e.g. ${timeout}`,
		description: `Maximum time to wait until ${until}`,
		builderHint: { propertyHint: DURATION_HINT },
	};
}

/** Reads `timeoutField`. In milliseconds. */
export function readTimeout(parameters: ItemParameters, { timeout }: WaitSwitch): number {
	return parameters.optionalDuration('options.timeout') ?? parseDuration(timeout);
}

/** Reads `waitOptionFields`. */
export function readWaitOptions(parameters: ItemParameters, target: WaitTarget) {
	const { noun, state, failed, pending } = target;
	const timeoutMs = readTimeout(parameters, target);
	const failIfNotReady = parameters.choice('options.onNotReady', ['error', 'continue']) === 'error';
	return {
		timeoutMs,
		/**
		 * Evaluates the end of a wait.
		 *
		 * @throws {NodeOperationError} if the resource failed, and, unless the options or a stopped execution say
		 * otherwise, if it is not ready
		 */
		assertReady(context: OperationContext, { status, label, detail = '' }: WaitEnd): void {
			if (status === 'failed') throw parameters.error(`${failed.message(label)}${detail}`, failed.advice);
			if (status === 'ready' || !failIfNotReady || context.isStopped()) return;
			throw parameters.error(
				`The ${noun} ${label} is not ${state === 'Ready' ? 'ready' : state} after ${timeoutMs / 1000} seconds${detail}`,
				`${pending} Increase Timeout, or set If Not ${state} in Time to Continue.`,
			);
		},
	};
}
