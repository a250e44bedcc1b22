import { inspect } from 'node:util';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { ExpressionError, type NodeApiError, NodeOperationError } from 'n8n-workflow';
import { processingHint } from '../../nodes/Videograph/actions/clip/createAndWait';
import type { Operation, OperationContext, Task } from '../../nodes/Videograph/actions/operation';
import * as registry from '../../nodes/Videograph/actions/router';
import { VideographError } from '../../nodes/Videograph/api/errors';
import { executeItems } from '../../nodes/Videograph/execution/executeItems';
import type { ItemParameters } from '../../nodes/Videograph/parameters/itemParameters';
import { NODE } from './transport';

const tick = async () => await new Promise((resolve) => setImmediate(resolve));
/** Lets everything happen that can. */
const settle = async () => {
	for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 2));
};

interface Setting {
	items?: number;
	goesOn?: boolean;
	parameters?: Record<string, unknown>;
	operation?: Partial<Operation>;
	kept?: IDataObject;
	/** Whether n8n gives the run a signal that ends it: it need not. */
	withStop?: boolean;
	withCustomData?: boolean;
}

type Output = IDataObject[];

/** A result of a task, with plain objects for its output items. */
interface Result {
	output: Output;
	pending?: Promise<Output>;
	subtasks?: Array<{ name: string; task: () => Promise<Output> }>;
}

const toItems = (output: Output) => output.map((json) => ({ json, raw: { ...json, raw: true } }));

function toTaskResult(result: Output | Result): Awaited<ReturnType<Task>> {
	if (Array.isArray(result)) return toItems(result);
	const { output, pending, subtasks } = result;
	return {
		output: toItems(output),
		pending: pending?.then(toItems),
		subtasks: subtasks?.map(({ name, task }) => ({ name, task: async () => toItems(await task()) })),
	};
}

/** A run of an operation whose items have these tasks. */
function runOf(
	task: (item: number, run: OperationContext) => Promise<Output | Result>,
	{
		items = 3,
		goesOn = false,
		parameters = {},
		operation,
		kept = {},
		withStop = true,
		withCustomData = true,
	}: Setting = {},
) {
	const stop = new AbortController();
	const hints: unknown[] = [];
	const log: string[] = [];
	const customData: IDataObject = {};
	const set = (key: string, value: string) => void (customData[key] = value);
	const $execution = { customData: withCustomData ? { set } : undefined };
	const context = {
		getNodeParameter: (name: string, _item: number, fallback: unknown) => parameters[name] ?? fallback,
		getInputData: () => Array.from({ length: items }, () => ({ json: {} })),
		continueOnFail: () => goesOn,
		getNode: () => NODE,
		getCredentials: () => Promise.resolve({ baseUrl: 'https://api.test' }),
		getExecutionCancelSignal: () => (withStop ? stop.signal : undefined),
		getContext: () => kept,
		addExecutionHints: (hint: unknown) => void hints.push(hint),
		getExecutionId: () => '7',
		getWorkflowDataProxy: () => ({ $execution }),
		logger: { warn: (line: string) => void log.push(line) },
	};
	jest.spyOn(registry, 'findOperation').mockReturnValue({
		fields: [],
		prepare:
			({ itemIndex }: ItemParameters) =>
			async (run: OperationContext) =>
				toTaskResult(await task(itemIndex, run)),
		...operation,
	} as unknown as Operation);
	return { result: executeItems(context as unknown as IExecuteFunctions), stop, hints, kept, log, customData };
}

const done = (item: number) => Promise.resolve([{ id: `made${item}` }]);
const responseError = (status: number, isJson = true) =>
	new VideographError('No', { kind: 'rejected', reason: 'status', call: 'GET /contents', status, isJson });
const apiError = () => responseError(400);
const ADVICE = 'Fix the problem that the message describes, then run the node again. (HTTP 400 to GET /contents)';
const failingAt =
	(bad: number, error: () => unknown = apiError) =>
	async (item: number) => {
		await tick();
		if (item === bad) throw error();
		return [{ id: `made${item}` }];
	};

