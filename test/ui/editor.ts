import type { Locator, Page } from 'playwright-core';
import { NodePanel } from './nodePanel';

/** Around what is drawn, in pixels: enough for the name under a node. */
const MARGIN = 48;

/** n8n's editor, as the person in front of it uses it: the canvas, and the list of nodes to add. */
export class Editor {
	constructor(readonly page: Page) {}

	/** Opens a workflow that exists. */
	async open({ id }: { id: string }): Promise<void> {
		await this.page.goto(`/workflow/${id}`);
		await this.part('canvas-node').first().waitFor();
	}

	/** Begins a new workflow with a search for its first step. */
	async begin(words: string): Promise<void> {
		await this.page.goto('/workflow/new');
		await this.part('canvas-plus-button').click();
		await this.part('node-creator-search-bar').fill(words);
	}

	/** Searches for a node to add. */
	async search(words: string): Promise<void> {
		await this.part('node-creator-plus-button').click();
		await this.part('node-creator-search-bar').fill(words);
	}

	/** Searches for a tool to give to an AI agent. */
	async searchTools(agent: string, words: string): Promise<void> {
		await this.node(agent).locator('[data-handleid="inputs/ai_tool/0"]').getByTestId('canvas-handle-plus').click();
		await this.part('node-creator-search-bar').fill(words);
	}

	/** An entry of the list of nodes, or of the actions of a node, by its first line. */
	entry(name: string): Locator {
		return this.part('item-iterator-item').filter({ has: this.page.getByText(name, { exact: true }) });
	}

	async choose(name: string): Promise<void> {
		await this.entry(name).first().click();
	}

	/** A node on the canvas. */
	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Everything on the canvas: the nodes and the notes. */
	drawn(): Locator {
		return this.page.locator('.vue-flow__node');
	}

	/** The part of the page that they take up, with the names under the nodes. */
	async drawnArea(): Promise<{ x: number; y: number; width: number; height: number }> {
		const boxes = await Promise.all((await this.drawn().all()).map((one) => one.boundingBox()));
		const known = boxes.filter((box) => box !== null);
		const x = Math.min(...known.map((box) => box.x)) - MARGIN;
		const y = Math.min(...known.map((box) => box.y)) - MARGIN;
		const right = Math.max(...known.map((box) => box.x + box.width)) + MARGIN;
		const bottom = Math.max(...known.map((box) => box.y + box.height)) + MARGIN;
		return { x, y, width: right - x, height: bottom - y };
	}

	async openNode(name: string): Promise<NodePanel> {
		await this.node(name).dblclick();
		return this.panel();
	}

	/** The panel of the node that is open. */
	async panel(): Promise<NodePanel> {
		await this.part('ndv').waitFor();
		return new NodePanel(this.page);
	}

	/** Brings all of the workflow into view, and waits until it has come to rest there. */
	async fit(): Promise<void> {
		await this.part('zoom-to-fit').click();
		const place = (): Promise<string | null> =>
			this.page.locator('.vue-flow__transformationpane').getAttribute('style');
		for (let before = '', now = await place(); now !== before; now = await place()) {
			before = now ?? '';
			await this.page.waitForTimeout(250);
		}
	}

	/** A part of the page by n8n's name for it. */
	part(testId: string): Locator {
		return this.page.getByTestId(testId);
	}
}
