import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { mp4UrlOf, type Video } from '../api/decode';
import { embedUrl } from '../api/urls';
import { fileNameOf } from '../media/fileName';
import type { Format } from '../media/hls';
import type { ItemParameters } from '../parameters/itemParameters';
import { notFoundAdvice, optionsField, videoIdField } from './common.descriptions';
import type { Operation, OperationContext, OutputItem } from './operation';
import { readTimeout, timeoutField, type WaitTarget, waitUntilReadyField } from './waitOptions';

const MIB = 1024 * 1024;
const HEIGHTS = ['best', '360', '480', '720', '1080'] as const;

const MIME_TYPES: Record<Format, string> = { mp4: 'video/mp4', audio: 'audio/mp4' };

const formatField: INodeProperties = {
	displayName: 'Format',
	name: 'format',
	type: 'options',
	default: 'mp4',
	description: 'The kind of file to create. Nothing is encoded again, so the quality remains.',
	options: [
		{ name: 'M4A Audio Only', value: 'audio', description: 'The sound, such as for a transcription' },
		{ name: 'MP4 Video', value: 'mp4', description: 'Pictures and sound' },
	],
};

const binaryField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: 'The name of the output binary field to put the file in',
	builderHint: { propertyHint: 'Such as data, which is what upload nodes expect by default.' },
};

const fileNameField: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. final.mp4',
	description: 'The name of the file. Defaults to the title.',
};

const maxHeightField: INodeProperties = {
	displayName: 'Max Height',
	name: 'maxHeight',
	type: 'options',
	default: 'best',
	description: 'The largest rendition to download, if the video has several',
	options: [...HEIGHTS].sort().map((value) => ({ name: value === 'best' ? 'Best' : `${value}p`, value })),
};

const maxSizeField: INodeProperties = {
	displayName: 'Max Size (MB)',
	name: 'maxSize',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'Fail the item if the file is larger, such as for a service with a limit. 0: no limit.',
	builderHint: { propertyHint: 'Megabytes, such as 47 for a Telegram bot.' },
};

/** Download, as an operation of a resource whose entries are videos. */
export function downloadOperation(target: WaitTarget): Operation {
	const { noun } = target;
	return {
		value: 'download',
		name: 'Download',
		action: `Download ${noun}`,
		description: `Download a ${noun} as an MP4 or M4A file, for a node that uploads or sends it`,
		builderHint:
			'Put it before nodes that upload or send a file, such as YouTube, Telegram, S3 or a transcription: they need ' +
			'the binary field, not playbackUrl. The file is in the field that binaryPropertyName names.',
		endpoints: ['getContent', 'getPlaybackUrl', 'listContents'],
		fields: [
			videoIdField,
			formatField,
			binaryField,
			waitUntilReadyField({ ...target, until: `the ${noun} can be played, and then download it` }),
			optionsField([fileNameField, maxHeightField, maxSizeField, timeoutField(target.timeout, `the ${noun} is ready`)]),
		],
		advice: { 404: notFoundAdvice('Video') },

		prepare(parameters) {
			const contentId = parameters.id('contentId');
			const format = parameters.choice('format', ['mp4', 'audio']);
			const binaryPropertyName = parameters.text('binaryPropertyName');
			const fileName = parameters.optionalText('options.fileName');
			const maxHeight = parameters.choice('options.maxHeight', HEIGHTS);
			const maxMegabytes = readMaxSize(parameters);
			const getReady = readReadiness(parameters, target);

			return async (context): Promise<OutputItem[]> => {
				const video = await getReady(context, contentId);
				const playbackUrl = video.playbackUrl ?? (await context.client.getPlaybackUrl(contentId));
				const mp4Url = mp4UrlOf(video);
				if (context.isTool) return [{ json: linksOf(video, playbackUrl, mp4Url) }];
				const name = fileNameOf(fileName ?? video.title, format);
				const mimeType = MIME_TYPES[format];
				// n8n loads the node when it starts.
				const { downloadMedia } = await import('../media/downloadMedia');
				const media = await downloadMedia(context.client.files, context.saveFile, {
					playbackUrl,
					mp4Url,
					format,
					maxHeight: maxHeight === 'best' ? Infinity : Number(maxHeight),
					fileName: name,
					mimeType,
					maxBytes: maxMegabytes === 0 ? Infinity : maxMegabytes * MIB,
				});
				if (!media) {
					throw parameters.error(
						`The ${noun} ${labelOf(video)} has no playback URL`,
						'Check it in the Videograph dashboard. If it can be played there, try again later.',
					);
				}
				const { binary, size: fileSize, duration, width, height } = media;
				return [
					{
						json: { contentId, title: video.title, fileName: name, mimeType, fileSize, duration, width, height },
						binary: { [binaryPropertyName]: binary },
					},
				];
			};
		},
	};
}

function readMaxSize(parameters: ItemParameters): number {
	const value = parameters.value('options.maxSize') ?? 0;
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value === '' ? 0 : value;
	if (typeof number === 'number' && number >= 0 && number < Infinity) return number;
	return parameters.refuse(
		'options.maxSize',
		'must be a number of 0 or more',
		'Enter a number of megabytes, such as 50.',
	);
}

/** Reads the options of the wait. @returns the function that fetches the video, and waits until it is ready */
function readReadiness(
	parameters: ItemParameters,
	target: WaitTarget,
): (context: OperationContext, contentId: string) => Promise<Video> {
	const waits = parameters.boolean('waitUntilReady', false);
	const timeoutMs = readTimeout(parameters, target);
	const { noun, failed } = target;
	return async (context, contentId) => {
		let video = await context.client.getContent(contentId);
		if (waits && video.status === 'processing') {
			const last = await context.videoPoller.wait({ id: contentId, video }, timeoutMs);
			video = last.video ?? video;
		}
		const label = labelOf(video);
		if (video.status === 'failed') throw parameters.error(failed.message(label), failed.advice);
		// A response without a status may be that of a video that is ready.
		const isReady = video.status === 'ready' || (!video.hasStatus && video.playbackUrl !== null);
		if (isReady) return video;
		throw parameters.error(
			waits
				? `The ${noun} ${label} is not ready after ${timeoutMs / 1000} seconds`
				: `The ${noun} ${label} is still processing`,
			waits ? 'Increase Timeout, or try again later.' : 'Turn on Wait Until Ready, or try again later.',
		);
	};
}

function labelOf({ title, id }: Video): string {
	return title === null ? id : `"${title}" (${id})`;
}

/** What an AI tool returns instead of the file. */
function linksOf(video: Video, playbackUrl: string | null, mp4Url: string | null): IDataObject {
	const { id, title, durationMs, thumbnailUrl } = video;
	return {
		contentId: id,
		title,
		duration: durationMs === null ? null : durationMs / 1000,
		playbackUrl,
		mp4Url,
		embedUrl: embedUrl('videoId', id),
		thumbnailUrl,
		note:
			'An AI tool cannot return a file, so these are the links of the video. To get the file, add the Videograph ' +
			'node to the workflow itself.',
	};
}
