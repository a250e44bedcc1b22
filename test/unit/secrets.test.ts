import { refuseSecrets, secretsIn } from '../secrets';

const login = { accessTokenId: 'abcd', secretKey: 'a-long/secret+key' };
const header = `Basic ${Buffer.from('abcd:a-long/secret+key').toString('base64')}`;

/** An error of an HTTP library: the request is in its cause, which is not enumerable. */
function withCause(): Error {
	const cause = new Error('reset');
	Object.defineProperty(cause, 'config', { value: { headers: { authorization: header } }, enumerable: false });
	return new Error('No answer', { cause });
}

function withStack(): Error {
	const error = new Error('No answer');
	error.stack = `Error: ${login.secretKey}\n    at anywhere`;
	return error;
}

describe('secret scan', () => {
	it.each<[string, unknown, string[]]>([
		['a text', `key ${login.secretKey}.`, ['the secret key']],
		['a header', header, ['the Authorization header']],
		['a URL', `?key=${encodeURIComponent(login.secretKey)}`, ['the secret key in a URL']],
		['an item', [{ json: { deep: { list: [1, login.secretKey] } } }], ['the secret key']],
		['the cause of an error', withCause(), ['the Authorization header']],
		['a stack', { error: withStack() }, ['the secret key']],
		['none of it', { error: new Error('abcd'), accessTokenId: 'abcd' }, []],
	])('finds a secret in %s', (_name, text, found) => {
		expect(secretsIn(login, text)).toEqual(found);
	});

	it('ignores a key that is a plain word', () => {
		expect(secretsIn({ secretKey: 'wrong' }, 'something is wrong')).toEqual([]);
		expect(secretsIn({}, 'undefined')).toEqual([]);
	});

	it('rejects a value with a secret', () => {
		expect(() => refuseSecrets(login, header, 'The log')).toThrow('The log holds the Authorization header');
		expect(() => refuseSecrets(login, 'nothing', 'The log')).not.toThrow();
	});
});
