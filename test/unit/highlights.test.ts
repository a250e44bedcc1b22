import { parseHighlights } from '../../nodes/Videograph/clip/highlights/parse';
import { InvalidValueError } from '../../nodes/Videograph/parameters/invalidValueError';
import { valueOrError } from './valueOrError';

/** The error message of the parser, or '' without an error. */
const messageOf = (value: unknown) => {
	const read = valueOrError(() => parseHighlights(value));
	return read instanceof InvalidValueError ? read.message : '';
};

describe('highlight lines', () => {
	it.each<[string, object]>([
		['20:31:05 Goal by Ada', { moment: '20:31:05', title: 'Goal by Ada' }],
		['20:31 Goal', { moment: '20:31', title: 'Goal' }],
		['00:12:30 Second half', { moment: '00:12:30', title: 'Second half' }],
		['20:31:05.250 Goal', { moment: '20:31:05.250', title: 'Goal' }],
		['12m30s Second half', { moment: '12m30s', title: 'Second half' }],
		['20:31:05\tGoal', { moment: '20:31:05', title: 'Goal' }],
		['20:31:05 - Goal', { moment: '20:31:05', title: 'Goal' }],
		['20:31:05: Goal', { moment: '20:31:05', title: 'Goal' }],
		['20:31:05 | Goal', { moment: '20:31:05', title: 'Goal' }],
		['20:31:05 -5 degrees', { moment: '20:31:05', title: '-5 degrees' }],
		['20:31:05 2:1 by Ada', { moment: '20:31:05', title: '2:1 by Ada' }],
		['20:31:05 - 2:1 by Ada', { moment: '20:31:05', title: '2:1 by Ada' }],
		['20:31:05 - 20:31:40 Goal by Ada', { start: '20:31:05', end: '20:31:40', title: 'Goal by Ada' }],
		['20:31:05-20:31:40 Goal', { start: '20:31:05', end: '20:31:40', title: 'Goal' }],
		['20:31:05 – 20:31:40 – Goal', { start: '20:31:05', end: '20:31:40', title: 'Goal' }],
		['20:31:05 --> 20:31:40 Goal', { start: '20:31:05', end: '20:31:40', title: 'Goal' }],
		['20:31:05 to 20:31:40 Goal', { start: '20:31:05', end: '20:31:40', title: 'Goal' }],
		['20:31:05 To the point', { moment: '20:31:05', title: 'To the point' }],
		['[20:31:05] Goal', { moment: '20:31:05', title: 'Goal' }],
		['[20:31:05 - 20:31:40] Goal', { start: '20:31:05', end: '20:31:40', title: 'Goal' }],
		['- 20:31 Goal', { moment: '20:31', title: 'Goal' }],
		['* 20:31 Goal', { moment: '20:31', title: 'Goal' }],
		['• 20:31 Goal', { moment: '20:31', title: 'Goal' }],
		['2026-11-23T20:31:05 Goal', { moment: '2026-11-23T20:31:05', title: 'Goal' }],
		['2026-11-23 20:31:05 Goal', { moment: '2026-11-23 20:31:05', title: 'Goal' }],
		['2026-11-23 20:31:05 -05:00 Goal', { moment: '2026-11-23 20:31:05 -05:00', title: 'Goal' }],
		['2026-11-23T20:31:05-05:00 Goal', { moment: '2026-11-23T20:31:05-05:00', title: 'Goal' }],
		[
			'2026-11-23T20:31:05.5Z to 2026-11-23T20:32Z A',
			{ start: '2026-11-23T20:31:05.5Z', end: '2026-11-23T20:32Z', title: 'A' },
		],
		['2026-11-23T20:31:05-20:31:40 Goal', { start: '2026-11-23T20:31:05', end: '20:31:40', title: 'Goal' }],
		['1795466665 Goal', { moment: '1795466665', title: 'Goal' }],
		['1795466665000 - 1795466700000 Goal', { start: '1795466665000', end: '1795466700000', title: 'Goal' }],
		[
			'20:31:05 Goal by Ada #goal #firsthalf',
			{ moment: '20:31:05', title: 'Goal by Ada', tags: ['goal', 'firsthalf'] },
		],
		[
			'20:31 #1 of the #day: A #тор #goal_2 #goal_2',
			{ moment: '20:31', title: '#1 of the #day: A', tags: ['тор', 'goal_2'] },
		],
		['20:31:05 Shot by #9', { moment: '20:31:05', title: 'Shot by #9' }],
	])('%s', (text, highlight) => {
		expect(parseHighlights(text)).toEqual([{ line: 1, tags: [], ...highlight }]);
	});

	it.each([
		'Goal by Ada',
		'20.31.05 Goal',
		'20:31:05Goal',
		'20:31:05, Goal',
		'[20:31:05 Goal',
		'20:31:05] Goal',
		'2026-11-23 Goal',
		'179546666 Goal',
		'20:31:05 - 20:31:405 Goal',
		'20:31:05 -20:31:40 Goal',
		'20:31:05 to 20:31:4 Goal',
	])('reject an invalid line: %s', (text) => {
		expect(messageOf(`20:30 Kick-off\n\n${text}`)).toMatch(`line 3: ${JSON.stringify(text)}`);
	});

	it('count lines as in the text, past a BOM, comments and empty lines', () => {
		expect(parseHighlights('\uFEFF# first half\r\n20:31 A\r\n\r\n  // and\r20:40 B\n')).toEqual([
			{ line: 2, title: 'A', tags: [], moment: '20:31' },
			{ line: 5, title: 'B', tags: [], moment: '20:40' },
		]);
	});

	it('reject a line without a title', () => {
		expect(messageOf('20:31 #goal')).toBe('line 1: "20:31 #goal" has no title');
	});
});

