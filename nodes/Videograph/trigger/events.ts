import type { INodePropertyOptions } from 'n8n-workflow';

/** What the trigger can wait for: part of the public contract. */
export const EVENTS = [
	{
		name: 'Clip Ready',
		value: 'clipReady',
		description: 'A clip of a live stream can be played',
	},
	{
		name: 'Live Stream Ended',
		value: 'livestreamEnded',
		description: 'A live stream has stopped. Comes with the start and the end, for Create Clip.',
	},
	{
		name: 'Live Stream Went Live',
		value: 'livestreamWentLive',
		description: 'A live stream has started',
	},
	{
		name: 'Recording Expires Soon',
		value: 'recordingExpiresSoon',
		description: 'The recording of a live stream is about to be deleted, 12 hours after the stream started',
	},
	{
		name: 'Video Failed',
		value: 'videoFailed',
		description: 'A video or a clip could not be processed',
	},
	{
		name: 'Video Ready',
		value: 'videoReady',
		description: 'A video that is not a clip of a live stream can be played',
	},
] as const satisfies INodePropertyOptions[];

export type EventName = (typeof EVENTS)[number]['value'];

/** The events that come from the state of live streams. */
export const STREAM_EVENTS = ['livestreamEnded', 'livestreamWentLive', 'recordingExpiresSoon'] as const satisfies EventName[];

export type StreamEvent = (typeof STREAM_EVENTS)[number];

/** The events that come from the state of videos. */
export const VIDEO_EVENTS = ['clipReady', 'videoFailed', 'videoReady'] as const satisfies EventName[];

export type VideoEvent = (typeof VIDEO_EVENTS)[number];
