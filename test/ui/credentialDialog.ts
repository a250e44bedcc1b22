import type { Locator, Page } from 'playwright-core';

/** The dialog of a credential. */
export class CredentialDialog {
	readonly dialog: Locator;

	private constructor(page: Page) {
		this.dialog = page.getByTestId('editCredential-modal');
	}

	static async opened(page: Page): Promise<CredentialDialog> {
		const opened = new CredentialDialog(page);
		await opened.dialog.getByTestId('credential-save-button').waitFor();
		return opened;
	}

	/** Enters what is given, each under the label of its field. */
	async fill(entries: Record<string, string>): Promise<void> {
		for (const [label, text] of Object.entries(entries)) {
			const field = this.dialog
				.getByTestId('credential-connection-parameter')
				.filter({ hasText: new RegExp(`^${label}`) });
			await field.locator('input').first().fill(text);
		}
	}

	/** Saves; n8n then tests the credential at once. */
	async save(): Promise<void> {
		await this.dialog.getByTestId('credential-save-button').click();
	}

	/** What the test has found wrong, as a part of all that the dialog says. */
	async failure(): Promise<string> {
		await this.dialog.getByText('Couldn’t connect with these settings').waitFor();
		await this.dialog.getByText('More details').click();
		return this.dialog.innerText();
	}

	/** Waits until the test has passed; n8n closes the dialog then. */
	async passed(): Promise<void> {
		await this.dialog.waitFor({ state: 'hidden' });
	}

	/** Waits for the word that the test has passed, in the dialog of a credential that was saved. */
	async shownAsPassed(): Promise<void> {
		await this.dialog.getByTestId('credentials-config-container-test-success').waitFor();
	}

	async close(): Promise<void> {
		await this.dialog
			.locator('button[aria-label*="lose" i], .el-dialog__headerbtn')
			.filter({ visible: true })
			.first()
			.click();
		await this.dialog.waitFor({ state: 'hidden' });
	}
}
