import { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';
import type { ResolvedHighlight } from '../../clip/highlights/highlight';
import { parseHighlights } from '../../clip/highlights/parse';
import { isTimeOfDay, parseDate, resolveHighlights } from '../../clip/highlights/resolveTimes';
import type { ItemParameters } from '../../parameters/itemParameters';
import { type DetailFields, readDetails } from '../detailFields';
import type { Operation } from '../operation';
import { waitUntilReadyField } from '../waitOptions';
import { create } from './create';
import { clipCreation, type ClipInput, processingHint } from './createAndWait';
import { additionalField, aroundFields, CLIP_WAIT, manyClipsOptionsField, ON_EXISTING, streamField } from './fields';
import { type Plan, planFromStart, readEndInFuture, resolvePlan, validateRange } from './timeRange';

/** A time of day without a date that is further ahead is probably not today. In milliseconds. */
const MAX_AHEAD_MS = 5 * 60 * 1000;

const highlightsField: INodeProperties = {
	displayName: 'Highlights',
	name: 'highlights',
	type: 'string',
	typeOptions: { rows: 6 },
	default: '',
	required: true,
	placeholder: 'e.g. 20:31:05 Goal by Ada',
	description: 'One highlight per line, as in the hint. CSV with a header line, JSON and EDL work too, as do arrays.',
	hint: 'One per line, such as 20:31:05 Goal by Ada #goal, or 20:40:10 - 20:40:50 Double save',
	builderHint: {
		propertyHint:
			'One highlight per line: a time or a start and an end, a title, and tags, such as 2026-11-23T20:30:10Z Goal ' +
			'by Ada #goal. Or an array of objects with start, end, title and tags.',
	},
};

const timeFormatField: INodeProperties = {
	displayName: 'Time Format',
	name: 'timeFormat',
	type: 'options',
	default: 'clock',
	description: 'How to interpret a time such as 20:31:05. Times with a date are always absolute.',
	options: [
		{ name: 'Offset From Stream Start', value: 'offset', description: 'As a player shows the time' },
		{ name: 'Time of Day', value: 'clock', description: 'In the time zone of the workflow' },
	],
};

const dateField: INodeProperties = {
	displayName: 'Date',
	name: 'date',
	type: 'string',
	default: '',
	placeholder: 'e.g. 2026-11-23',
	description: 'Date of the first time in the list. Defaults to today.',
	hint: 'A time more than 12 hours earlier than the previous one is on the next day',
	displayOptions: { show: { timeFormat: ['clock'] } },
};

export const createMany: Operation = {
	value: 'createMany',
	name: 'Create Many',
	action: 'Create many clips',
	description: 'Create a clip for each highlight in a list',
	builderHint:
		'For a list of highlights in one text, CSV, JSON array or EDL. If each item has one time, use create instead.',
	endpoints: ['createClip', 'listClips', 'getContent', 'listContents', 'getLivestream'],
	createdIdKey: 'clipId',
	hint: processingHint('Clips are still processing. Turn on <b>Wait Until Ready</b> to return their URLs.'),
	fields: [
		{ ...streamField, description: 'The live stream to create the clips from' },
		highlightsField,
		timeFormatField,
		dateField,
		...aroundFields('a highlight that has only one time'),
		waitUntilReadyField({ ...CLIP_WAIT, until: 'all clips can be played, and return their URLs' }),
		additionalField,
		manyClipsOptionsField,
	],
	advice: create.advice,

	prepare(parameters) {
		const streamId = parameters.id('streamId');
		const details = readDetails(parameters);
		const plan = planHighlights(parameters, Date.now());
		const clips = clipCreation(parameters, ON_EXISTING.createMany);

		return async (context) => {
			const highlights = await resolvePlan(plan, context, streamId);
			const subtasks = highlights.map((highlight, index) => ({
				name: `Highlights: ${lineLabel(highlight)}`,
				task: async () => {
					const input = { streamId, request: clipRequest(highlight, details), index };
					return clips.output(context, await clips.create(context, input, () => highlight));
				},
			}));
			return { output: [], subtasks };
		};
	},
};

/** @param nowMs the time of the execution, in epoch milliseconds */
function planHighlights(parameters: ItemParameters, nowMs: number): Plan<ResolvedHighlight[]> {
	const rawHighlights = parameters.parse('highlights', (value) => parseHighlights(value));
	if (rawHighlights.length === 0) parameters.refuse('highlights', 'there are no highlights', 'Enter at least one.');
	const { zone } = parameters;
	const options = {
		zone,
		timeFormat: parameters.choice('timeFormat', ['clock', 'offset']),
		date: parameters.parse('date', (value) => parseDate(value || DateTime.fromMillis(nowMs, { zone }).toISODate())),
		beforeMs: parameters.duration('before'),
		afterMs: parameters.duration('after'),
		mergeGapMs: parameters.optionalDuration('options.mergeGap'),
	};
	const isDateAssumed = options.timeFormat === 'clock' && parameters.optionalText('date') === undefined;
	const onToday = rawHighlights.filter(({ start, moment }) => isDateAssumed && isTimeOfDay(start ?? moment));
	const todayLines = new Set(onToday.map(({ line }) => line));
	const resolve = (streamStartMs?: number) =>
		parameters
			.parse('highlights', () => resolveHighlights(rawHighlights, { ...options, streamStartMs }))
			.map((highlight) => validateHighlight(parameters, todayLines, highlight, nowMs));

	return options.timeFormat === 'clock' ? { kind: 'fixed', value: resolve() } : planFromStart(parameters, resolve);
}

/** @param todayLines the lines without a date, for which today is assumed */
function validateHighlight(
	parameters: ItemParameters,
	todayLines: ReadonlySet<number>,
	highlight: ResolvedHighlight,
	nowMs: number,
): ResolvedHighlight {
	const { lines, startMs, endMs } = highlight;
	const label = lineLabel(highlight);
	const waits = readEndInFuture(parameters) === 'wait';
	if (!waits && startMs > nowMs + MAX_AHEAD_MS && lines.some((line) => todayLines.has(line))) {
		parameters.refuse(
			'highlights',
			`${label}: the clip would end in the future, at ${new Date(endMs).toISOString()}`,
			'If Date is empty, times of day are today. Enter the Date, or set If End Is in the Future to Wait.',
		);
	}
	const fields = { start: 'highlights', end: 'highlights', label: `${label}: ` };
	return { ...highlight, ...validateRange(parameters, fields, highlight, nowMs) };
}

/** @param details the details of all clips of the item */
function clipRequest({ title, description, tags }: ResolvedHighlight, details: DetailFields): ClipInput['request'] {
	const allTags = [...new Set([...tags, ...(details.tags ?? [])])];
	return {
		...details,
		title,
		...(description !== undefined && { description }),
		...(allTags.length > 0 && { tags: allTags }),
	};
}

function lineLabel({ lines }: ResolvedHighlight): string {
	return `${lines.length > 1 ? 'lines' : 'line'} ${lines.join(', ')}`;
}
