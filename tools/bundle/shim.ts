import { sleep } from 'n8n-workflow';

/** What the library may use of the globals that n8n does not allow in a node. */
export const libraryGlobal = { TextEncoder, TextDecoder };

export const libraryTimeout = (run: () => void, milliseconds: number): undefined => {
	void sleep(milliseconds).then(run);
};
