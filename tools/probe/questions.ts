import { isObject } from '../../nodes/Videograph/utils/values';
import { type Account, isMaster, type Playlist, Unanswerable } from './account';
import { listOf, RequestFailed, type Response, textOf } from './api';

/** What a question needs: reading only, `--write`, a clip too, `--limits`, or something that the probe does not do. */
export type Need = 'read' | 'write' | 'clip' | 'limits' | { not: string };

export interface Finding {
	/** The ID of one of the unknown's answers. */
	answer: string;
	/** What shows it, without any value of the account. */
	evidence: string;
}

export interface Question {
	/** The ID of the unknown in docs/openapi.yaml. */
	id: string;
	needs: Need;
	/** Sends the requests and decides. @throws {Unanswerable} if they do not show the answer */
	answer?: (account: Account) => Promise<Finding>;
}

/** @param ask what it sends @param decide the answer from the responses, without a request */
function question<T>(
	id: string,
	needs: Need,
	ask: (account: Account) => Promise<T>,
	decide: (result: T, account: Account) => Finding,
): Question {
	return { id, needs, answer: async (account) => decide(await ask(account), account) };
}

const notAsked = (id: string, not: string): Question => ({ id, needs: { not } });

/** Every unknown of docs/openapi.yaml, in an order in which each finds what it asks about: the deletion comes last. */
export const questions: Question[] = [
	question('error-status', 'read', (account) => account.missing(), hasErrorStatus),
	question('contents-paging', 'read', twoPages, isPaged),
	question('contents-page-size', 'read', pagesBySize, isCapped),
	question('contents-order', 'read', (account) => account.firstPage(), orderOf),
	question('livestream-list-repeats', 'read', bothLists, hasRepeats),
	question('livestream-details', 'read', (account) => account.livestream(), hasTags),
	question('active-since', 'read', (account) => account.liveDetails(), hasStart),
	question('ingest-url', 'read', (account) => account.livestream(), ingestName),
	question('recording-playlist', 'read', (account) => account.playlist(), playlistKind),
	question('clip-list', 'read', (account) => account.clips(), exists),
	question('playback-url-in-details', 'read', (account) => account.video(), hasPlaybackUrl),
	question('playback-url', 'read', (account) => account.ofVideo('getPlaybackUrl'), exists),
	question('subtitle-list', 'read', (account) => account.ofVideo('listSubtitles'), exists),
	question('create-clip-response', 'clip', (account) => account.createdClip(), idOfClip),
	question('clip-list-content-id', 'clip', (account) => account.newClip(), hasContentId),
	question('clip-metadata', 'clip', (account) => account.clipVideo(), hasMetadata),
	question('clip-segments', 'clip', (account) => account.clipPlaylist(), segmentKind),
	question('clip-encryption', 'clip', (account) => account.clipPlaylist(), encryptionOf),
	question('clip-master-playlist', 'clip', (account) => account.clipEntry(), isMasterPlaylist),
	question('clip-sound', 'clip', (account) => account.clipEntry(), soundOf),
	question('clip-segment-urls', 'clip', (account) => account.clipPlaylist(), segmentUrls),
	question('clip-mp4-url', 'clip', (account) => account.clipVideo(), hasMp4Url),
	question('create-status', 'write', (account) => account.createdLivestream(), statusOf),
	question('titles', 'write', (account) => account.livestreamBefore(), isTitleExact),
	question('start-stop', 'write', (account) => account.stoppedLivestream(), exists),
	question('change-response', 'write', (account) => account.updatedLivestream(), hasEnvelope),
	question('put', 'write', beforeAndAfter, isCleared),
	question('deleted-livestream', 'write', (account) => account.livestreamDeleted(), isGone),
	{ id: 'rate-limit', needs: 'limits', answer: rateLimit },
	notAsked('repeated-create', 'it would create resources twice'),
	notAsked('contents-filters', 'no name of a filter is known'),
	notAsked('regions', 'the API has no list of regions'),
	notAsked('recording-window', 'it takes 12 hours: try to create a clip of an older recording'),
	notAsked('clip-range', 'it would create clips that are not needed'),
	notAsked('failed-clip', 'a clip cannot be made to fail'),
	notAsked('upload-title', 'the probe uploads nothing'),
	notAsked('signing-key', 'a key cannot be deleted through the API'),
	notAsked('embed-path', 'only the dashboard shows it'),
	notAsked('webhooks', 'they are set in the dashboard'),
];

