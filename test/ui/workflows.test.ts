import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { WorkflowFile } from '../e2e/n8nClient';
import { projectRoot } from '../e2e/project';
import { describeInBrowser } from './describeInBrowser';
import { keepLastView, picture } from './pictures';
import { openStage, type Stage } from './stage';
import { withCredential } from './workflows';

/** The first time, n8n is downloaded and installed. */
const START_MS = 900_000;
/** One test: a few steps in a page. */
const TEST_MS = 180_000;

jest.setTimeout(TEST_MS);

const FOLDER = join(projectRoot, 'workflows');
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

describeInBrowser('the workflows to import', (browser) => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await openStage({ browser, size: { width: 1700, height: 1100 } });
	}, START_MS);

	afterEach(() => keepLastView(stage.page, expect.getState().currentTestName ?? ''));

	afterAll(() => stage.close(), TEST_MS);

	test.each(files)('%s opens with all of its nodes and notes', async (file) => {
		const { editor, page, harness } = stage;
		const { name, nodes, connections, settings } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as WorkflowFile;
		const types = new Set(nodes.map(({ type }) => type));
		expect(await harness.n8n.client.nodeTypeNames()).toEqual(expect.arrayContaining([...types]));

		const adapted = { name, nodes: withCredential(nodes, harness.credential), connections, settings };
		await editor.open(await harness.n8n.client.importWorkflow(adapted));
		await editor.fit();
		await editor
			.drawn()
			.nth(nodes.length - 1)
			.waitFor();
		expect(await editor.drawn().count()).toBe(nodes.length);
		await picture(page, `workflow-${basename(file, '.json')}`, {
			of: await editor.drawnArea(),
			without: ['[data-test-id="execute-workflow-button"]', '[data-test-id="workflow-chat-button"]'],
		});
	});
});
