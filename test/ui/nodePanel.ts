import type { Locator, Page } from 'playwright-core';
import { CredentialDialog } from './credentialDialog';

/** The panel of an open node: its fields in the middle, what goes in on the left, what comes out on the right. */
export class NodePanel {
	/** The credential and the fields. */
	readonly form: Locator;
	private readonly output: Locator;

	constructor(private readonly page: Page) {
		this.form = page.getByTestId('node-parameters');
		this.output = page.getByTestId('output-panel');
	}

	/** The labels of the fields that are shown, from top to bottom, down to Options: n8n draws that one last. */
	async fields(): Promise<string[]> {
		await this.field('Options').waitFor();
		const labels = await this.form.getByTestId('input-label').filter({ visible: true }).allInnerTexts();
		return labels.map((label) => label.split('\n', 1)[0]?.trim() ?? '');
	}

	/** A field by its label. */
	field(label: string): Locator {
		return this.form
			.getByTestId('parameter-item')
			.filter({ has: this.page.locator('label').getByText(label, { exact: true }) })
			.last();
	}

	/** What is entered, or chosen, in a field. */
	value(label: string): Promise<string> {
		return this.input(label).inputValue();
	}

	async fill(label: string, text: string): Promise<void> {
		await this.input(label).fill(text);
		await this.input(label).blur();
	}

	/** Enters a text key by key, in place of what is there. @param delayMs between two keys, in milliseconds */
	async type(label: string, text: string, delayMs: number): Promise<void> {
		await this.input(label).clear();
		await this.input(label).pressSequentially(text, { delay: delayMs });
		await this.input(label).blur();
	}

	/** Enters a date and a time, such as 2026-11-21 20:31:05. */
	async fillTime(label: string, time: string): Promise<void> {
		await this.input(label).fill(time);
		await this.input(label).press('Enter');
		await this.input(label).blur();
	}

	/** Opens the choices of a field. */
	async openChoices(label: string): Promise<void> {
		await this.input(label).click();
		await this.choices().first().waitFor();
	}

	async choose(label: string, choice: string): Promise<void> {
		await this.openChoices(label);
		await this.choices()
			.filter({ has: this.page.getByText(choice, { exact: true }) })
			.click();
		await this.input(label).blur();
	}

	/** Opens a list that the API fills, and types into its search. */
	async searchList(label: string, words: string): Promise<void> {
		await this.field(label).getByTestId('rlc-input').click();
		await this.listSearch.fill(words);
	}

	/** The search of the list that is open. */
	get listSearch(): Locator {
		return this.page.getByTestId('rlc-search').filter({ visible: true });
	}

	/** The entries of that list. */
	listed(): Locator {
		return this.page.getByTestId('rlc-item').filter({ visible: true });
	}

	/** The button that lets the AI agent fill in a field. */
	letAgentDecide(label: string): Locator {
		return this.field(label).getByTestId('from-ai-override-button');
	}

	async newCredential(): Promise<CredentialDialog> {
		await this.page.getByTestId('node-credentials-select').click();
		await this.page.getByTestId('node-credentials-select-item-new').click();
		return CredentialDialog.opened(this.page);
	}

	async editCredential(): Promise<CredentialDialog> {
		await this.page.getByTestId('credential-edit-button').click();
		return CredentialDialog.opened(this.page);
	}

	/** The button that runs the step. */
	get executeButton(): Locator {
		return this.page.getByTestId('node-execute-button').first();
	}

	/** Runs the step; `outputSchema` and `failure` wait until it has ended. */
	async execute(): Promise<void> {
		await this.executeButton.click();
	}

	/** What has come out of a step that ended well, in the schema view: fields with their values. */
	async outputSchema(): Promise<Record<string, string>> {
		await this.page.getByTestId('node-run-status-success').waitFor();
		// The switch is shown only while the mouse is over the output.
		await this.output.hover();
		await this.output.getByTestId('radio-button-schema').click();
		const rows = this.output.getByTestId('run-data-schema-item');
		await rows.first().waitFor();
		const texts = await rows.allInnerTexts();
		return Object.fromEntries(
			texts.map((text) => text.split('\n')).map(([name = '', ...value]) => [name.trim(), value.join(' ').trim()]),
		);
	}

	/** What is said above the output. */
	outputHints(): Promise<string[]> {
		return this.output.getByTestId('node-hint').allInnerTexts();
	}

	/** What is said about a step that failed: its message, and what to do. */
	async failure(): Promise<{ message: string; advice: string }> {
		const [message, advice] = await Promise.all(
			['node-error-message', 'node-error-description'].map((part) => this.output.getByTestId(part).innerText()),
		);
		return { message: message?.trim() ?? '', advice: advice?.trim() ?? '' };
	}

	/** The fields that the step before will give, as the input shows them before it has run, in no order. */
	async inputPreview(): Promise<string[]> {
		const input = this.page.getByTestId('ndv-input-panel');
		await input.getByText('Usually outputs the following fields').waitFor();
		return input.getByTestId('run-data-schema-node-name').allInnerTexts();
	}

	async close(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').click();
		await this.page.getByTestId('ndv').waitFor({ state: 'hidden' });
	}

	private input(label: string): Locator {
		const value = this.field(label).locator('[data-test-id^="parameter-input-"]').first();
		return value.locator('input:not([data-test-id="rlc-mode-selector"] *), textarea').first();
	}

	private choices(): Locator {
		return this.page.getByRole('option').filter({ visible: true });
	}
}
