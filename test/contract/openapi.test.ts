import { routes } from '../emulator/routes';
import { basePath, checkAnswer, checkRequest, document, operations } from './openapi';

const clip = { title: 'Goal', startTime: 1_767_967_200, endTime: 1_767_967_230 };

function problemsWith(body: unknown, method = 'POST', path = '/livestreams/s1/clips'): string[] {
	const check = checkRequest({ method, path, body });
	return check.ok ? [] : check.problems;
}

describe('docs/openapi.yaml', () => {
	it('is OpenAPI 3.1 for the known base path of the API', () => {
		expect(document.openapi).toMatch(/^3\.1\./);
		expect(basePath).toBe('/video/services/api/v1');
		expect(operations.length).toBeGreaterThan(0);
	});

	it('names every operation once', () => {
		const names = operations.map(({ operationId }) => operationId);
		expect(names.filter((name) => !/^[a-z][A-Za-z]+$/.test(name))).toEqual([]);
		expect(new Set(names).size).toBe(names.length);
	});

	it('has exactly the operations of the emulator', () => {
		expect(Object.keys(routes).sort()).toEqual(operations.map(({ operationId }) => operationId).sort());
	});

	describe.each(operations)('$operationId', ({ operationId, method, path, evidence }) => {
		it('states its evidence', () => {
			expect(['documented', 'vendor-client', 'observed']).toContain(evidence);
		});

		it('describes a success and errors', () => {
			expect(checkAnswer(operationId, 200, { status: 'Failed', code: 200, message: 'no' })).not.toEqual([]);
			expect(checkAnswer(operationId, 500, { code: 500, message: 'no' })).toEqual([]);
			expect(checkAnswer(operationId, 500, {})).toEqual(['code is missing', 'message is missing']);
			expect(checkAnswer(operationId, 302, {})).toEqual([`${operationId} never answers 302`]);
		});

		it('declares the parameters in its path', () => {
			const item = document.paths[path];
			const own = item?.[method.toLowerCase() as Lowercase<typeof method>]?.parameters ?? [];
			const declared = [...(item?.parameters ?? []), ...own]
				.filter((parameter) => parameter.in === 'path' && parameter.required)
				.map(({ name }) => `{${name}}`);
			expect(declared.sort()).toEqual((path.match(/\{\w+\}/g) ?? []).sort());
		});
	});
});

describe('checkRequest', () => {
	it('finds the operation, its path parameters and its typed query', () => {
		expect(checkRequest({ method: 'POST', path: '/livestreams/a%20b/clips', body: clip })).toEqual({
			ok: true,
			operationId: 'createClip',
			pathParams: { streamId: 'a b' },
			query: {},
		});
		expect(checkRequest({ method: 'GET', path: '/contents', query: { start: '10', limit: '5' } })).toEqual({
			ok: true,
			operationId: 'listContents',
			pathParams: {},
			query: { start: 10, limit: 5 },
		});
		expect(checkRequest({ method: 'GET', path: '/livestreams', query: { record: 'false' } })).toMatchObject({
			query: { record: false },
		});
	});

	it.each([
		[
			'milliseconds',
			{ ...clip, startTime: clip.startTime * 1000 },
			'startTime must be <= 9999999999: it is epoch seconds, not milliseconds',
		],
		['seconds from the start of a video', { ...clip, startTime: 90 }, 'startTime must be >= 1000000000'],
		['text for a number', { ...clip, endTime: '1767967230' }, 'endTime must be integer, not "1767967230"'],
		['a field of another call', { ...clip, startTimeInSecs: 1 }, 'unknown field startTimeInSecs'],
		['no title', { ...clip, title: undefined }, 'title is missing'],
		['a field deep inside', { ...clip, metadata: [{ key: 'a', value: 'b', x: 1 }] }, 'unknown field metadata.0.x'],
		['text for the body', 'title', 'the body must be object, not "title"'],
		['no body', undefined, 'POST /livestreams/{streamId}/clips needs a body'],
	])('refuses %s', (_name, body, problem) => {
		// As JSON would carry it: an undefined field is not there.
		const sent: unknown = body && JSON.parse(JSON.stringify(body));
		expect(problemsWith(sent)).toEqual([problem]);
	});

	it('reports all problems at once', () => {
		expect(problemsWith({ x: 1 })).toEqual([
			'title is missing',
			'startTime is missing',
			'endTime is missing',
			'unknown field x',
		]);
	});

	it('refuses unexpected bodies, paths, methods and queries', () => {
		expect(problemsWith({}, 'GET', '/contents')).toEqual(['GET /contents takes no body']);
		expect(checkRequest({ method: 'GET', path: '/nothing' })).toEqual({
			ok: false,
			status: 404,
			problems: ['there is no path /nothing'],
		});
		expect(checkRequest({ method: 'PATCH', path: '/contents' })).toEqual({
			ok: false,
			status: 405,
			problems: ['/contents does not take PATCH'],
		});
		expect(checkRequest({ method: 'GET', path: '/contents', query: { page: '1', limit: 'ten' } })).toEqual({
			ok: false,
			status: 400,
			problems: ['unknown query parameter page', expect.stringContaining('limit must be integer, not "ten"')],
		});
	});
});

describe('checkAnswer', () => {
	it('distinguishes seconds from milliseconds', () => {
		const body = { status: 'Success', code: 200, data: { streamUUID: 's1', activeSince: clip.startTime } };
		expect(checkAnswer('getLivestream', 200, body)).toEqual([
			'data.activeSince must be >= 1000000000000: it is epoch milliseconds, not seconds',
		]);
	});

	it('accepts new fields', () => {
		const body = { status: 'Success', code: 200, more: 1, data: { streamUUID: 's1', more: 1 } };
		expect(checkAnswer('getLivestream', 200, body)).toEqual([]);
	});

	it('requires a body', () => {
		expect(checkAnswer('createClip', 200, undefined)).toEqual(['the body must be object, not undefined']);
	});

	it('accepts only an error for an unknown path', () => {
		expect(checkAnswer(undefined, 404, { code: 404, message: 'no' })).toEqual([]);
		expect(checkAnswer(undefined, 200, {})).not.toEqual([]);
	});
});
