import type { Resource } from '../operation';
import { addSubtitle } from './addSubtitle';
import { create } from './create';
import { createAdvanced } from './createAdvanced';
import { remove } from './delete';
import { deleteSubtitle } from './deleteSubtitle';
import { download } from './download';
import { get } from './get';
import { getAll } from './getAll';
import { getPlaybackUrl } from './getPlaybackUrl';
import { getSubtitles } from './getSubtitles';
import { setThumbnail } from './setThumbnail';
import { update } from './update';
import { waitUntilReady } from './waitUntilReady';

/** Its operations are sorted by name, as n8n lists them. */
export const video: Resource = {
	value: 'video',
	name: 'Video',
	defaultOperation: 'create',
	operations: [
		addSubtitle,
		createAdvanced,
		create,
		remove,
		deleteSubtitle,
		download,
		get,
		getAll,
		getSubtitles,
		getPlaybackUrl,
		setThumbnail,
		update,
		waitUntilReady,
	],
};
