import type { IDataObject } from 'n8n-workflow';
import { VideographError } from '../../nodes/Videograph/api/errors';
import { createOnce, type CreateOptions, doOnce, type Lookup } from '../../nodes/Videograph/idempotency/createOnce';
import { OutcomeUnknownError } from '../../nodes/Videograph/idempotency/createOnce';
import { ExecutionStore } from '../../nodes/Videograph/idempotency/executionStore';

type Options = CreateOptions<{ title: string }, string>;

const failure = (kind: 'outcomeUnknown' | 'rejected') =>
	new VideographError('No', { kind, reason: 'network', call: 'POST /contents' });

/** Creates a video whose attempts have these results, with one store for all of them. */
function creator(results: Array<string | Error>, options: Partial<Options> = {}) {
	const context: IDataObject = {};
	const sent: string[] = [];
	const send = ({ title }: { title: string }) => {
		const result = results[Math.min(sent.length, results.length - 1)] ?? 'video';
		sent.push(title);
		return typeof result === 'string' ? Promise.resolve(result) : Promise.reject(result);
	};
	// A retry reads what n8n has serialized.
	const store = () => new ExecutionStore(Object.assign(context, JSON.parse(JSON.stringify(context)) as IDataObject));
	const create = async (title = 'Goal') =>
		await createOnce(store(), 'key', { name: 'the video', request: { title }, send, ...options });
	return { create, sent };
}

const lookups = (...results: Array<Lookup<string>>) => {
	const requests: string[] = [];
	const lookup = ({ title }: { title: string }) => {
		requests.push(title);
		return Promise.resolve(results[Math.min(requests.length, results.length) - 1] ?? { status: 'absent' as const });
	};
	return { lookup, requests };
};

describe('createOnce', () => {
	it('sends a request once and replays its result', async () => {
		const { create, sent } = creator(['video']);
		expect([await create(), await create()]).toEqual(['video', 'video']);
		expect(sent).toEqual(['Goal']);
	});

	it('sends a rejected request again on retry', async () => {
		const { create, sent } = creator([failure('rejected'), 'video']);
		await expect(create()).rejects.toMatchObject({ message: 'No', details: { kind: 'rejected' } });
		expect(await create('New')).toBe('video');
		expect(sent).toEqual(['Goal', 'New']);
	});

	it('never resends a request with an unknown outcome without a lookup', async () => {
		const { create, sent } = creator([failure('outcomeUnknown'), 'video']);
		await expect(create()).rejects.toMatchObject({
			details: { note: 'The video may have been created. Check for it in Videograph before you create it again.' },
		});
		await expect(create()).rejects.toThrow(OutcomeUnknownError);
		await expect(create()).rejects.toMatchObject({
			message: 'An earlier attempt may already have created the video, so it was not sent again',
		});
		expect(sent).toHaveLength(1);
	});

	it('does not resend a request after an unexpected error', async () => {
		const { create, sent } = creator([new TypeError('bug'), 'video']);
		await expect(create()).rejects.toThrow('bug');
		await expect(create()).rejects.toThrow(OutcomeUnknownError);
		expect(sent).toHaveLength(1);
	});

	it('returns the result of a lookup', async () => {
		const { lookup } = lookups({ status: 'found', value: 'found video' });
		const { create, sent } = creator([failure('outcomeUnknown')], { lookup });
		expect([await create(), await create()]).toEqual(['found video', 'found video']);
		expect(sent).toHaveLength(1);
	});

	it('resends a request while the lookup is absent, up to three attempts', async () => {
		const { lookup, requests } = lookups({ status: 'absent' });
		const { create, sent } = creator([failure('outcomeUnknown')], { lookup });
		await expect(create()).rejects.toMatchObject({
			details: { note: expect.stringContaining('may have been created') },
		});
		expect([sent.length, requests.length]).toEqual([3, 3]);
	});

	it('on retry, looks up and resends the first request', async () => {
		const { lookup, requests } = lookups({ status: 'ambiguous', id: 'v1' }, { status: 'absent' });
		const { create, sent } = creator([failure('outcomeUnknown'), 'video'], { lookup });
		await expect(create()).rejects.toMatchObject({ details: { note: expect.stringContaining('It may be v1. ') } });
		expect(await create('New')).toBe('video');
		expect([sent, requests]).toEqual([
			['Goal', 'Goal'],
			['Goal', 'Goal'],
		]);
	});

	it('returns an existing resource instead of sending', async () => {
		const { create, sent } = creator(['video'], { findExisting: () => Promise.resolve('existing') });
		expect([await create(), await create()]).toEqual(['existing', 'existing']);
		expect(sent).toEqual([]);
	});

	it('stores nothing if the search for an existing resource fails', async () => {
		let isDown = true;
		const findExisting = () => (isDown ? Promise.reject(failure('outcomeUnknown')) : Promise.resolve(undefined));
		const { create, sent } = creator(['video'], { findExisting });
		await expect(create()).rejects.toThrow('No');
		isDown = false;
		expect(await create()).toBe('video');
		expect(sent).toHaveLength(1);
	});
});

describe('doOnce', () => {
	it('replays the result of an action, and repeats a failed one', async () => {
		const store = new ExecutionStore({});
		let count = 0;
		const act = () => (++count === 1 ? Promise.reject(failure('outcomeUnknown')) : Promise.resolve(count));
		await expect(doOnce(store, 'key', act)).rejects.toThrow('No');
		expect([await doOnce(store, 'key', act), await doOnce(store, 'key', act)]).toEqual([2, 2]);
	});
});
