import type { GoodRequest } from '../../contract/openapi';
import type { Answer } from '../answer';
import type { Options } from '../options';
import type { State } from '../state';

/** A request that has passed the contract's checks. */
export interface Call extends Pick<GoodRequest, 'pathParams' | 'query'> {
	body: unknown;
	state: State;
	options: Options;
}

export type Route = (call: Call) => Answer;
