import { InvalidInput } from '../../nodes/Videograph/shared/invalidInput';

/** What a reading gives: its value, or the refusal that it throws. Anything else that it throws goes on. */
export function valueOrRefusal<T>(read: () => T): T | InvalidInput {
	try {
		return read();
	} catch (error) {
		if (error instanceof InvalidInput) return error;
		throw error;
	}
}
