import { DateTime } from 'luxon';
import { isTimeOfDay, parseDate, parseHighlights, type ResolvedHighlight,resolveHighlights } from '../../clip/highlights';
import type { RecordingTimes } from '../../livestream/recordingTimes';
import type { ItemParameters } from '../../parameters/itemParameters';
import { type DetailFields,readDetails } from '../detailFields';
import type { Operation } from '../operation';
import { create } from './create';
import { type ClipInput,ClipTasks } from './createAndWait';
import { createManyFields } from './createManyFields';
import { checkRange } from './spanCheck';
import { streamStart } from './timeRange';

/** What is to begin by more than this after now was hardly meant to be of today. In milliseconds. */
const AHEAD_MS = 5 * 60 * 1000;

/** The highlights of an item. Where their times count from the start of the stream, the API may have to be asked. */
type Plan = (askTimes: () => Promise<RecordingTimes>) => Promise<ResolvedHighlight[]> | ResolvedHighlight[];

export const createMany: Operation = {
	value: 'createMany',
	name: 'Create Many',
	action: 'Create many clips',
	description: 'Cut a clip out of the recording of a live stream for each highlight of a list',
	endpoints: ['createClip', 'listClips', 'getContent', 'listContents', 'getLivestream'],
	createdIdKeys: ['clipId'],
	processingHint: 'Videograph is still making clips. The option <b>Wait Until Ready</b> waits for their links, up to <b>Timeout</b>.',
	fields: createManyFields,
	advice: create.advice,

	prepare(parameters) {
		const streamId = parameters.id('streamId');
		const common = readDetails(parameters);
		const plan = planned(parameters, Date.now());
		const orders = new ClipTasks(parameters, ['reuse', 'create']);

		return async (run) => {
			const highlights = await plan(() => run.recordings.get(streamId));
			const subtasks = highlights.map((highlight, index) => ({
				name: `Highlights: ${linesOf(highlight)}`,
				task: async () => {
					const wish = { streamId, request: requestOf(highlight, common), index };
					return orders.outputs(run, [await orders.create(run, wish, () => highlight)]);
				},
			}));
			return { output: [], subtasks };
		};
	},
};

/** @param nowMs the moment of execution, in epoch milliseconds */
function planned(parameters: ItemParameters, nowMs: number): Plan {
	const raw = parameters.parse('highlights', (value) => parseHighlights(value));
	if (raw.length === 0) parameters.refuse('highlights', 'it holds no highlights', 'Give one at least.');
	const { zone } = parameters;
	const options = {
		zone,
		timeFormat: parameters.choice('timeFormat', ['clock', 'offset']),
		date: parameters.parse('date', (value) => parseDate(value || DateTime.fromMillis(nowMs, { zone }).toISODate())),
		beforeMs: parameters.duration('before'),
		afterMs: parameters.duration('after'),
		mergeGapMs: parameters.optionalDuration('options.mergeGap'),
	};
	const onToday = raw.filter(({ start, moment }) => isTimeOfDay(start ?? moment)).map(({ line }) => line);
	const guessed = new Set(options.timeFormat === 'clock' && parameters.optionalText('date') === undefined ? onToday : []);
	const placed = (streamStartMs?: number) =>
		parameters
			.parse('highlights', () => resolveHighlights(raw, { ...options, streamStartMs }))
			.map((highlight) => checked(parameters, guessed, highlight, nowMs));

	if (options.timeFormat === 'clock') {
		const highlights = placed();
		return () => highlights;
	}
	const start = streamStart(parameters);
	return async (askTimes) => placed(await start(askTimes));
}

/** @param guessed the lines of which nothing tells the day, so that today was taken */
function checked(
	parameters: ItemParameters,
	guessed: ReadonlySet<number>,
	highlight: ResolvedHighlight,
	nowMs: number,
): ResolvedHighlight {
	const { lines, startMs, endMs } = highlight;
	const which = linesOf(highlight);
	const waits = parameters.choice('options.endInFuture', ['refuse', 'cut', 'wait']) === 'wait';
	if (!waits && startMs > nowMs + AHEAD_MS && lines.some((line) => guessed.has(line))) {
		parameters.refuse(
			'highlights',
			`${which}: the clip would end in the future, at ${new Date(endMs).toISOString()}`,
			'Where Date is empty, a time of day is of today, in the time zone of the workflow. Fill in Date with the day of the match, or add the option End in the Future to wait for what is yet to come.',
		);
	}
	const fields = { start: 'highlights', end: 'highlights', label: `${which}: ` };
	return { ...highlight, ...checkRange(parameters, fields, highlight, nowMs) };
}

/** @param common what goes to every clip of the item */
function requestOf({ title, description, tags }: ResolvedHighlight, common: DetailFields): ClipInput['request'] {
	const all = [...new Set([...tags, ...(common.tags ?? [])])];
	return {
		...common,
		title,
		...(description !== undefined && { description }),
		...(all.length > 0 && { tags: all }),
	};
}

function linesOf({ lines }: ResolvedHighlight): string {
	return `${lines.length > 1 ? 'lines' : 'line'} ${lines.join(', ')}`;
}
