import { InvalidValueError } from '../../nodes/Videograph/parameters/invalidValueError';

/** What a reading gives: its value, or the refusal that it throws. Anything else that it throws goes on. */
export function valueOrError<T>(read: () => T): T | InvalidValueError {
	try {
		return read();
	} catch (error) {
		if (error instanceof InvalidValueError) return error;
		throw error;
	}
}
