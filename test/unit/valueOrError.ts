import { InvalidValueError } from '../../nodes/Videograph/parameters/invalidValueError';

/** The value of a parser, or the InvalidValueError that it throws. Other errors are rethrown. */
export function valueOrError<T>(read: () => T): T | InvalidValueError {
	try {
		return read();
	} catch (error) {
		if (error instanceof InvalidValueError) return error;
		throw error;
	}
}