afterEach(() => void jest.restoreAllMocks());

describe('Simplify', () => {
	const fields = [{ displayName: 'Simplify', name: 'simplify', type: 'boolean', default: true }] as Operation['fields'];

	it.each([
		['an option', 'options.simplify', undefined],
		['a field', 'simplify', { fields }],
	])('returns raw items if it is off, as %s', async (_kind, name, operation) => {
		const raw = [{ id: 'made0', raw: true }];
		const { result } = runOf(done, { items: 1, parameters: { [name]: false }, operation });
		expect((await result).map(({ json }) => json)).toEqual(raw);
		const pending = runOf((item) => Promise.resolve({ output: [], pending: done(item) }), {
			items: 1,
			parameters: { [name]: false },
			operation,
		});
		expect((await pending.result).map(({ json }) => json)).toEqual(raw);
	});

	it('returns raw items of subtasks if it is off', async () => {
		const subtasks = [{ name: 'a', task: () => done(1) }];
		const { result } = runOf(() => Promise.resolve({ output: [], subtasks }), {
			items: 1,
			parameters: { 'options.simplify': false },
		});
		expect((await result).map(({ json }) => json)).toEqual([{ id: 'made1', raw: true }]);
	});
});

describe('item execution', () => {
	it('returns items in order, each paired with its input', async () => {
		const { result } = runOf(async (item) => {
			await new Promise((resolve) => setTimeout(resolve, 10 * (3 - item)));
			return item === 1 ? [{ id: 'a' }, { id: 'b' }] : done(item);
		});
		expect(await result).toEqual([
			{ json: { id: 'made0' }, pairedItem: { item: 0 } },
			{ json: { id: 'a' }, pairedItem: { item: 1 } },
			{ json: { id: 'b' }, pairedItem: { item: 1 } },
			{ json: { id: 'made2' }, pairedItem: { item: 2 } },
		]);
	});

	it('rejects an unknown operation', async () => {
		const { result } = runOf(done);
		await result;
		jest.spyOn(registry, 'findOperation').mockReturnValue(undefined);
		const context = {
			getNodeParameter: (name: string) => `${name}X`,
			getNode: () => NODE,
		} as unknown as IExecuteFunctions;
		await expect(executeItems(context)).rejects.toThrow('Operation: "resourceX" has no operation "operationX"');
	});
});

describe('concurrency', () => {
	it.each([
		[undefined, 5],
		[3, 3],
		['4', 4],
		[2.9, 2],
		[0, 5],
		[0.5, 5],
		[-3, 1],
		['many', 5],
		[1000, 50],
	])('%p runs %d items at a time', async (concurrency, most) => {
		let open: () => unknown = () => undefined;
		const opened = new Promise<void>((resolve) => (open = resolve));
		let begun = 0;
		const { result } = runOf(
			async (item) => {
				begun++;
				await opened;
				return await done(item);
			},
			{ items: 60, parameters: { 'options.concurrency': concurrency } },
		);
		await settle();
		expect(begun).toBe(most);
		open();
		expect(await result).toHaveLength(60);
	});
});

describe('invalid parameter', () => {
	const refusing = (bad: number, sent: number[]): Partial<Operation> => ({
		prepare: ({ itemIndex }) => {
			if (itemIndex === bad) throw new Error('no title');
			return async () => {
				sent.push(itemIndex);
				return toItems(await done(itemIndex));
			};
		},
	});

	it('costs no request', async () => {
		const sent: number[] = [];
		const { result } = runOf(done, { operation: refusing(2, sent) });
		await expect(result).rejects.toMatchObject({ message: 'no title', context: { itemIndex: 2 } });
		await expect(result).rejects.toBeInstanceOf(NodeOperationError);
		expect(sent).toEqual([]);
	});

	it('becomes an error item with Continue on Fail', async () => {
		const sent: number[] = [];
		const { result } = runOf(done, { operation: refusing(1, sent), goesOn: true });
		expect(await result).toEqual([
			{ json: { id: 'made0' }, pairedItem: { item: 0 } },
			{ json: { error: 'no title' }, error: expect.any(NodeOperationError), pairedItem: { item: 1 } },
			{ json: { id: 'made2' }, pairedItem: { item: 2 } },
		]);
		expect(sent).toEqual([0, 2]);
	});
});

