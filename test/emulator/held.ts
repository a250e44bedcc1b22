import type { ServerResponse } from 'node:http';

/** The responses of all emulators of this process that wait for a timer, or are never sent. A clock may run while they wait. */
export const held = new Set<ServerResponse>();

/** Delays a response by the clock of the process, which a test may have replaced: hence the global timer. */
export async function hold(response: ServerResponse, milliseconds: number): Promise<void> {
	held.add(response);
	await new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref());
	held.delete(response);
}

/** Never sends a response. */
export function holdForever(response: ServerResponse): void {
	held.add(response);
	response.once('close', () => held.delete(response));
}
