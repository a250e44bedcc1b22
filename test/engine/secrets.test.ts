import type { IExecuteFunctions, INodeType } from 'n8n-workflow';
import { LoggerProxy } from 'n8n-workflow';
import { useHarness } from './harness';

const harness = useHarness();

/** A node that leaks the secret of its credential. */
function leaky(leak: (header: string) => object): INodeType {
	return {
		description: {
			displayName: 'Leaky',
			name: 'leaky',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Leaky' },
			inputs: ['main'],
			outputs: ['main'],
			properties: [],
			credentials: [{ name: 'videographApi', required: true }],
		},
		async execute(this: IExecuteFunctions) {
			const { accessTokenId, secretKey } = await this.getCredentials<{ accessTokenId: string; secretKey: string }>(
				'videographApi',
			);
			const header = `Basic ${Buffer.from(`${accessTokenId}:${secretKey}`).toString('base64')}`;
			return [[{ json: { leak: JSON.stringify(leak(header)) } }]];
		},
	};
}

it.each<[string, (header: string) => object, string]>([
	['an item', (header) => ({ header }), 'What n8n stores'],
	[
		'the cause of an error',
		(header) => {
			const cause = Object.defineProperty(new Error('reset'), 'config', { value: { header }, enumerable: false });
			// n8n copies the keys of an error, and their values.
			throw Object.assign(new Error('No answer'), { cause });
		},
		'An error or an item of the run',
	],
	[
		'the log',
		(header) => {
			LoggerProxy.debug('sent', { header });
			return {};
		},
		"n8n's log",
	],
])('every test notices a secret in %s', async (_name, leak, where) => {
	harness.engine.extra = leaky(leak);
	await expect(harness.run({}, { node: { type: 'test.leaky' } })).rejects.toThrow(
		`${where} holds the Authorization header`,
	);
});
