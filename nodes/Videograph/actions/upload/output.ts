import type { IDataObject } from 'n8n-workflow';
import type { Video } from '../../api/decode';
import { embedUrl } from '../../api/urls';

export interface UploadedFile {
	fileName: string;
	/** In bytes. */
	size: number;
	mimeType: string;
}

/** An uploaded file as an output item with all keys. Those of its video are null until the video has appeared. */
export function uploadOutput({ fileName, size, mimeType }: UploadedFile, video: Video | undefined): IDataObject {
	return {
		fileName,
		size,
		mimeType,
		uploaded: true,
		contentId: video?.id ?? null,
		status: video?.status ?? null,
		playbackUrl: video?.playbackUrl ?? null,
		embedUrl: video ? embedUrl('videoId', video.id) : null,
		thumbnailUrl: video?.thumbnailUrl ?? null,
	};
}