describe('failed item', () => {
	it('stops the execution and lists the created IDs', async () => {
		const begun: number[] = [];
		const { result } = runOf(
			async (item) => {
				begun.push(item);
				return await failingAt(2)(item);
			},
			{ items: 9, parameters: { 'options.concurrency': 1 }, operation: { createdIdKey: 'id' } },
		);
		await expect(result).rejects.toMatchObject({
			context: {
				itemIndex: 2,
				created: [
					{ item: 0, id: 'made0' },
					{ item: 1, id: 'made1' },
				],
			},
			description: `${ADVICE} Already created in this execution, by id: made0 (item 0), made1 (item 1).`,
		});
		expect(begun).toEqual([0, 1, 2]);
	});

	it('reports a created clip with an unknown ID', async () => {
		const task = (item: number) => (item === 0 ? Promise.resolve([{ id: null }]) : Promise.reject(new Error('No')));
		const { result } = runOf(task, {
			items: 2,
			parameters: { 'options.concurrency': 1 },
			operation: { createdIdKey: 'id' },
		});
		await expect(result).rejects.toMatchObject({
			description: 'Already created in this execution, by id: ID unknown (item 0).',
		});
	});

	it.each<[Partial<Operation>, number]>([
		[{ createdIdKey: 'id' }, 0],
		[{}, 2],
	])('lists no IDs if nothing was created', async (operation, bad) => {
		const { result } = runOf(failingAt(bad), { parameters: { 'options.concurrency': 1 }, operation });
		const error = (await result.catch((thrown: unknown) => thrown)) as NodeApiError;
		expect(error.description).toBe(ADVICE);
		expect(error.context).not.toHaveProperty('made');
	});

	it('becomes an error item with Continue on Fail, and the other items succeed', async () => {
		const { result } = runOf(failingAt(1), { goesOn: true });
		const output = await result;
		expect(output.map(({ json }) => json)).toEqual([{ id: 'made0' }, { error: 'No' }, { id: 'made2' }]);
		expect(output.map(({ error }) => error?.constructor.name)).toEqual([undefined, 'NodeApiError', undefined]);
	});

	it('has the advice of the operation for its status only', async () => {
		const adviceFor = async (status: number, isJson = true) => {
			const error = () => responseError(status, isJson);
			const { result } = runOf(failingAt(0, error), { operation: { advice: { 404: 'Better advice.' } } });
			return ((await result.catch((thrown: unknown) => thrown)) as NodeApiError).description;
		};
		expect(await adviceFor(404)).toBe('Better advice.');
		expect(await adviceFor(403)).toMatch(/^The access token/);
		expect(await adviceFor(404, false)).toMatch(/^Check the Base URL/);
	});

	it('retains a note', async () => {
		const error = () => responseError(404).withNote('It exists.');
		const { result } = runOf(failingAt(0, error), { operation: { advice: { 404: 'Better advice.' } } });
		await expect(result).rejects.toMatchObject({ description: expect.stringMatching(/^It exists\. Check the ID/) });
	});

	it.each([
		[
			'NodeApiError',
			() =>
				new VideographError('Busy', {
					kind: 'outcomeUnknown',
					reason: 'status',
					call: 'GET /contents',
					status: 503,
					retryAfterMs: 5000,
				}),
		],
		['NodeOperationError', () => new NodeOperationError(NODE, 'Busy', { description: 'Own.' })],
	])('has its own error if several items share a request (%s)', async (name, make) => {
		const shared = make();
		const before = inspect(shared);
		const { result } = runOf(() => Promise.reject(shared), { goesOn: true });
		const errors = (await result).map(({ error }) => error as NodeApiError);
		expect(new Set(errors).size).toBe(3);
		expect(errors.map(({ context }) => context.itemIndex)).toEqual([0, 1, 2]);
		for (const error of errors) {
			expect(error.constructor.name).toBe(name);
			expect(error).toMatchObject({
				message: 'Busy',
				description: expect.stringMatching(/^(The failure is on|Own\.)/),
			});
			expect(error.stack).toBe(shared.stack);
		}
		expect(inspect(shared)).toBe(before);
	});

	it('has its own error of an unknown class, too', async () => {
		const shared = new ExpressionError('broken', { itemIndex: 7 });
		const { result } = runOf(() => Promise.reject(shared), { goesOn: true });
		const errors = (await result).map(({ error }) => error as NodeOperationError);
		expect(errors.map(({ context }) => context.itemIndex)).toEqual([0, 1, 2]);
	});

	it.each([
		['an error', () => new TypeError('broken'), 'broken'],
		['a text', () => 'broken', 'broken'],
		["one of n8n's", () => new NodeOperationError(NODE, 'broken', { description: 'Own.' }), 'broken'],
	])("is one of n8n's errors if it was %s", async (_, error, message) => {
		const { result } = runOf(failingAt(1, error));
		await expect(result).rejects.toBeInstanceOf(NodeOperationError);
		await expect(result).rejects.toMatchObject({ message, context: { itemIndex: 1 } });
	});
});