function hasErrorStatus({ name, status, body }: Response): Finding {
	if (status < 400 || !isObject(body)) throw new Unanswerable(`${name} of a missing video returned ${status}`);
	const has = body.status !== undefined;
	return { answer: yesNo(has), evidence: `The error ${status} ${has ? 'has' : 'has no'} field status` };
}

async function twoPages(account: Account): Promise<[Response, Response]> {
	return [await account.contents(0, 1), await account.contents(1, 1)];
}

function isPaged([first, second]: [Response, Response]): Finding {
	const [a, b] = [listOf(first), listOf(second)];
	if (a.length > 1) return { answer: 'ignored', evidence: `With limit=1, ${a.length} videos came` };
	if (a.length === 0 || b.length === 0) throw new Unanswerable('the account has fewer than 2 videos');
	return a[0]?.contentId === b[0]?.contentId
		? { answer: 'ignored', evidence: 'start=0 and start=1 returned the same video' }
		: { answer: 'honored', evidence: 'start=0 and start=1 with limit=1 returned one video each, not the same' };
}

async function pagesBySize(account: Account): Promise<[Response, Response]> {
	if (isPaged(await twoPages(account)).answer === 'ignored') throw new Unanswerable('the list ignores limit');
	return [await account.firstPage(), await account.secondPage()];
}

function isCapped([first, second]: [Response, Response]): Finding {
	const [a, b] = [listOf(first), listOf(second)];
	if (a.length >= 100) return { answer: 'no', evidence: 'With limit=100, 100 videos came' };
	if (b.length === 0) throw new Unanswerable('the account has fewer than 100 videos');
	return { answer: 'yes', evidence: `With limit=100, ${a.length} videos came, and more on the next page` };
}

function orderOf(page: Response): Finding {
	const times = listOf(page).flatMap(({ created_at: time }) => (typeof time === 'number' ? [time] : []));
	const steps = times.slice(1).map((time, index) => Math.sign(time - (times[index] ?? 0)));
	const evidence = `created_at of ${times.length} videos`;
	const [falls, rises] = [steps.includes(-1), steps.includes(1)];
	if (!falls && !rises) throw new Unanswerable('the account has fewer than 2 videos of different times');
	if (falls && rises) return { answer: 'other', evidence };
	return { answer: falls ? 'newest-first' : 'oldest-first', evidence };
}

async function bothLists(account: Account): Promise<Array<Record<string, unknown>>> {
	const [recorded, others] = [await account.livestreams(true), await account.livestreams(false)];
	// If the filter is ignored, both contain the same.
	return listOf(recorded).length >= listOf(others).length ? listOf(recorded) : listOf(others);
}

function hasRepeats(streams: Array<Record<string, unknown>>): Finding {
	if (streams.length === 0) throw new Unanswerable('the account has no live stream');
	const ids = new Set(streams.map(({ streamUUID }) => streamUUID));
	return {
		answer: yesNo(ids.size < streams.length),
		evidence: `Entries: ${streams.length}, live streams: ${ids.size}`,
	};
}

function hasTags({ data }: Response): Finding {
	const has = isObject(data) && 'tags' in data;
	return { answer: yesNo(has), evidence: `The details ${has ? 'have' : 'have no'} field tags` };
}

function hasStart({ activeSince }: Record<string, unknown>): Finding {
	const has = typeof activeSince === 'number';
	return { answer: yesNo(has), evidence: `The details of a live stream ${has ? 'have' : 'have no'} activeSince` };
}

function ingestName({ data }: Response): Finding {
	const names = isObject(data) ? ['ingestUrl', 'rtmpUrl'].filter((name) => name in data) : [];
	const [answer] = names;
	if (answer === undefined) throw new Unanswerable('the details have neither ingestUrl nor rtmpUrl');
	return { answer, evidence: `The details have ${names.join(' and ')}` };
}

/** Of fewer segments, it is unknown whether earlier ones were removed. */
const ENOUGH_SEGMENTS = 20;

