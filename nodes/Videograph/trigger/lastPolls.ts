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
