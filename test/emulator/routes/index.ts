import type { GoodRequest } from '../../contract/openapi';
import type { Answer } from '../answer';
import type { Options } from '../options';
import type { State } from '../state';
import { clipRoutes } from './clips';
import { contentRoutes } from './contents';
import { livestreamRoutes } from './livestreams';
import { otherRoutes } from './others';
import { partRoutes } from './parts';

/** A request that has passed the contract's checks. */
export interface Call extends Pick<GoodRequest, 'pathParams' | 'query'> {
	body: unknown;
	state: State;
	options: Options;
}

export type Route = (call: Call) => Answer;

/** Every operation by its operationId. */
export const routes: Record<string, Route> = {
	...livestreamRoutes,
	...clipRoutes,
	...contentRoutes,
	...partRoutes,
	...otherRoutes,
};
