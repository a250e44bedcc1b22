import { success } from '../answer';
import type { Route } from './route';

/** Uploads and signing keys. */
export const otherRoutes: Record<string, Route> = {
	createUpload({ body, state, options }) {
		const { file_name: fileName } = body as { file_name: string };
		return success({ url: state.uploads.urlFor(fileName) }, 'Upload', options.createStatus);
	},

	createSigningKey({ body, state, options }) {
		state.signingKeys.push(body as object);
		return success(options.signingKey(), 'Signing key', options.createStatus);
	},
};
