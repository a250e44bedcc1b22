import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { createClient } from '../api/createClient';
import { delay } from '../utils/delay';
import { type EventName, STREAM_EVENTS, VIDEO_EVENTS } from './fields';
import { pollIntervalMs, readTriggerParameters } from './parameters';
import { pollStreams, type StreamState } from './pollStreams';
import { pollVideos } from './pollVideos';
import { testEventItems } from './testEvents';
import type { VideoState } from './videoState';

/** The static data of the trigger: n8n stores it between polls. */
interface TriggerState {
	/** The time of the poll that stored this state, in epoch milliseconds. */
	polledMs?: number;
	streams?: StreamState;
	videos?: VideoState;
}

/** The last completed poll of a trigger in this process. */
interface LastPoll {
	/** The time that the poll stored in the state, in epoch milliseconds. */
	polledMs: number;
	/** The state as n8n returned it to the poll. */
	state: WeakRef<object>;
	/** Whether that was a copy of the state that the poll before had stored. */
	isCopied: boolean;
	/** Whether a poll has failed since. */
	hasFailed: boolean;
}

/**
 * The last completed poll of each trigger, by workflow and node.
 *
 * n8n either holds the static data in memory and persists it only when the workflow runs, so that a restart loses
 * later polls; or it returns a copy to each poll and persists that. In both cases, a state with the time of the last
 * completed poll is complete. With static data in memory, another object shows that the workflow was activated in
 * between.
 */
export const lastPolls = new Map<string, LastPoll>();

/** Short, because the next poll sends the requests again anyway. */
const MAX_RATE_LIMIT_WAIT_MS = 5000;
/** A state counts as up to date for this many poll intervals. */
const MAX_INTERVALS = 1.5;

/** The static data of polls in progress. */
const polling = new WeakSet<object>();

/**
 * Polls once and returns the events since the last poll. State is left untouched for anything that could not be read,
 * so its events are emitted by a later poll.
 *
 * @returns null if there are no events; no items if n8n must persist the state, which it does only for an execution
 * @throws {NodeOperationError} if a parameter is invalid
 * @throws {VideographError} if listing fails, or if all requests for details fail and there are no events
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const parameters = readTriggerParameters(context);
	const client = await createClient(context, { delay, maxRateLimitWaitMs: MAX_RATE_LIMIT_WAIT_MS });
	if (context.getMode() === 'manual') {
		return [context.helpers.returnJsonArray(await testEventItems(client, parameters, context.getNode()))];
	}
	const state: TriggerState = context.getWorkflowStaticData('node');
	// The last poll is still in progress: another one would emit the same events.
	if (polling.has(state)) return null;
	polling.add(state);
	const { isFirst, stateMayBeStale, complete } = startPoll(context, state);
	try {
		const pollContext = { parameters, stateMayBeStale, deadlineMs: Date.now() + pollBudgetMs(context) };
		const watches = (events: EventName[]) => events.some((event) => parameters.events.has(event));
		const streams = watches(STREAM_EVENTS) ? await pollStreams(client, pollContext, state.streams) : undefined;
		const videos = watches(VIDEO_EVENTS) ? await pollVideos(client, pollContext, state.videos) : undefined;
		const items = [...(streams?.items ?? []), ...(videos?.items ?? [])];
		const outage = streams?.outage ?? videos?.outage;
		const mustPersist = streams?.mustPersist === true;
		const isBaseline = streams?.isBaseline === true || videos?.isBaseline === true;
		// A poll that fails stores nothing. n8n deactivates a workflow whose first poll fails, and the cause may last.
		if (outage && !isFirst && !isBaseline && !mustPersist && items.length === 0) throw outage;
		complete({ streams: streams?.state, videos: videos?.state });
		if (items.length > 0) return [context.helpers.returnJsonArray(items)];
		return mustPersist ? [[]] : null;
	} finally {
		polling.delete(state);
	}
}

/**
 * @returns `isFirst`: whether the workflow may have been activated since the last poll; `stateMayBeStale`: whether
 * polls may be missing between the state and this one; `complete` stores the poll in the state
 */
function startPoll(context: IPollFunctions, state: TriggerState) {
	const key = `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
	const last = lastPolls.get(key);
	const isComplete = last !== undefined && last.polledMs === state.polledMs;
	const isCopied = isComplete && last.state.deref() !== state;
	const isFirst = !isComplete || (isCopied && !last.isCopied);
	const ageMs = Date.now() - (state.polledMs ?? 0);
	const isRecent = ageMs >= 0 && ageMs <= pollIntervalMs(context) * MAX_INTERVALS;
	const stateMayBeStale = last?.hasFailed === true || (isFirst && !isRecent);
	if (last) lastPolls.set(key, { ...last, hasFailed: true });
	return {
		isFirst,
		stateMayBeStale,
		complete: (next: Omit<TriggerState, 'polledMs'>): void => {
			const polledMs = Date.now();
			Object.assign(state, next, { polledMs });
			lastPolls.set(key, { polledMs, state: new WeakRef(state), isCopied, hasFailed: false });
		},
	};
}

/** How long the poll may take before n8n gives it up. Older versions of n8n have no limit. */
function pollBudgetMs(context: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number {
	return context.getPollBudgetMs?.() ?? Infinity;
}