describe('pending item', () => {
	const waiting = (pending: (item: number) => Promise<IDataObject[]>) => (item: number) =>
		Promise.resolve({ output: [{ id: `made${item}` }], pending: pending(item) });

	it('holds no place in the pool, and is returned when its wait ends', async () => {
		let open: () => unknown = () => undefined;
		const opened = new Promise<void>((resolve) => (open = resolve));
		let begun = 0;
		const { result } = runOf(
			(item) => {
				begun++;
				return waiting((one) => opened.then(() => [{ id: `ready${one}` }]))(item);
			},
			{ items: 20, parameters: { 'options.concurrency': 1 } },
		);
		await settle();
		expect(begun).toBe(20);
		open();
		expect((await result).map(({ json }) => json.id)).toEqual(Array.from({ length: 20 }, (_, item) => `ready${item}`));
	});

	it('reports the created IDs if its wait fails', async () => {
		const { result } = runOf(
			waiting((item) => (item === 1 ? Promise.reject(apiError()) : Promise.resolve([{ id: 'x' }]))),
			{
				items: 2,
				operation: { createdIdKey: 'id' },
			},
		);
		await expect(result).rejects.toMatchObject({
			context: {
				itemIndex: 1,
				created: [
					{ item: 0, id: 'made0' },
					{ item: 1, id: 'made1' },
				],
			},
		});
	});

	it.each<[createdIdKey: Operation['createdIdKey'], output: IDataObject[], error: string]>([
		['id', [{ id: 'one' }], 'No (already created: one)'],
		['id', [{ id: 'one' }, { id: null }], 'No (already created: one, ID unknown)'],
		['id', [{ id: 'o' }], 'No (already created: o)'],
		['id', [{ id: 'o' }, { id: 'r', created: false }], 'No (already created: o)'],
		['id', [], 'No'],
		[undefined, [{ id: 'one' }], 'No'],
	])('has the created IDs in its error item, with %j of %j', async (createdIdKey, output, error) => {
		const { result } = runOf(() => Promise.resolve({ output, pending: Promise.reject(apiError()) }), {
			items: 1,
			goesOn: true,
			operation: { createdIdKey },
		});
		expect((await result).map(({ json }) => json)).toEqual([{ error }]);
	});

	it('is not awaited after the execution has failed', async () => {
		const { result } = runOf(
			(item) => (item === 1 ? Promise.reject(apiError()) : waiting(() => new Promise(() => undefined))(item)),
			{
				items: 2,
				operation: { createdIdKey: 'id' },
			},
		);
		await expect(result).rejects.toMatchObject({ context: { itemIndex: 1, created: [{ item: 0, id: 'made0' }] } });
	});

	it('is awaited with Continue on Fail', async () => {
		const { result } = runOf(
			(item) => (item === 1 ? Promise.reject(apiError()) : waiting(() => Promise.resolve([{ id: 'ready' }]))(item)),
			{
				items: 2,
				goesOn: true,
			},
		);
		expect((await result).map(({ json }) => json)).toEqual([{ id: 'ready' }, { error: 'No' }]);
	});

	it.each([
		['processing', 'Not ready yet', 1],
		['ready', 'Not ready yet', 0],
		['processing', undefined, 0],
	])('adds a hint for the status %p', async (status, message, count) => {
		const { result, hints } = runOf((item) => Promise.resolve([{ status: item === 1 ? status : 'ready' }]), {
			operation: { hint: message === undefined ? undefined : processingHint(message) },
		});
		await result;
		expect(hints).toEqual(Array(count).fill({ message, location: 'outputPane' }));
	});
});

