import type { INodePropertyOptions } from 'n8n-workflow';

/** Event names are part of the public contract. */
export const EVENTS = [
	{
		name: 'Clip Ready',
		value: 'clipReady',
		description: 'A clip of a live stream is ready to play',
	},
	{
		name: 'Live Stream Ended',
		value: 'livestreamEnded',
		description: 'A broadcast has ended. The item has its start and end time, for Create Clip.',
	},
	{
		name: 'Live Stream Went Live',
		value: 'livestreamWentLive',
		description: 'A broadcast has started',
	},
	{
		name: 'Recording Expires Soon',
		value: 'recordingExpiresSoon',
		description: 'Videograph is about to delete a recording, 12 hours after the broadcast started',
	},
	{
		name: 'Video Failed',
		value: 'videoFailed',
		description: 'Processing of a video or a clip has failed',
	},
	{
		name: 'Video Ready',
		value: 'videoReady',
		description: 'A video that is not a clip of a live stream is ready to play',
	},
] as const satisfies INodePropertyOptions[];

export type EventName = (typeof EVENTS)[number]['value'];

/** The events that follow from the state of live streams. */
export const STREAM_EVENTS = [
	'livestreamEnded',
	'livestreamWentLive',
	'recordingExpiresSoon',
] as const satisfies EventName[];

export type StreamEvent = (typeof STREAM_EVENTS)[number];

/** The events that follow from the state of videos. */
export const VIDEO_EVENTS = ['clipReady', 'videoFailed', 'videoReady'] as const satisfies EventName[];

export type VideoEvent = (typeof VIDEO_EVENTS)[number];
