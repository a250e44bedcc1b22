import { randomBytes } from 'node:crypto';
import { isObject } from '../../nodes/Videograph/utils/values';
import { type Api, type Call, listOf, type Response, Stopped, textOf } from './api';

type Kind = 'livestream' | 'clip';

/** Something that the probe has created, or may have created. */
interface Creation {
	kind: Kind;
	/** Of the live stream, or of the clip's video; undefined until it is known. */
	id?: string;
	/** The ID of the clip's live stream. */
	streamId?: string;
	isRemoved?: true;
}

/** What the probe could not remove. */
export interface Leftover {
	kind: Kind;
	/** Undefined if it is unknown whether it exists. */
	id: string | undefined;
	/** The beginning of its title. */
	marker: string;
}

const PAGE = { size: 100, max: 100 };
/** How often, and with which waits in milliseconds, to search for what may have been created. */
const SEARCHES_MS = [0, 5000, 15_000, 30_000];

/** Creates resources, and removes each of them. All have the marker in their title, by which they are found again. */
export class Creations {
	readonly marker = `n8n-probe-${randomBytes(4).toString('hex')}`;
	private readonly created: Creation[] = [];

	/** @param api with which to create; cleaning up has its own, which cannot be stopped */
	constructor(private readonly api: Api) {}

	/** The number of resources that were removed. */
	get removed(): number {
		return this.created.filter(({ isRemoved }) => isRemoved).length;
	}

	/** Sends a create. It is noted before, as the response may be lost. */
	async create(kind: Kind, call: Call): Promise<Response> {
		const creation: Creation = { kind, streamId: call.path?.streamId };
		this.created.push(creation);
		const response = await this.api.send(call).catch((error: unknown) => {
			// Stopped before it was sent, or while it waited after a 429.
			if (error instanceof Stopped) this.forget(creation);
			throw error;
		});
		// The API has refused it.
		if (response.status >= 400) this.forget(creation);
		const ids = isObject(response.data) ? response.data : {};
		creation.id = kind === 'livestream' ? textOf(ids.streamUUID) : (textOf(ids.contentUUID) ?? textOf(ids.contentId));
		return response;
	}

	/** The ID of the clip's video; undefined while it has none. */
	async clipId(): Promise<string | undefined> {
		const clip = this.created.find(({ kind }) => kind === 'clip');
		if (clip) clip.id ??= await this.find(this.api, clip);
		return clip?.id;
	}

	/** Deletes a live stream. */
	async remove(streamId: string): Promise<void> {
		const creation = this.created.find(({ id }) => id === streamId);
		if (creation) await this.delete(this.api, creation);
	}

	/**
	 * Removes everything, also what may have been created without a response.
	 *
	 * @param api one that was not stopped
	 */
	async cleanUp(api: Api): Promise<Leftover[]> {
		for (const waitMs of SEARCHES_MS) {
			const left = this.created.filter(({ isRemoved }) => !isRemoved);
			if (left.length === 0) break;
			await api.sleep(waitMs);
			for (const creation of left) {
				try {
					creation.id ??= await this.find(api, creation);
					await this.delete(api, creation);
				} catch {
					// The next round, or the list of what is left.
				}
			}
		}
		const left = this.created.filter(({ isRemoved }) => !isRemoved);
		return left.map(({ kind, id }) => ({ kind, id, marker: this.marker }));
	}

	private forget(creation: Creation): void {
		this.created.splice(this.created.indexOf(creation), 1);
	}

	private async delete(api: Api, creation: Creation): Promise<void> {
		const { kind, id } = creation;
		if (id === undefined) return;
		const { status } = await api.send(
			kind === 'livestream'
				? { operationId: 'deleteLivestream', path: { streamId: id } }
				: { operationId: 'deleteContent', path: { contentId: id } },
		);
		if (status < 300 || status === 404) creation.isRemoved = true;
	}

	/** Finds a creation by the marker in its title. */
	private async find(api: Api, { kind, streamId }: Creation): Promise<string | undefined> {
		if (kind === 'livestream') {
			for (const record of [false, true]) {
				const found = await api.send({ operationId: 'listLivestreams', query: { record } });
				const id = this.idIn(listOf(found), 'title', 'streamUUID');
				if (id !== undefined) return id;
			}
			return undefined;
		}
		const clips = await api.send({ operationId: 'listClips', path: { streamId: streamId ?? '' } });
		return this.idIn(listOf(clips), 'name', 'contentUUID') ?? (await this.findVideo(api));
	}

	/** Reads page after page: the order of the list is unknown. */
	private async findVideo(api: Api): Promise<string | undefined> {
		const seen = new Set<unknown>();
		for (let page = 0, start = 0; page < PAGE.max; page++) {
			const videos = listOf(await api.send({ operationId: 'listContents', query: { start, limit: PAGE.size } }));
			const id = this.idIn(videos, 'title', 'contentId');
			if (id !== undefined) return id;
			const before = seen.size;
			for (const { contentId } of videos) seen.add(contentId);
			if (seen.size === before) return undefined;
			start += videos.length;
		}
		return undefined;
	}

	private idIn(list: Array<Record<string, unknown>>, titleKey: string, idKey: string): string | undefined {
		return textOf(list.find((entry) => textOf(entry[titleKey])?.startsWith(this.marker))?.[idKey]);
	}
}
