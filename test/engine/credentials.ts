import type { PackageDirectoryLoader } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsHelper as Helper,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { ICredentialsHelper } from 'n8n-workflow';

/** Provides one credential in plain text, and applies the `authenticate` of its type like the server. */
export class Credentials extends ICredentialsHelper implements Helper {
	constructor(
		private readonly loader: PackageDirectoryLoader,
		private readonly data: ICredentialDataDecryptedObject,
	) {
		super();
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { type } = this.loader.getCredential(typeName);
		if (typeof type.authenticate !== 'function') throw new Error('Expected authenticate to be a function');
		return await type.authenticate(credentials, request);
	}

	override getParentTypes(): string[] {
		return [];
	}
	override isCredentialUsableByNode(): boolean {
		return true;
	}
	override async preAuthentication(): Promise<undefined> {
		await Promise.resolve();
		return undefined;
	}
	override async runPreAuthentication(): Promise<undefined> {
		await Promise.resolve();
		return undefined;
	}
	override async getDecrypted(): Promise<ICredentialDataDecryptedObject> {
		return await Promise.resolve({ ...this.data });
	}
	override async getCredentials(): Promise<ICredentials> {
		return await Promise.reject(new Error('Not needed by the engine'));
	}
	override getCredentialsProperties(typeName: string) {
		return this.loader.getCredential(typeName).type.properties;
	}
	override async updateCredentials(): Promise<void> {}
	override async updateCredentialsOauthTokenData(): Promise<void> {}
}
