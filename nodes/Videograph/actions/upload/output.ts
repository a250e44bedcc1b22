import type { IDataObject } from 'n8n-workflow';
import type { Content } from '../../api/types';
import { embedUrl } from '../../api/urls';
import { stringOrNull } from '../../utils/values';
import { statusOf } from '../../video/video';

export interface UploadedFile {
	fileName: string;
	/** In bytes. */
	size: number;
	mimeType: string;
}

/** An uploaded file as an output item with all keys. Those of its video are null until the video has appeared. */
export function uploadOutput({ fileName, size, mimeType }: UploadedFile, content: Content | undefined): IDataObject {
	const contentId = content?.contentId ?? null;
	return {
		fileName,
		size,
		mimeType,
		uploaded: true,
		contentId,
		status: content ? statusOf(content.status) : null,
		playbackUrl: stringOrNull(content?.playbackUrl),
		embedUrl: contentId === null ? null : embedUrl('videoId', contentId),
		thumbnailUrl: stringOrNull(content?.thumbnailUrl),
	};
}