function playlistKind(playlist: string | undefined): Finding {
	if (playlist === undefined) return { answer: 'missing', evidence: 'The playback URL leads to no playlist' };
	const lines = playlist.split(/\r?\n/);
	const segments = lines.filter((line) => line.startsWith('#EXTINF')).length;
	const evidence = `A playlist of ${segments} segments`;
	const first = Number(/^#EXT-X-MEDIA-SEQUENCE:(\d+)/m.exec(playlist)?.[1] ?? 0);
	if (first > 1) return { answer: 'sliding', evidence: `${evidence}, the first of which is not the first of all` };
	if (segments < ENOUGH_SEGMENTS) throw new Unanswerable('the broadcast has started too recently');
	return lines.some((line) => line.startsWith('#EXT-X-PROGRAM-DATE-TIME'))
		? { answer: 'programDateTime', evidence: `${evidence} with EXT-X-PROGRAM-DATE-TIME` }
		: { answer: 'plain', evidence: `${evidence} without EXT-X-PROGRAM-DATE-TIME` };
}

/** Whether an endpoint exists; the resource in its path does. */
function exists({ name, status }: Response): Finding {
	const evidence = `${name} returned ${status}`;
	if (status === 404 || status === 405) return { answer: String(status), evidence };
	if (status === 401 || status === 403) throw new Unanswerable(evidence);
	return { answer: 'yes', evidence };
}

const CLIP_IDS = ['contentId', 'contentUUID', 'clipUUID', 'uuid'];

function idOfClip({ name, status, body, data }: Response): Finding {
	if (status >= 300) throw new Unanswerable(`${name} returned ${status}`);
	if (!isObject(body) || body.data === undefined) return { answer: 'bare', evidence: `${name} returned no data` };
	const found = isObject(data) ? CLIP_IDS.find((id) => textOf(data[id]) !== undefined) : undefined;
	if (found === undefined) return { answer: 'empty', evidence: `${name} returned data without an ID` };
	return { answer: found === 'contentUUID' ? 'contentId' : found, evidence: `${name} returned data with ${found}` };
}

function hasContentId({ contentUUID, status, statusId }: Record<string, unknown>): Finding {
	if (textOf(contentUUID) === undefined) {
		return { answer: 'whenReady', evidence: 'The new clip is listed without contentUUID' };
	}
	if (status === 'Ready' || statusId === 3) throw new Unanswerable('the clip was ready at once');
	return { answer: 'always', evidence: 'The clip has a contentUUID before it is ready' };
}

function hasMetadata({ metadata }: Record<string, unknown>): Finding {
	const has = Array.isArray(metadata) && metadata.some((entry) => isObject(entry) && entry.key === 'n8n_probe');
	return {
		answer: yesNo(has),
		evidence: `The video of the clip ${has ? 'has' : 'has not'} the metadata of the request`,
	};
}

function segmentKind(playlist: string): Finding {
	return /^#EXT-X-MAP:/m.test(playlist)
		? { answer: 'fmp4', evidence: 'The playlist of the clip has EXT-X-MAP' }
		: { answer: 'ts', evidence: 'The playlist of the clip has no EXT-X-MAP' };
}

function encryptionOf(playlist: string): Finding {
	const method = /^#EXT-X-KEY:.*METHOD=(NONE|AES-128|SAMPLE-AES[A-Z-]*)/m.exec(playlist)?.[1] ?? 'NONE';
	const answer = { NONE: 'none', 'AES-128': 'aes128' }[method] ?? 'drm';
	return { answer, evidence: `The playlist of the clip has the key method ${method}` };
}

function isMasterPlaylist(playlist: Playlist): Finding {
	return isMaster(playlist)
		? { answer: 'yes', evidence: 'The playlist has EXT-X-STREAM-INF' }
		: { answer: 'no', evidence: 'The playlist has no EXT-X-STREAM-INF' };
}

function soundOf(playlist: Playlist): Finding {
	if (!isMaster(playlist)) throw new Unanswerable('there is no master playlist');
	return /^#EXT-X-MEDIA:.*TYPE=AUDIO.*URI=/m.test(playlist.text)
		? { answer: 'apart', evidence: 'The master playlist has EXT-X-MEDIA with the type AUDIO and a URI' }
		: { answer: 'together', evidence: 'The master playlist has no EXT-X-MEDIA with the type AUDIO and a URI' };
}

function segmentUrls(playlist: string): Finding {
	const [url] = playlist.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
	if (url === undefined) throw new Unanswerable('the playlist of the clip has no segment');
	const answer = url.includes('?') ? 'token' : /^https?:\/\//i.test(url) ? 'absolute' : 'relative';
	const evidence = { token: 'a query', absolute: 'an absolute URL', relative: 'a relative URL' }[answer];
	return { answer, evidence: `The first segment of the clip has ${evidence}` };
}

function hasPlaybackUrl({ data }: Response): Finding {
	const has = isObject(data) && textOf(data.playbackUrl) !== undefined;
	return { answer: yesNo(has), evidence: `The details of a ready video have ${has ? 'a' : 'no'} playbackUrl` };
}

function hasMp4Url(video: Record<string, unknown>): Finding {
	const has = /https?:[^"]+\.mp4/i.test(JSON.stringify(video));
	return { answer: yesNo(has), evidence: `The video of the clip has ${has ? 'a' : 'no'} URL of an MP4 file` };
}

function statusOf({ name, status }: Response): Finding {
	const evidence = `${name} returned ${status}`;
	if (status !== 200 && status !== 201) throw new Unanswerable(evidence);
	return { answer: String(status), evidence };
}

function isTitleExact({ title }: Record<string, unknown>, account: Account): Finding {
	const evidence = 'A title with & < > " \' # and characters beyond ASCII';
	if (title === account.livestreamTitle()) return { answer: 'exact', evidence: `${evidence} came back as sent` };
	const isEscaped = typeof title === 'string' && /&(#\w+|amp|lt|quot);/.test(title);
	return { answer: isEscaped ? 'escaped' : 'changed', evidence: `${evidence} came back changed` };
}

function hasEnvelope({ name, status, body }: Response): Finding {
	if (status >= 300) throw new Unanswerable(`${name} returned ${status}`);
	const has = isObject(body) && body.status !== undefined && body.code !== undefined;
	return {
		answer: has ? 'envelope' : 'bare',
		evidence: `${name} returned ${status} ${has ? 'with' : 'without'} envelope`,
	};
}

async function beforeAndAfter(account: Account): Promise<[Record<string, unknown>, Record<string, unknown>]> {
	return [await account.livestreamBefore(), await account.livestreamAfter()];
}

function isCleared([before, after]: [Record<string, unknown>, Record<string, unknown>]): Finding {
	if (textOf(before.description) === undefined) throw new Unanswerable('the details have no description');
	const stays = after.description === before.description;
	const what = stays ? 'is still there' : 'is gone';
	return { answer: stays ? 'retains' : 'clears', evidence: `After an update of the title, the description ${what}` };
}

function isGone({ name, status, data }: Response): Finding {
	if (status === 404) return { answer: 'no', evidence: `${name} returned 404 after the deletion` };
	if (isObject(data) && data.status === 'Deleting') {
		return { answer: 'yes', evidence: `${name} returned the status Deleting after the deletion` };
	}
	throw new Unanswerable(`${name} returned ${status} after the deletion`);
}

/** At most 60 requests, 10 at a time, until one is refused. */
const BURST = { requests: 60, together: 10 };

async function rateLimit({ api }: Account): Promise<Finding> {
	for (let sent = 0; sent < BURST.requests && !api.rateLimited; sent += BURST.together) {
		const read = async () => await api.sendOnce({ operationId: 'listContents', query: { start: 0, limit: 1 } });
		const results = await Promise.allSettled(Array.from({ length: BURST.together }, read));
		const failed = results.find((result) => result.status === 'rejected');
		if (failed && !(failed.reason instanceof RequestFailed)) throw failed.reason;
	}
	if (!api.rateLimited) return { answer: 'none', evidence: `No 429 to ${BURST.requests} requests, 10 at a time` };
	return api.rateLimited.retryAfter === undefined
		? { answer: 'no-retry-after', evidence: '429 without Retry-After' }
		: { answer: 'retry-after', evidence: '429 with Retry-After' };
}

function yesNo(is: boolean): string {
	return is ? 'yes' : 'no';
}
