import type { INodeParameters } from 'n8n-workflow';
import type { Run } from './engine';
import { useHarness } from './harness';

const key = { keyId: 'k1', privateKey: 'do-not-tell' };
const harness = useHarness({ signingKey: () => key });

const create = async (parameters: INodeParameters = {}, options?: Partial<Run>) =>
	await harness.run(
		{ resource: 'signingKey', operation: 'create', productTypeId: 1, environmentUUID: 'env-1', ...parameters },
		options,
	);
const answerOnce = (answer: object, when: 'before' | 'after' = 'before') =>
	harness.emulator.failNext({ method: 'POST', when, answer: answer as never });
const refusal = { status: 400, body: { code: 400, message: 'No such environment' } };
const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };

describe('Signing Key Create', () => {
	it('creates a key, and returns the response of the API', async () => {
		const { items, error } = await create();
		expect(error).toBeUndefined();
		expect(harness.created()).toEqual([{ productTypeId: 1, environmentUUID: 'env-1' }]);
		expect(items).toEqual([{ json: key, pairedItem: { item: 0 } }]);
	});

	it('stops in the words of the API', async () => {
		answerOnce(refusal);
		const { error } = await create();
		expect(error).toMatchObject({ httpCode: '400', message: 'No such environment', context: { itemIndex: 0 } });
		expect(error?.description).toMatch(/Check Product Type ID and Environment UUID/);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'continues with the other items (%s)',
		async (onError) => {
			const input = [{ env: '' }, { env: 'env-1' }];
			const { items, errorItems } = await create({ environmentUUID: '={{ $json.env }}' }, { input, node: { onError } });
			const [failed, good] = onError === 'continueErrorOutput' ? [errorItems[0], items[0]] : items;
			expect(failed).toMatchObject({ json: { error: 'Environment UUID: must not be empty' }, pairedItem: { item: 0 } });
			expect(good).toMatchObject({ json: key, pairedItem: { item: 1 } });
		},
	);

	it('creates no second key on Retry On Fail', async () => {
		const input = [{ env: 'env-1' }, { env: 'env-2' }];
		answerOnce(refusal);
		const { items } = await create({ environmentUUID: '={{ $json.env }}' }, { input, node: retry });
		expect(items.map(({ json }) => json)).toEqual([key, key]);
		expect(harness.emulator.signingKeys).toHaveLength(2);
	});

	it('creates no second key after a lost response', async () => {
		answerOnce('reset' as never, 'after');
		const { error } = await create({}, { node: retry });
		expect(error?.message).toMatch(/have created the signing key, so it was not sent again$/);
		expect(harness.emulator.signingKeys).toHaveLength(1);
	});

	it('contains no secret in an error', async () => {
		answerOnce({ status: 502, body: { code: 502, message: 'Bad', data: key } }, 'after');
		const { error } = await create();
		expect(error?.description).toMatch(/^The signing key may have been created/);
		expect(JSON.stringify(error)).not.toContain(key.privateKey);
	});

	it.each([
		['no product', { productTypeId: 0 }, 'Product Type ID: 0 is not a positive whole number'],
		['no environment', { environmentUUID: ' ' }, /^Environment UUID: /],
		['an environment that is no ID', { environmentUUID: 'a/b' }, 'Environment UUID: "a/b" is not a valid ID'],
	])('rejects %s without a request', async (_name, parameters, message) => {
		const { error } = await create(parameters);
		expect(error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 0 } });
		expect(error?.message).toMatch(message);
		expect(harness.emulator.requests).toEqual([]);
	});
});
