import type { INode, NodeApiError as ApiError } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { type FailureDetails, type FailureReason, VideographError } from '../api/errors';

export type NodeError = NodeApiError | NodeOperationError;

/** What an n8n error contains beside the error that it is created from. */
export interface ErrorScope {
	itemIndex?: number;
	/** Start of the message, such as the name of a subtask. */
	prefix?: string;
	/** End of the message. */
	suffix?: string;
	/** Advice of the operation by HTTP status (see Operation.advice). */
	operationAdvice?: Partial<Record<number, string>>;
	/** Resources that the failed execution has created: it has no output. */
	created?: CreatedId[];
}

export interface CreatedId {
	item: number;
	/** Output field of the ID. */
	key: string;
	/** Null if it is unknown. */
	id: string | null;
}

/**
 * Converts any error to an n8n error. This is the only place that adds advice to the errors of the API.
 *
 * @param thrown is not changed, because items that share a request also share its error
 */
export function toNodeError(node: INode, thrown: unknown, scope: ErrorScope = {}): NodeError {
	const { itemIndex, prefix = '', suffix = '', operationAdvice, created = [] } = scope;
	const error =
		thrown instanceof VideographError ? toApiError(node, thrown, operationAdvice) : toOperationError(node, thrown);
	// n8n replaces messages that contain certain words.
	error.message = `${prefix}${thrown instanceof Error ? thrown.message : String(thrown)}${suffix}`;
	error.context = {
		...error.context,
		...(itemIndex !== undefined && { itemIndex }),
		...(created.length > 0 && { created: created.map(({ item, id }) => ({ item, id })) }),
	};
	error.description = [error.description, createdSentence(created)].filter(Boolean).join(' ') || null;
	if (thrown instanceof Error) error.stack = thrown.stack;
	return error;
}

export function formatId(id: string | null): string {
	return id ?? 'ID unknown';
}

function createdSentence(created: CreatedId[]): string | undefined {
	if (created[0] === undefined) return undefined;
	const list = created.map(({ item, id }) => `${formatId(id)} (item ${item})`).join(', ');
	return `Already created in this execution, by ${created[0].key}: ${list}.`;
}

function toOperationError(node: INode, thrown: unknown): NodeOperationError {
	if (!(thrown instanceof Error)) return new NodeOperationError(node, String(thrown));
	// n8n would return the same error.
	if (!(thrown instanceof NodeOperationError)) return new NodeOperationError(node, thrown);
	const error = new NodeOperationError(node, thrown.message, { description: thrown.description ?? undefined });
	error.context = thrown.context;
	return error;
}

function toApiError(
	node: INode,
	{ message, details }: VideographError,
	operationAdvice: ErrorScope['operationAdvice'],
): NodeApiError {
	const { note, status } = details;
	return new NodeApiError(
		node,
		{ message },
		{
			message,
			description: note === undefined ? adviceFor(details, operationAdvice) : `${note} ${adviceFor(details)}`,
			httpCode: status === undefined ? undefined : String(status),
			failure: failureOf(details),
		},
	);
}

type Failure = NonNullable<ApiError['failure']>;

/** Causes by HTTP status (read by n8n 2.39 and newer). */
const CAUSES: Record<number, Failure['cause']> = {
	401: 'credential-invalid',
	429: 'rate-limited',
	502: 'temporarily-unavailable',
	503: 'temporarily-unavailable',
	504: 'temporarily-unavailable',
};

function failureOf({ reason, status = 0, retryAfterMs }: FailureDetails): Failure | undefined {
	switch (reason) {
		case 'network':
		case 'uploadNetwork':
		case 'mediaNetwork':
			return { cause: 'temporarily-unavailable' };
		case 'rateLimitWait':
			return { cause: 'rate-limited', retryAfterMs };
		case 'status':
		case 'uploadStatus':
		case 'mediaStatus': {
			// Other hosts do not check the credentials.
			const cause = reason === 'status' || status === 429 || status >= 500 ? CAUSES[status] : undefined;
			return cause && { cause, ...(retryAfterMs !== undefined && { retryAfterMs }) };
		}
		default:
			return undefined;
	}
}

/** Advice if there is none for the HTTP status. */
const ADVICE_BY_REASON: Record<FailureReason, string> = {
	status: 'Fix the problem that the message describes, then run the node again.',
	network: 'Check the Base URL of the Videograph API credential and that n8n can reach it, then try again.',
	certificate:
		'Check the Base URL of the Videograph API credential, and the clock of the n8n server. If a proxy uses ' +
		'a certificate of its own, set the environment variable NODE_EXTRA_CA_CERTS to the file of its ' +
		'certificate authority.',
	unexpectedData: 'The API may have changed. Please report this to the authors of the package.',
	rateLimitWait: 'Raise Max Rate Limit Wait, or run the node again after that time.',
	stopped: 'The execution was stopped before this request.',
	uploadStatus:
		'Run the node again to request a new upload URL. If that does not help, upload the file in the ' +
		'Videograph dashboard.',
	uploadNetwork: 'Check that n8n and its proxy can reach that host. Then run the node again to upload the file again.',
	mediaStatus: 'Check in the Videograph dashboard that the video can be played, then run the node again.',
	mediaNetwork: 'Check that n8n and its proxy can reach that host, then run the node again.',
	mediaUrl: 'Check in the Videograph dashboard that the video can be played. Only http and https URLs are requested.',
	notPlaylist: 'Check in the Videograph dashboard that the video can be played, then run the node again.',
	live: 'Wait until the live stream has ended, or create a clip of it and download the clip.',
	drm: 'A protected video cannot be downloaded. Use a video without DRM.',
	unsupportedMedia: 'Use its playback URL, or a tool such as FFmpeg, to download it.',
	damagedMedia: 'Check in the Videograph dashboard that all of the video can be played, then run the node again.',
	noSound: 'Set Format to MP4 Video.',
	noMedia: 'Check in the Videograph dashboard that the video can be played, then run the node again.',
	tooLarge: 'Select a smaller Max Height, create a shorter clip, or increase Max Size.',
	tooLargeForMemory:
		'Set the environment variable N8N_DEFAULT_BINARY_DATA_MODE to filesystem, select a smaller Max Height, or create ' +
		'shorter clips.',
};