describe('item with subtasks', () => {
	const subtasks = (names: string[]) => ({
		output: [],
		subtasks: names.map((name) => ({
			name,
			task: () => (name === 'bad' ? Promise.reject(apiError()) : Promise.resolve([{ id: name }])),
		})),
	});

	it('returns their output in its place, in order', async () => {
		const { result } = runOf((item) => (item === 1 ? Promise.resolve(subtasks(['a', 'b'])) : done(item)));
		expect((await result).map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			['made0', { item: 0 }],
			['a', { item: 1 }],
			['b', { item: 1 }],
			['made2', { item: 2 }],
		]);
	});

	it('names each subtask once in a shared failure', async () => {
		const shared = apiError();
		const names = ['line 1', 'line 2'];
		const { result } = runOf(
			() =>
				Promise.resolve({ output: [], subtasks: names.map((name) => ({ name, task: () => Promise.reject(shared) })) }),
			{ goesOn: true },
		);
		expect((await result).map(({ json, error }) => [json.error, error?.message])).toEqual(
			[0, 1, 2].flatMap(() => names.map((name) => [`${name}: No`, `${name}: No`])),
		);
	});

	it('fails per subtask, and names it', async () => {
		const { result } = runOf(() => Promise.resolve(subtasks(['a', 'bad', 'c'])), { items: 1, goesOn: true });
		expect((await result).map(({ json }) => json)).toEqual([{ id: 'a' }, { error: 'bad: No' }, { id: 'c' }]);
	});
});

