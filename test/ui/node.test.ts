import type { Workflow, WorkflowFile } from '../e2e/n8nClient';
import { describeInBrowser } from './describeInBrowser';
import { keepLastView, picture } from './pictures';
import { DERBY, openStage, type Stage } from './stage';
import { agentWorkflow, clipWorkflow } from './workflows';

/** The first time, n8n is downloaded and installed. */
const START_MS = 900_000;
/** One test: some ten steps in a page. */
const TEST_MS = 180_000;

jest.setTimeout(TEST_MS);

describe('editor', () => {
	describeInBrowser('the Videograph node in the editor of a real n8n', (browser) => {
		let stage: Stage;

		beforeAll(async () => {
			stage = await openStage({ browser, size: { width: 1280, height: 800 } });
		}, START_MS);

		afterEach(() => keepLastView(stage.page, expect.getState().currentTestName ?? ''));

		afterAll(() => stage.close(), TEST_MS);

		const imported = (workflow: WorkflowFile): Promise<Workflow> => stage.harness.n8n.client.importWorkflow(workflow);

		/** The emulator's URL differs each time. */
		const realAddress = () => ({ [stage.emulator.url]: 'https://api.videograph.ai' });

		/** Opens Create clip of the last 30 seconds, in a new workflow of its own. */
		async function openCreateClip(name: string, parameters?: Record<string, unknown>) {
			await stage.editor.open(await imported(clipWorkflow(name, stage.harness.credential, parameters)));
			return stage.editor.openNode('Create clip');
		}

		test('finds the node by "create clip", and adds its first action', async () => {
			const { editor, page } = stage;
			await editor.begin('Trigger manually');
			await editor.choose('Trigger manually');
			await editor.search('create clip');
			await editor.entry('Videograph').first().waitFor();
			await picture(page, 'search');

			await editor.choose('Videograph');
			await editor.entry('Create clip').waitFor();
			await picture(page, 'actions');
			await editor.choose('Create clip');

			const panel = await editor.panel();
			expect(await panel.fields()).toEqual([
				'Resource',
				'Operation',
				'Live Stream',
				'Title',
				'Time Range',
				'Start Time',
				'End Time',
				'Wait Until Ready',
				'Additional Fields',
				'Options',
			]);
			expect([await panel.value('Resource'), await panel.value('Operation')]).toEqual(['Clip', 'Create']);
		});

		test('advises after a wrong secret, and the credential passes its test with the right one', async () => {
			const { page, credential } = stage;
			const panel = await openCreateClip('New credential');
			const created = await panel.newCredential();
			await created.fill({
				'Access Token ID': credential.accessTokenId,
				'Secret Key': 'wrong',
				'Base URL': credential.baseUrl,
			});
			await created.save();
			expect(await created.failure()).toContain('Access Token ID and Secret Key do not match');
			await picture(page, 'credential-fails', { of: created.dialog, shownAs: realAddress() });

			await created.fill({ 'Secret Key': credential.secretKey });
			await created.save();
			await created.passed();

			const saved = await panel.editCredential();
			await saved.shownAsPassed();
			await picture(page, 'credential', { of: saved.dialog, shownAs: realAddress() });
			await saved.close();
		});

		test('selects a live stream from the list by a part of its title', async () => {
			const { page } = stage;
			const panel = await openCreateClip('Pick a stream');
			await panel.searchList('Live Stream', 'derby');

			// The news are not called so, and the rehearsal is not recorded.
			const conference = panel.listed().filter({ hasText: 'Derby press conference' });
			await conference.waitFor();
			await panel.listed().filter({ hasText: 'Evening news' }).waitFor({ state: 'detached' });
			await conference.waitFor();
			expect(await panel.listed().allInnerTexts()).toEqual([`${DERBY.title} (live)`, 'Derby press conference']);
			await picture(page, 'pick-stream');
			await conference.click();
			await conference.waitFor({ state: 'hidden' });
			expect(await panel.value('Live Stream')).toBe('Derby press conference');
		});

		const RANGES: Array<[range: string, name: string, fields: Record<string, string>]> = [
			['Start and End', 'start-end', { 'Start Time': '2026-11-21 20:30:45', 'End Time': '2026-11-21 20:31:15' }],
			['Start and Duration', 'start-duration', { 'Start Time': '2026-11-21 20:30:45', Duration: '30s' }],
			['Last Seconds', 'last-seconds', { Duration: '45s' }],
			['Around a Moment', 'around-moment', { Moment: '2026-11-21 20:31:05', Before: '20s', After: '10s' }],
			['Offset From Stream Start', 'offset', { 'Start Offset': '12m30s', 'End Offset': '13m' }],
			['Whole Recording', 'whole-recording', {}],
		];

		test.each(RANGES)('shows only the fields of the time range %s', async (range, name, fields) => {
			const panel = await openCreateClip(range);
			await panel.choose('Time Range', range);
			for (const [label, text] of Object.entries(fields)) {
				await (/Time|Moment/.test(label) ? panel.fillTime(label, text) : panel.fill(label, text));
			}

			const shown = await panel.fields();
			expect(shown.slice(shown.indexOf('Time Range') + 1)).toEqual([
				...Object.keys(fields),
				'Wait Until Ready',
				'Additional Fields',
				'Options',
			]);
			for (const [label, text] of Object.entries(fields)) expect(await panel.value(label)).toBe(text);
			await picture(stage.page, `time-${name}`, { of: panel.form });
		});

		test('creates the clip with Execute Step, and its flat output can be dragged', async () => {
			const { page, emulator } = stage;
			const panel = await openCreateClip('Make a clip');
			await panel.execute();

			const output = await panel.outputSchema();
			expect(output).toMatchObject({
				streamId: DERBY.id,
				title: 'Goal 1:0 by Ada',
				status: 'processing',
				duration: '30',
				created: 'true',
			});
			expect(emulator.clips).toMatchObject([{ title: 'Goal 1:0 by Ada', streamUUID: DERBY.id }]);
			expect(await panel.outputHints()).toEqual([expect.stringMatching(/still processing.*Wait Until Ready/)]);
			await picture(page, 'output-processing');
		});

		test('returns a clip with its links after Wait Until Ready', async () => {
			const { page } = stage;
			const panel = await openCreateClip('Wait for a clip', { waitUntilReady: true });
			await panel.execute();

			const playbackUrl = expect.stringMatching(/^http:.*m3u8$/) as string;
			expect(await panel.outputSchema()).toMatchObject({ title: 'Goal 1:0 by Ada', status: 'ready', playbackUrl });
			expect(await panel.outputHints()).toEqual([]);
			await picture(page, 'output');
			await panel.close();
			await stage.editor.fit();
			await picture(page, 'canvas');
		});

		test('offers the fields of the clip to the next node before the first execution', async () => {
			await stage.editor.open(await imported(clipWorkflow('Preview', stage.harness.credential)));
			const panel = await stage.editor.openNode('Edit Fields');

			const fields = [
				'clipId',
				'contentId',
				'streamId',
				'title',
				'status',
				'startTime',
				'endTime',
				'duration',
				'created',
			];
			const links = ['playbackUrl', 'embedUrl', 'thumbnailUrl'];
			expect((await panel.inputPreview()).sort()).toEqual([...fields, ...links].sort());
			await picture(stage.page, 'preview');
		});

		test('explains an invalid value, without a request', async () => {
			const { page, emulator } = stage;
			const before = emulator.requests.length;
			const panel = await openCreateClip('Wrong way round');
			await panel.choose('Time Range', 'Start and End');
			await panel.fillTime('Start Time', '2026-11-21 20:31:15');
			await panel.fillTime('End Time', '2026-11-21 20:30:45');
			await panel.execute();

			expect(await panel.failure()).toEqual({
				message: 'End Time: the clip would end at or before its start',
				advice: 'The end must be after the start.',
			});
			expect(emulator.requests.slice(before)).toEqual([]);
			expect(await panel.outputHints()).toEqual([]);
			await picture(page, 'refused');
		});

		test('shows a test event of the trigger', async () => {
			const { editor, page } = stage;
			await editor.begin('videograph');
			await editor.choose('Videograph');
			await editor.entry('On live stream ended').waitFor();
			await picture(page, 'trigger-events');
			await editor.choose('On live stream ended');

			const panel = await editor.panel();
			expect(await panel.executeButton.innerText()).toBe('Fetch Test Event');
			await panel.execute();
			expect(await panel.outputSchema()).toMatchObject({
				event: 'livestreamEnded',
				title: 'Derby press conference',
				duration: '3600',
				timesFrom: 'recording',
			});
			await picture(page, 'trigger', { shownAs: realAddress() });
		});

		test('adds the node as a tool to an AI agent, which may fill in its fields', async () => {
			const { editor, page } = stage;
			await editor.open(await imported(agentWorkflow('Agent')));
			await editor.searchTools('AI Agent', 'create clip');
			await editor.choose('Videograph Tool');

			const panel = await editor.panel();
			await panel.choose('Time Range', 'Last Seconds');
			expect(await panel.fields()).toEqual(
				expect.arrayContaining(['Tool Description', 'Live Stream', 'Title', 'Duration']),
			);
			await panel.searchList('Live Stream', DERBY.title);
			await panel.listed().filter({ hasText: DERBY.title }).click();
			for (const label of ['Title', 'Duration']) await panel.letAgentDecide(label).click();
			await picture(page, 'tool');
			await panel.close();
			await editor.node('Create clip in Videograph').waitFor();
		});

		test.each(['light', 'dark'] as const)('shows the icon of the node for the %s theme', async (theme) => {
			const { editor, page } = stage;
			await page.emulateMedia({ colorScheme: theme });
			await editor.open(await imported(clipWorkflow(`In ${theme}`, stage.harness.credential)));
			const icon = editor.node('Create clip').locator('img');

			expect(await icon.getAttribute('src')).toMatch(
				theme === 'dark' ? /\/videograph\.dark\.svg$/ : /\/videograph\.svg$/,
			);
			await editor.fit();
			await picture(page, `theme-${theme}`);
			await page.emulateMedia({ colorScheme: 'light' });
		});
	});
});
