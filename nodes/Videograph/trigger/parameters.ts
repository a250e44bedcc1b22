import type { IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Video } from '../api/decode';
import { parseId } from '../parameters/id';
import { InvalidValueError } from '../parameters/invalidValueError';
import { formatValue, isObject } from '../utils/values';
import { type EventName, EVENTS } from './fields';

/** The parameters of the trigger node, validated. */
export interface TriggerParameters {
	events: ReadonlySet<EventName>;
	/** All live streams, all recorded ones, or the IDs of the selected ones. */
	streams: 'all' | 'recorded' | string[];
	/** How long before a recording expires to emit the event, in milliseconds. 0: never. */
	warnMs: number;
	/** In lower case. Empty: any title. */
	titleContains: string;
	/** Empty: no filter. */
	tag: string;
	includeExisting: boolean;
}

const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MAX_HOURS = 12;

/** The longest time between two polls in each mode of n8n's Poll Times. */
const POLL_INTERVALS_MS: Record<string, number> = {
	everyMinute: MINUTE_MS,
	everyHour: HOUR_MS,
	everyDay: DAY_MS,
	everyWeek: 7 * DAY_MS,
	everyMonth: 31 * DAY_MS,
};

/**
 * Reads and validates the parameters of the trigger. Sends no request.
 *
 * @throws {NodeOperationError} with the parameter's display name, if a value is invalid
 */
export function readTriggerParameters(context: IPollFunctions): TriggerParameters {
	const read = <T>(displayName: string, name: string, fallback: unknown, parse: (value: unknown) => T): T => {
		try {
			return parse(context.getNodeParameter(name, fallback));
		} catch (error) {
			if (!(error instanceof InvalidValueError)) throw new NodeOperationError(context.getNode(), error as Error);
			const message = `${displayName}: ${error.message}`;
			throw new NodeOperationError(context.getNode(), message, { description: error.advice });
		}
	};
	const events = read('Events', 'events', [], parseEvents);
	const streams = read('Live Streams', 'streams', 'recorded', parseStreamSelection);
	const warnsOfExpiry = events.has('recordingExpiresSoon');
	return {
		events,
		streams: streams === 'selected' ? read('Live Stream Names or IDs', 'streamIds', [], parseIds) : streams,
		warnMs: warnsOfExpiry ? read('Hours Before Expiry', 'hoursBefore', 2, parseHours) * HOUR_MS : 0,
		titleContains: read('Title Contains', 'filters.titleContains', '', parseText).toLowerCase(),
		tag: read('Tag', 'filters.tag', '', parseText),
		includeExisting: context.getNodeParameter('options.includeExisting', false) === true,
	};
}

function parseEvents(value: unknown): Set<EventName> {
	const names = EVENTS.map((event) => event.value);
	const selected = [value].flat().map((entry) => {
		const name = names.find((event) => event === entry);
		if (name === undefined) {
			throw new InvalidValueError(`${formatValue(entry)} is not an event`, `Choose from ${names.join(', ')}.`);
		}
		return name;
	});
	if (selected.length === 0) {
		throw new InvalidValueError('no event is selected', 'Select at least one event.');
	}
	return new Set(selected);
}

function parseStreamSelection(value: unknown): 'all' | 'recorded' | 'selected' {
	if (value === 'all' || value === 'recorded' || value === 'selected') return value;
	throw new InvalidValueError(`${formatValue(value)} is not an option`, 'Choose all, recorded or selected.');
}

function parseIds(value: unknown): string[] {
	const ids = [value].flat().map(parseId);
	if (ids.length === 0) {
		const advice = 'Choose from the list, or set Live Streams to All or to All Recorded.';
		throw new InvalidValueError('no live stream is selected', advice);
	}
	return [...new Set(ids)];
}

function parseHours(value: unknown): number {
	const hours = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof hours === 'number' && hours > 0 && hours <= MAX_HOURS) return hours;
	const advice = `Enter a number of hours greater than 0 and at most ${MAX_HOURS}.`;
	throw new InvalidValueError(`${formatValue(value)} is not a valid number of hours`, advice);
}

function parseText(value: unknown): string {
	if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
	throw new InvalidValueError(`${formatValue(value)} is not a text`, 'Enter a text.');
}

/** The longest time between two polls, in milliseconds. 0: unknown, for example with a cron expression. */
export function pollIntervalMs(context: IPollFunctions): number {
	const pollTimes = context.getNodeParameter('pollTimes.item', []);
	const items = Array.isArray(pollTimes) ? (pollTimes as unknown[]).filter(isObject) : [];
	const intervals = items.map(({ mode, value, unit }) =>
		mode === 'everyX'
			? Number(value) * (unit === 'hours' ? HOUR_MS : MINUTE_MS)
			: (POLL_INTERVALS_MS[String(mode)] ?? 0),
	);
	return intervals.length > 0 ? Math.min(...intervals) : 0;
}

/** Whether a video or a clip passes the filters. With selected live streams, only their clips pass. */
export function isWanted({ title, tags, recording }: Video, parameters: TriggerParameters): boolean {
	const { tag, streams } = parameters;
	const isOfUnselectedStream =
		typeof streams !== 'string' && recording !== null && !streams.includes(recording.streamId ?? '');
	return !isOfUnselectedStream && hasTitle(title, parameters) && (tag === '' || tags?.includes(tag) === true);
}

/** Whether a title passes the filter. */
export function hasTitle(title: string | null, { titleContains }: TriggerParameters): boolean {
	return (title ?? '').toLowerCase().includes(titleContains);
}
