import type { IExecuteFunctions } from 'n8n-workflow';
import { readCredentials } from '../../nodes/Videograph/api/createClient';
import { accountCount, acquireAccount } from '../../nodes/Videograph/execution/account';

const CREDENTIALS = { baseUrl: 'https://api.test', accessTokenId: 'id', secretKey: 'secret' };
const keyOf = async (credentials: object) =>
	(await readCredentials({ getCredentials: () => Promise.resolve(credentials) } as unknown as IExecuteFunctions))
		.accountKey;

describe('account', () => {
	it('is shared until 10 seconds after its last execution', () => {
		jest.useFakeTimers();
		const [first, second, other] = ['a', 'a', 'b'].map((key) => acquireAccount(key));
		expect(second?.account).toBe(first?.account);
		expect(other?.account).not.toBe(first?.account);
		first?.release();
		jest.advanceTimersByTime(60_000);
		const third = acquireAccount('a');
		expect(third.account).toBe(first?.account);
		second?.release();
		third.release();
		jest.advanceTimersByTime(9999);
		const next = acquireAccount('a');
		expect(next.account).toBe(first?.account);
		next.release();
		jest.advanceTimersByTime(10_000);
		const last = acquireAccount('a');
		expect(last.account).not.toBe(first?.account);
		expect(accountCount()).toBe(2);
		expect(jest.getTimerCount()).toBe(0);
		last.release();
		other?.release();
		jest.useRealTimers();
	});

	it('belongs to a Base URL, an access token and its secret, which its key does not contain', async () => {
		const key = await keyOf(CREDENTIALS);
		expect(await keyOf({ ...CREDENTIALS, baseUrl: ' https://api.test/ ' })).toBe(key);
		expect(await keyOf({ ...CREDENTIALS, baseUrl: 'https://other.test' })).not.toBe(key);
		expect(await keyOf({ ...CREDENTIALS, accessTokenId: 'other' })).not.toBe(key);
		expect(await keyOf({ ...CREDENTIALS, secretKey: 'other' })).not.toBe(key);
		expect(key).toMatch(/^[0-9a-f]{64}$/);
	});
});
