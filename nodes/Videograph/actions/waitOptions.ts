import type { INodeProperties } from 'n8n-workflow';
import { parseDuration } from '../parameters/duration';
import type { ItemParameters } from '../parameters/itemParameters';
import type { OperationContext } from './operation';

/** What an operation can wait for. */
export interface WaitTarget {
	noun: 'clip' | 'video' | 'live stream';
	/** The state to wait for, in title case for display names. */
	state: 'Ready' | 'Active' | 'Idle';
	/** Completes "Whether to wait until …", for the description of the switch. */
	until: string;
	/** The default of Timeout. */
	timeout: string;
	/** The error of a wait that can no longer succeed. */
	failed: { message: (label: string) => string; advice: string };
	/** A sentence about the resource when the timeout expires. */
	pending: string;
}

/** A resource when its wait ends. */
export interface WaitEnd {
	status: 'processing' | 'ready' | 'failed';
	/** Identifies the resource in an error. */
	label: string;
	/** Appended to the message. */
	detail?: string;
}

/** The wait of an item, as its options configure it. */
export interface Wait {
	timeoutMs: number;
	/**
	 * Evaluates the end of a wait.
	 *
	 * @throws {NodeOperationError} if the resource failed, and, unless the options or a stopped execution say otherwise,
	 * if it is not ready
	 */
	assertReady(context: Pick<OperationContext, 'isStopped'>, end: WaitEnd): void;
}

/** The switch at the top level of an operation that can wait. */
export function waitUntilReadyField({ state, until }: WaitTarget): INodeProperties {
	return {
		displayName: `Wait Until ${state}`,
		name: 'waitUntilReady',
		type: 'boolean',
		default: false,
		description: `Whether to wait until ${until}`,
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
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'string',
			default: timeout,
			placeholder: `e.g. ${timeout}`,
			description: `Maximum time to wait until the ${noun} is ${inText}`,
		},
	];
}

/** Reads `waitUntilReadyField`. */
export function readWaitUntilReady(parameters: ItemParameters): boolean {
	return parameters.boolean('waitUntilReady', false);
}

/** Reads `waitOptionFields`. */
export function readWaitOptions(parameters: ItemParameters, target: WaitTarget): Wait {
	const { noun, state, failed, pending } = target;
	const timeoutMs = parameters.optionalDuration('options.timeout') ?? parseDuration(target.timeout);
	const failIfNotReady = parameters.choice('options.onNotReady', ['error', 'continue']) === 'error';
	return {
		timeoutMs,
		assertReady({ isStopped }, { status, label, detail = '' }) {
			if (status === 'failed') throw parameters.error(`${failed.message(label)}${detail}`, failed.advice);
			if (status === 'ready' || !failIfNotReady || isStopped()) return;
			throw parameters.error(
				`The ${noun} ${label} is not ${state === 'Ready' ? 'ready' : state} after ${timeoutMs / 1000} seconds${detail}`,
				`${pending} Increase Timeout, or set If Not ${state} in Time to Continue.`,
			);
		},
	};
}