describe('stopped execution', () => {
	const stoppedRun = async (ids: Array<string | null>, setting: Setting = {}) => {
		const { result, stop, ...run } = runOf(
			async (item) => {
				if (item === ids.length - 1) stop.abort();
				return await Promise.resolve([{ clipId: ids[item] ?? null }]);
			},
			{ items: ids.length, operation: { createdIdKey: 'clipId' }, ...setting },
		);
		await result;
		return run;
	};

	it('saves the created IDs in the log and in the custom data', async () => {
		const { log, customData } = await stoppedRun(['a', null, 'b\n']);
		expect(log).toEqual(['Execution 7 was stopped. Videograph had already created clipId: ["a","ID unknown","b\\n"]']);
		expect(customData).toEqual({ videographCreated: 'a, ID unknown, b\n' });
	});

	it('saves as many of them in the custom data as fit', async () => {
		const ids = (count: number, length: number) => Array.from({ length: count }, (_, id) => String(id).padEnd(length));
		// 24 with their separators have 240 characters, so that 255 are full.
		const exact = [...ids(24, 8), 'x'.repeat(255 - 24 * 10)];
		expect((await stoppedRun(exact)).customData).toEqual({ videographCreated: exact.join(', ') });
		const long = [...exact.slice(0, 24), `${exact[24]}y`];
		const { log, customData } = await stoppedRun(long);
		expect(customData).toEqual({ videographCreated: `${long.slice(0, 24).join(', ')}, …` });
		expect(log[0]).toContain(JSON.stringify(long));
	});

	it('saves nothing if it has created nothing', async () => {
		const { log, customData } = await stoppedRun(['a'], { operation: {} });
		expect({ log, customData }).toEqual({ log: [], customData: {} });
	});

	it('saves them in the log if it has no custom data', async () => {
		expect((await stoppedRun(['a'], { withCustomData: false })).log).toHaveLength(1);
	});

	it('starts no further item, and returns the output so far', async () => {
		const begun: number[] = [];
		const { result, stop } = runOf(
			async (item) => {
				begun.push(item);
				if (item === 1) stop.abort();
				await tick();
				return await done(item);
			},
			{ items: 9, parameters: { 'options.concurrency': 1 } },
		);
		expect((await result).map(({ json }) => json.id)).toEqual(['made0', 'made1']);
		expect(begun).toEqual([0, 1]);
	});

	it('returns created clips that are pending, and no errors', async () => {
		const { result, stop } = runOf(
			async (item) => {
				if (item === 2) stop.abort();
				if (item === 1) throw apiError();
				await tick();
				return { output: [{ id: `made${item}` }], pending: new Promise(() => undefined) };
			},
			{ goesOn: true },
		);
		expect((await result).map(({ json }) => json)).toEqual([{ id: 'made0' }, { id: 'made2' }]);
	});

	it('aborts the waits of its tasks', async () => {
		const seen: unknown[] = [];
		const { result, stop } = runOf(
			async (item, run) => {
				seen.push(run.isStopped());
				stop.abort();
				seen.push(run.isStopped(), await run.delay(60_000));
				return await done(item);
			},
			{ items: 1 },
		);
		await result;
		expect(seen).toEqual([false, true, false]);
	});
});

describe('execution end', () => {
	it('aborts every wait', async () => {
		let late: Promise<boolean> | undefined;
		const { result } = runOf(
			(item, run) => {
				late = run.delay(60_000);
				return done(item);
			},
			{ items: 1 },
		);
		await result;
		expect(await late).toBe(false);
	});

	it('works without an abort signal in n8n', async () => {
		const { result, stop } = runOf(
			async (item, run) => [{ item, stopped: run.isStopped(), goesOn: await run.delay(0) }],
			{ items: 1, withStop: false },
		);
		stop.abort();
		expect((await result).map(({ json }) => json)).toEqual([{ item: 0, stopped: false, goesOn: true }]);
	});
});

describe('execution store', () => {
	const remembering = (fails: boolean) => async (item: number, run: OperationContext) => {
		run.store.set('key', { status: 'created', result: { id: 'kept' } });
		await tick();
		if (fails) throw apiError();
		return await done(item);
	};

	it.each([
		[false, undefined],
		[true, { status: 'created', result: { id: 'kept' } }],
	])('is retained for a retry after a failure (%p)', async (fails, kept) => {
		const context: IDataObject = {};
		await runOf(remembering(fails), { items: 1, kept: context }).result.catch(() => undefined);
		const later: unknown[] = [];
		await runOf(
			(item, run) => {
				later.push(run.store.get('key'));
				return done(item);
			},
			{ items: 1, kept: context },
		).result;
		expect(later).toEqual([kept]);
	});

	it('is retained after a failure with Continue on Fail', async () => {
		const context: IDataObject = {};
		await runOf(remembering(true), { items: 1, goesOn: true, kept: context }).result;
		expect(JSON.stringify(context)).toContain('kept');
	});
});
