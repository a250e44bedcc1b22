import { decodeCreatedClip } from '../../nodes/Videograph/api/decode';
import { networkCode } from '../../nodes/Videograph/api/errors';
import { readEnvelope } from '../../nodes/Videograph/api/response';
import { embedUrl, path } from '../../nodes/Videograph/api/urls';
import { formatValue, isoOrNull, numberOrNull, stringOrNull, toNumber } from '../../nodes/Videograph/utils/values';

describe('response envelope', () => {
	it.each([
		[200, { status: 'Success', code: 200, data: [1] }, { ok: true, data: [1] }],
		[201, { status: 'Success', data: {} }, { ok: true, data: {} }],
		[200, {}, { ok: true, data: undefined }],
		[200, { status: 'Failed', message: ' Broken ' }, { ok: false, message: 'Broken' }],
		[200, { status: null }, { ok: false, message: 'Videograph returned HTTP 200 without a message' }],
		[200, '<html>', { ok: false, message: 'Videograph returned a non-JSON response (HTTP 200)' }],
		[200, [], { ok: false, message: 'Videograph returned a non-JSON response (HTTP 200)' }],
		[204, '', { ok: false, message: 'Videograph returned a non-JSON response (HTTP 204)' }],
		[400, { status: 'Success', code: 400, message: 'No' }, { ok: false, message: 'No' }],
		[500, { message: { text: 'x' } }, { ok: false, message: 'Videograph returned HTTP 500 without a message' }],
		[300, { status: 'Success' }, { ok: false, message: 'Videograph returned HTTP 300 without a message' }],
		[199, { status: 'Success' }, { ok: false, message: 'Videograph returned HTTP 199 without a message' }],
		[302, {}, { ok: false, message: 'Videograph returned HTTP 302 without a message' }],
	])('HTTP %d with %j', (status, body, envelope) => {
		expect(readEnvelope(status, body)).toEqual(envelope);
	});

	it('cuts a long message', () => {
		expect(readEnvelope(400, { message: 'x'.repeat(9999) })).toEqual({ ok: false, message: 'x'.repeat(500) });
	});
});

describe('API path', () => {
	it('encodes IDs', () => {
		expect(path`/livestreams/${'a/../b?c#d e%'}/clips`).toBe('/livestreams/a%2F..%2Fb%3Fc%23d%20e%25/clips');
		expect(path`/contents`).toBe('/contents');
	});
	it.each(['', '.', '..', 'a\ud800'])('rejects the ID %p', (id) => {
		expect(() => path`/contents/${id}`).toThrow(RangeError);
	});
});

describe('embed URL', () => {
	it('encodes the ID', () => {
		const embed = 'https://dashboard.videograph.ai/videos/embed';
		expect(embedUrl('videoId', 'a&b')).toBe(`${embed}?videoId=a%26b`);
		// A lone surrogate is not valid Unicode, but an API may send it.
		expect(embedUrl('streamId', 'a\ud800')).toBe(`${embed}?streamId=a%EF%BF%BD`);
	});
});

describe('clip response', () => {
	it.each<[object, string | null, string | null]>([
		[{}, null, null],
		[{ clipUUID: '' }, null, null],
		[{ clipUUID: 5 }, null, null],
		[{ clipUUID: 'c' }, 'c', null],
		[{ contentId: 'v' }, 'v', 'v'],
		[{ contentUUID: 'u', contentId: 'v', clipUUID: 'c' }, 'c', 'u'],
		[{ uuid: 'x', id: 'y' }, 'x', null],
		[{ id: 'y' }, 'y', null],
	])('contains the IDs %j', (answer, clipId, contentId) => {
		expect(decodeCreatedClip(answer)).toEqual({ clipId, contentId, raw: answer });
	});
});

describe('response values', () => {
	it('have the expected type or are null', () => {
		expect([stringOrNull('a'), stringOrNull(''), stringOrNull(5), stringOrNull(null)]).toEqual(['a', null, null, null]);
		expect([numberOrNull(0), numberOrNull('5'), numberOrNull(undefined)]).toEqual([0, null, null]);
		expect([isoOrNull(0), isoOrNull(null), isoOrNull(Number.NaN), isoOrNull(9e15)]).toEqual([
			'1970-01-01T00:00:00.000Z',
			null,
			null,
			null,
		]);
	});
});

describe('toNumber', () => {
	it('accepts numbers and numeric strings only', () => {
		const values: unknown[] = [
			5,
			'5',
			' 1e3 ',
			'',
			' ',
			'five',
			null,
			true,
			[5],
			{},
			{ toString: 1, valueOf: 1 },
			Infinity,
		];
		expect(values.map(toNumber)).toEqual([5, 5, 1000, NaN, NaN, NaN, NaN, NaN, NaN, NaN, NaN, Infinity]);
	});
});

const circular: Record<string, unknown> = {};
circular.self = circular;

describe('formatValue', () => {
	it.each([
		['text', '"text"'],
		[5, '5'],
		[undefined, 'undefined'],
		[circular, 'an object'],
		[null, 'null'],
		[10n, '10'],
		['x'.repeat(200), `"${'x'.repeat(79)}…`],
	])('formats %p as %s', (value, text) => {
		expect(formatValue(value)).toBe(text);
	});
});

describe('network error code', () => {
	it.each([
		['the error of the network itself', { code: 'ECONNRESET' }],
		['a cause further down', { message: 'x', cause: { cause: { code: 'ECONNRESET' } } }],
		['the HTTP status, up to n8n 2.8', { httpCode: 'ECONNRESET', cause: undefined }],
	])('is found in %s', (_where, thrown) => {
		expect(networkCode(thrown)).toBe('ECONNRESET');
	});

	it.each([{ httpCode: '500' }, { code: 500 }, new Error('x'), 'x', undefined])('is absent from %j', (thrown) => {
		expect(networkCode(thrown)).toBeUndefined();
	});
});