const ADVICE: Record<number, string> = {
	401:
		'Check the Access Token ID and the Secret Key of the Videograph API credential: both must belong to the ' +
		'same access token, and to the environment of your live streams.',
	403:
		'The access token of the Videograph API credential lacks a permission. Grant it "Video Read and Write" ' +
		'in the Videograph dashboard, or use a token that has it.',
	404:
		'Check the ID: the resource may be deleted, or belong to another environment than the access token of ' +
		'the Videograph API credential.',
	429: 'Videograph is rate limiting requests. Try again later, or lower Concurrency in the options.',
};
const ADVICE_3XX =
	'Check the Base URL of the Videograph API credential: it responds with a redirect. Redirects are not ' +
	'followed, so that the credentials are sent to no other host.';
const ADVICE_5XX = 'The failure is on the side of Videograph. Try again later.';
const ADVICE_NOT_JSON =
	'Check the Base URL of the Videograph API credential, and any proxy or firewall in between: the response ' +
	'does not seem to come from the Videograph API.';

/** For the storage that receives uploads. */
const UPLOAD_ADVICE: Record<number, string> = {
	403:
		'The storage rejected the upload URL, which is valid for a short time and for one file only. Run the ' +
		'node again to request a new upload URL.',
	413:
		'The file is larger than the storage accepts. Make it smaller, or let Videograph fetch it from a public ' +
		'URL with Video: Create From URL.',
};
const UPLOAD_ADVICE_3XX =
	'The upload URL responds with a redirect, which is not followed because the file would have to be sent ' +
	'again. Run the node again. If that does not help, contact Videograph.';
const UPLOAD_ADVICE_5XX = 'The failure is on the side of the storage. Run the node again to upload the file again.';
const UPLOAD_NOTE = 'The file may have arrived: check for its video in Videograph first.';

/** For the host of the files of a video. */
const MEDIA_ADVICE: Record<number, string> = {
	401: 'The host requires signed playback, which Download does not support. Use a video with public playback.',
	403:
		'The host rejected the playback URL: it may require signed playback, which Download does not support, or have ' +
		'expired. Use a video with public playback, or run the node again.',
	404: 'The video may have been deleted, or not be complete yet. Run the node again later.',
};
const MEDIA_ADVICE_5XX = 'The failure is on the side of the host of the video. Run the node again later.';

function adviceFor(details: FailureDetails, operationAdvice: ErrorScope['operationAdvice'] = {}): string {
	const { reason, call, status = 0 } = details;
	switch (reason) {
		case 'status':
			return (
				(isApiDecision(details) && operationAdvice[status]) || `${statusAdvice(details)} (HTTP ${status} to ${call})`
			);
		case 'uploadStatus':
			return `${uploadAdvice(details)} (HTTP ${status} to ${call})`;
		case 'mediaStatus':
			return `${mediaAdvice(status)} (HTTP ${status} to ${call})`;
		case 'uploadNetwork':
			return `${uploadAdvice(details)} (${call})`;
		case 'rateLimitWait':
		case 'stopped':
			return `${ADVICE_BY_REASON[reason]} (${call} was not sent)`;
		default:
			return `${ADVICE_BY_REASON[reason]} (${call})`;
	}
}

/** Whether the API itself has decided about the request, so that the operation knows why. */
function isApiDecision({ status = 0, isJson }: FailureDetails): boolean {
	if (status >= 300 && (status < 400 || status >= 500)) return false;
	// An HTML page with 403 or 404 comes from another host, which has not checked the token or the ID.
	return isJson === true || status === 401 || status === 429;
}

function statusAdvice(details: FailureDetails): string {
	const { status = 0 } = details;
	if (status >= 300 && status < 400) return ADVICE_3XX;
	if (status >= 500) return ADVICE_5XX;
	return isApiDecision(details) ? (ADVICE[status] ?? ADVICE_BY_REASON.status) : ADVICE_NOT_JSON;
}

function uploadAdvice({ kind, reason, status = 0 }: FailureDetails): string {
	if (status >= 300 && status < 400) return UPLOAD_ADVICE_3XX;
	const advice = UPLOAD_ADVICE[status] ?? (status >= 500 ? UPLOAD_ADVICE_5XX : ADVICE_BY_REASON[reason]);
	return kind === 'outcomeUnknown' ? `${UPLOAD_NOTE} ${advice}` : advice;
}

function mediaAdvice(status: number): string {
	return MEDIA_ADVICE[status] ?? (status >= 500 ? MEDIA_ADVICE_5XX : ADVICE_BY_REASON.mediaStatus);
}

/** Makes a function of a node throw n8n errors. */
export function withNodeErrors<Context extends { getNode(): INode }, Arguments extends unknown[], Result>(
	run: (this: Context, ...args: Arguments) => Promise<Result>,
) {
	return async function (this: Context, ...args: Arguments): Promise<Result> {
		try {
			return await run.apply(this, args);
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	};
}
