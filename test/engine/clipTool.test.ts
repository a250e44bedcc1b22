import { at, useHarness } from './harness';

const harness = useHarness({ createAnswer: 'clipUUID' });

const fromAi = (key: string, about: string, type = 'string') => `={{ $fromAI('${key}', '${about}', '${type}') }}`;
/** The agent fills in every field of the clip. */
const parameters = {
	resource: 'clip',
	operation: 'create',
	streamId: { __rl: true, mode: 'id', value: fromAi('streamId', 'ID of the live stream') },
	title: fromAi('title', 'title of the clip'),
	timeRange: 'aroundMoment',
	moment: fromAi('moment', 'when it happened, as ISO date and time'),
	before: fromAi('before', 'seconds before', 'number'),
	after: fromAi('after', 'length such as 10s'),
	additionalFields: {
		description: fromAi('description', 'what it shows'),
		tags: fromAi('tags', 'words with commas between'),
		metadata: { json: [{ object: fromAi('metadata', 'names with values', 'json') }] },
	},
};
const wish = () => ({
	streamId: harness.stream.streamUUID,
	title: 'Goal by Ada',
	moment: '2026-11-23T20:30:00Z',
	before: 20,
	after: '10s',
	description: 'A header',
	tags: 'goal, header',
	metadata: { player: '9' },
});

describe('AI agent tool', () => {
	it('creates a clip if the agent fills in every field', async () => {
		const { parameters: names, answer } = await harness.engine.callTool(parameters, harness.credential, wish());
		expect(names.sort()).toEqual(Object.keys(wish()).sort());
		expect(JSON.parse(answer)).toMatchObject([
			{ clipId: harness.emulator.clips[0]?.clipUUID, title: 'Goal by Ada', status: 'processing' },
		]);
		expect(harness.created()).toMatchObject([
			{
				title: 'Goal by Ada',
				startTime: at('20:29:40'),
				endTime: at('20:30:10'),
				description: 'A header',
				tags: ['goal', 'header'],
				metadata: [{ key: 'player', value: '9' }, { key: 'n8n_clip_ref' }],
			},
		]);
	});

	it("returns the API's own words and advice after an error", async () => {
		const { answer } = await harness.engine.callTool(parameters, harness.credential, {
			...wish(),
			streamId: 'unknown',
		});
		expect(answer).toMatch(/Live stream unknown not found.*Check Live Stream/s);
	});

	it('reports the invalid field, and sends no request', async () => {
		const { answer } = await harness.engine.callTool(parameters, harness.credential, { ...wish(), moment: 'just now' });
		expect(answer).toMatch(/Moment: "just now" is not a valid date and time.*Enter a date and time/s);
		expect(harness.emulator.requests).toEqual([]);
	});

	it('creates no duplicate clip when its call is repeated', async () => {
		harness.emulator.options.readyAfterMs = 3500;
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };
		const patient = { ...parameters, waitUntilReady: true, options: { timeout: '2s' } };
		const { answer } = await harness.engine.callTool(patient, harness.credential, wish(), retry);
		expect(JSON.parse(answer)).toMatchObject([{ status: 'ready' }]);
		expect(harness.emulator.clips).toHaveLength(1);
	});
});
