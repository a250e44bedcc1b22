import { clipRoutes } from './clips';
import { contentRoutes } from './contents';
import { livestreamRoutes } from './livestreams';
import { otherRoutes } from './others';
import { partRoutes } from './parts';
import type { Route } from './route';

/** Every operation by its operationId. */
export const routes: Record<string, Route> = {
	...livestreamRoutes,
	...clipRoutes,
	...contentRoutes,
	...partRoutes,
	...otherRoutes,
};