describe('highlights as CSV', () => {
	const goal = { line: 2, title: 'Goal, "the" one', tags: ['goal', 'first half'], start: '20:31:05', end: '20:31:40' };
	it.each([
		['commas', 'start,end,title,tags\n20:31:05,20:31:40,"Goal, ""the"" one","goal, first half"'],
		[
			'semicolons and CRLF',
			'Start Time;END_TIME;Name;Labels\r\n20:31:05;20:31:40;Goal, "the" one;goal, first half\r\n',
		],
		['tabs', '\uFEFFin\tout\tlabel\ttag\n20:31:05\t20:31:40\tGoal, "the" one\tgoal,first half'],
		[
			'quoted names and spaces',
			'"from", "to", "text", "tags"\n"20:31:05" , "20:31:40", "Goal, ""the"" one", "goal,first half"',
		],
	])('with %s', (_, text) => {
		expect(parseHighlights(text)).toEqual([goal]);
	});

	it('read all columns and ignore unknown ones', () => {
		const text = 'time,duration,before,after,event,note,player\n20:31,30s,,,Goal,From afar,Ada\n20:40,,10,5,Foul,,';
		expect(parseHighlights(text)).toEqual([
			{ line: 2, title: 'Goal', description: 'From afar', tags: [], moment: '20:31', duration: '30s' },
			{ line: 3, title: 'Foul', tags: [], moment: '20:40', before: '10', after: '5' },
		]);
	});

	it('allow line breaks and # in quotes, and count their lines', () => {
		const text = '# my list\ntitle,time\n"two\n# lines",20:31\n\n,,\n# say "hi\n"#1",20:40\n5" gun,20:50';
		expect(parseHighlights(text)).toEqual([
			{ line: 3, title: 'two\n# lines', tags: [], moment: '20:31' },
			{ line: 8, title: '#1', tags: [], moment: '20:40' },
			{ line: 9, title: '5" gun', tags: [], moment: '20:50' },
		]);
	});

	it.each([
		['title,time\nGoal,20:31\n"Foul,20:40', 'line 3: "\\"Foul,20:40" has no closing quote'],
		['title,time\n"Goal"x,20:31', 'line 2: "\\"Goal\\"x,20:31" has text after its closing quote'],
		['title,time\nGoal, by Ada,20:31', 'line 2: "Goal, by Ada,20:31" has 3 values for 2 columns'],
		['title,time\n,20:31', 'line 2: {"title":"","time":"20:31"} has no title'],
		['title,when\nGoal,20:31', 'line 1: "title,when" does not start with a time'],
	])('reject an invalid table: %j', (text, message) => {
		expect(messageOf(text)).toBe(message);
	});
});

