import type { IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Content } from '../api/types';
import { parseId } from '../parameters/id';
import { InvalidValueError } from '../parameters/invalidValueError';
import { isObject, formatValue } from '../utils/values';
import { EVENTS, STREAM_EVENTS, VIDEO_EVENTS, type EventName } from './events';

/** What the trigger was told to watch. */
export interface TriggerParameters {
	events: ReadonlySet<EventName>;
	/** All live streams, or the IDs of those that were picked. */
	streams: 'all' | 'recorded' | string[];
	/** How long before a recording is deleted, in milliseconds. */
	warnMs: number;
	/** In small letters; empty: any title. */
	titleContains: string;
	/** Empty: any tags, or none. */
	tag: string;
	includeExisting: boolean;
}

const HOUR_MS = 60 * 60 * 1000;
const MAX_HOURS = 12;

/**
 * Reads the parameters of the trigger.
 *
 * @throws {NodeOperationError} with the parameter's display name, where one cannot be used
 */
export function readTriggerParameters(context: IPollFunctions): TriggerParameters {
	const read = <T>(displayName: string, name: string, fallback: unknown, parse: (value: unknown) => T): T => {
		try {
			return parse(context.getNodeParameter(name, fallback));
		} catch (error) {
			if (!(error instanceof InvalidValueError)) throw new NodeOperationError(context.getNode(), error as Error);
			throw new NodeOperationError(context.getNode(), `${displayName}: ${error.message}`, { description: error.advice });
		}
	};
	const events = read('Events', 'events', [], parseEvents);
	const which = read('Live Streams', 'streams', 'recorded', parseStreamSelection);
	return {
		events,
		streams: which === 'picked' ? read('Live Stream Names or IDs', 'streamIds', [], parseIds) : which,
		warnMs: events.has('recordingExpiresSoon') ? read('Hours Before', 'hoursBefore', 2, parseHours) * HOUR_MS : 0,
		titleContains: read('Title Contains', 'filters.titleContains', '', parseText).toLowerCase(),
		tag: read('Tag', 'filters.tag', '', parseText),
		includeExisting: context.getNodeParameter('options.includeExisting', false) === true,
	};
}

function parseEvents(value: unknown): Set<EventName> {
	const names = EVENTS.map((event) => event.value);
	const chosen = [value].flat().map((one) => {
		const name = names.find((event) => event === one);
		if (name === undefined) throw new InvalidValueError(`there is no ${formatValue(one)}`, `Choose from ${names.join(', ')}.`);
		return name;
	});
	if (chosen.length === 0) throw new InvalidValueError('nothing is chosen', 'Choose at least one event to wait for.');
	return new Set(chosen);
}

function parseStreamSelection(value: unknown): 'all' | 'recorded' | 'picked' {
	if (value === 'all' || value === 'recorded' || value === 'picked') return value;
	throw new InvalidValueError(`there is no ${formatValue(value)}`, 'Choose one of all, recorded, picked.');
}

function parseIds(value: unknown): string[] {
	const ids = [value].flat().map(parseId);
	if (ids.length === 0) {
		throw new InvalidValueError('nothing is chosen', 'Choose from the list, or set Live Streams to All or to All Recorded.');
	}
	return [...new Set(ids)];
}

function parseHours(value: unknown): number {
	const hours = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof hours === 'number' && hours > 0 && hours <= MAX_HOURS) return hours;
	throw new InvalidValueError(`${formatValue(value)} is no such number of hours`, `Give a number of hours above 0, and up to ${MAX_HOURS}.`);
}

function parseText(value: unknown): string {
	if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
	throw new InvalidValueError(`${formatValue(value)} is not a text`, 'Give a text.');
}

/** Whether any event comes from the state of live streams. */
export function watchesStreams({ events }: TriggerParameters): boolean {
	return STREAM_EVENTS.some((event) => events.has(event));
}

/** Whether any event comes from the state of videos. */
export function watchesVideos({ events }: TriggerParameters): boolean {
	return VIDEO_EVENTS.some((event) => events.has(event));
}

/** Whether a video, or a clip, passes the filters. */
export function isWanted({ title, tags, liveRecording }: Content, settings: TriggerParameters): boolean {
	const { tag, streams } = settings;
	// Where live streams are picked, the clips of others are not wanted.
	const isOfOther =
		typeof streams !== 'string' && isObject(liveRecording) && !streams.includes(String(liveRecording.streamUUID));
	return !isOfOther && hasTitle(title, settings) && (tag === '' || tags?.includes(tag) === true);
}

/** Whether a title passes the filter. */
export function hasTitle(title: unknown, { titleContains }: TriggerParameters): boolean {
	if (titleContains === '') return true;
	return typeof title === 'string' && title.toLowerCase().includes(titleContains);
}