describe('highlights as JSON', () => {
	const goal = { line: 1, title: 'Goal', description: 'From afar', tags: ['a', 'b'], start: 1795466665, end: '20:40' };
	const names = { Name: ' Goal ', notes: 'From afar', TAGS: ['a', 'b', 'a'] };
	const record = { ...names, start_time: 1795466665, endTime: '20:40', duration: ' ' };
	it.each<[string, unknown]>([
		['a list', [record]],
		['text of a list', JSON.stringify([record], null, 2)],
		['text with comments', `// mine\n[\n# one\n${JSON.stringify(record)}]`],
		['a list under a key', { match: 'A - B', Highlights: [record] }],
		['text of a list under a key', JSON.stringify({ clips: [record] })],
		['one under a key', { chapters: record }],
		['one', record],
		['an object a line', JSON.stringify(record)],
		['items of n8n', [{ json: record, pairedItem: 0 }]],
	])('%s', (_, value) => {
		expect(parseHighlights(value)).toEqual([goal]);
	});

	it('accept one object per line', () => {
		expect(parseHighlights('{"at":"20:31","text":"A"}\n\n# b\n{"at":5,"text":7}')).toEqual([
			{ line: 1, title: 'A', tags: [], moment: '20:31' },
			{ line: 4, title: '7', tags: [], moment: 5 },
		]);
	});

	it('accept lines in a list', () => {
		expect(parseHighlights(['20:31 A #b'])).toEqual([{ line: 1, title: 'A', tags: ['b'], moment: '20:31' }]);
	});

	it.each<[unknown, string]>([
		[[record, 5], 'line 2: 5 is not a highlight'],
		[[record, null], 'line 2: null is not a highlight'],
		[[{ time: 1 }], 'line 1: {"time":1} has no title'],
		[[{ title: {} }], 'line 1: {} is not text'],
		[[{ title: 'A', tags: 5 }], 'line 1: 5 is not a list of tags'],
		['{"title":"A"}\n{"title":', 'line 2: "{\\"title\\":" is not a JSON object'],
		['{"title":"A"}\n["B"]', 'line 2: "[\\"B\\"]" is not a JSON object'],
		[{ clips: [], highlights: [] }, 'contains highlights under "clips" and "highlights"'],
		[5, '5 contains no highlights'],
		['', 'must not be empty'],
		['# nothing\n', 'must not be empty'],
		[null, 'must not be empty'],
	])('reject invalid JSON input: %j', (value, message) => {
		expect(messageOf(value)).toBe(message);
	});

	it('report a syntax error in the words of the parser', () => {
		expect(messageOf('[{"title":"A"}')).toMatch(/^starts like a JSON list but is not valid JSON: ./);
	});

	it.each([[[]], ['[]'], [{ clips: [] }], ['time,title\n'], ['TITLE: x']])('are empty: %j', (value) => {
		expect(parseHighlights(value)).toEqual([]);
	});
});

describe('highlights as EDL', () => {
	const EDL = [
		'TITLE: First half',
		'FCM: NON-DROP FRAME',
		'',
		'001  AX       V     C        01:00:04:00 01:00:09:00 00:00:00:00 00:00:05:00',
		'* FROM CLIP NAME: Goal by Ada #9',
		'* COMMENT: From afar',
		'* SOURCE FILE: A.mov',
		'>>> SOURCE AX A.mov',
		'002  MY REEL  V     D    024 01:00:59:12 01:00:59:13 00:00:05:00 00:00:05:01',
		'M2   AX       025.0          01:00:59:12',
		'* LOC: 01:00:59:12 RED     Foul',
		'* LOC: 01:00:59:13 RED     Again',
		'003  AX       AA/V  C        23:59:59;24 23:59:59;29 00:00:05:01 00:00:05:06',
		'* COMMENT: End',
	];
	const highlights = [
		{ line: 4, title: 'Goal by Ada #9', description: 'From afar', tags: [], start: '01:00:04', end: '01:00:09' },
		{ line: 9, title: 'Foul', description: 'Again', tags: [], start: '01:00:59', end: '01:01:00' },
		{ line: 13, title: 'End', tags: [], start: '23:59:59', end: '24:00:00' },
	];
	it('drop frames at the start and round up at the end', () => {
		expect(parseHighlights(EDL.join('\n'))).toEqual(highlights);
	});

	it('need no header', () => {
		expect(parseHighlights(EDL.slice(3, 5).join('\r\n'))).toMatchObject([{ line: 1, title: 'Goal by Ada #9' }]);
	});

	it('reject an invalid event', () => {
		expect(messageOf('TITLE: x\n001 AX V C 01:00:04:00 01:00:09:00 00:00:00:00')).toMatch(
			/^line 2: "001 AX .* is not a valid EDL event/,
		);
		expect(messageOf('TITLE: x\n001 AX V C 01:60:04:00 01:00:09:00 00:00:00:00 00:00:05:00')).toMatch(/^line 2: /);
		expect(messageOf('TITLE: x\n[20:31:05] Goal')).toMatch(/^line 2: /);
		expect(messageOf(EDL.slice(3, 4).join('\n'))).toMatch(/^line 1: "001 .* has no title$/);
	});
});

describe('highlight limits', () => {
	it('allow 1000 highlights', () => {
		expect(parseHighlights('20:31 A\n'.repeat(1000))).toHaveLength(1000);
		expect(messageOf('20:31 A\n'.repeat(1001))).toBe('contains 1001 highlights');
		expect(messageOf(Array(1001).fill({ title: 'A' }))).toBe('contains 1001 highlights');
	});

	it('allow 1 MiB of text', () => {
		expect(parseHighlights('20:31 A'.padEnd(1024 * 1024))).toHaveLength(1);
		expect(messageOf('20:31 A'.padEnd(1024 * 1024 + 1))).toBe('is 1048577 characters long');
	});
});
