import type { VideographClient } from '../../nodes/Videograph/api/client';
import {
	decodeCreatedClip,
	decodeListedClip,
	decodeVideo,
	type ListedClip,
	type Video,
} from '../../nodes/Videograph/api/decode';
import { VideographError } from '../../nodes/Videograph/api/errors';
import type { ClipRequest } from '../../nodes/Videograph/api/types';
import { ClipCreator, type ClipsInFlight, type CreateClipInput } from '../../nodes/Videograph/clip/createClip';
import { OutcomeUnknownError } from '../../nodes/Videograph/idempotency/createOnce';
import { ExecutionStore } from '../../nodes/Videograph/idempotency/executionStore';

const ORDER: CreateClipInput = {
	streamId: 'stream',
	request: { title: 'Goal', startTime: 1_800_000_000, endTime: 1_800_000_030 },
	key: 'key',
	reuse: false,
};

/** A service whose answers to the creation of clips are scripted: whether it makes the clip, and whether it says so. */
function scripted(
	script: Array<'made' | 'made, unnamed' | 'lost after' | 'lost before' | 'refused'>,
	listsWork = true,
) {
	const sent: ClipRequest[] = [];
	const clips: Array<ListedClip & { video: Video }> = [];
	const add = (body: ClipRequest) => {
		const id = `video${clips.length}`;
		const liveRecording = { streamUUID: 'stream', startTime: body.startTime * 1000, endTime: body.endTime * 1000 };
		const { title, metadata } = body;
		const video = decodeVideo({ contentId: id, title, metadata, status: 'Processing', liveRecording });
		clips.push({ ...decodeListedClip({ clipUUID: `clip${clips.length}`, contentUUID: null, name: title }), video });
	};
	const lists = <T>(answer: () => T) => (listsWork ? Promise.resolve(answer()) : Promise.reject(new Error('down')));
	const client = {
		createClip: (_streamId: string, body: ClipRequest) => {
			const act = script[sent.length] ?? 'made';
			sent.push(body);
			if (act.startsWith('made') || act === 'lost after') add(body);
			if (act === 'made, unnamed') return Promise.resolve(decodeCreatedClip({}));
			if (act === 'made') return Promise.resolve(decodeCreatedClip({ clipUUID: clips.at(-1)?.clipId }));
			const kind = act === 'refused' ? 'rejected' : 'outcomeUnknown';
			return Promise.reject(new VideographError(act, { kind, reason: 'network', call: 'POST /clips' }));
		},
		listClips: () => lists(() => clips),
		listContents: () => lists(() => clips.map(({ video }) => video)),
		findContent: (id: string) => lists(() => clips.find(({ video }) => video.id === id)?.video),
	} as unknown as VideographClient;
	return { client, sent, clips };
}

const memory = () => new ExecutionStore({});

const goOn = () => Promise.resolve(true);

/** Of an execution that is alone. */
const creator = (client: VideographClient, store = memory(), delay: (ms: number) => Promise<boolean> = goOn) =>
	new ClipCreator(client, store, delay, new Map());

/** Does not sleep, and notes how long it should have. */
function noted() {
	const pauses: number[] = [];
	const pause = (milliseconds: number) => Promise.resolve(pauses.push(milliseconds) > 0);
	return { pauses, pause };
}

describe('clip creation', () => {
	it('creates a clip once and returns it to a retry', async () => {
		const { client, sent } = scripted(['made']);
		const remembered = memory();
		const first = await creator(client, remembered).getOrCreate(ORDER);
		const later = { ...ORDER, request: { ...ORDER.request, startTime: 1_800_000_001, endTime: 1_800_000_031 } };
		const second = await creator(client, remembered).getOrCreate(later);
		expect(first.clip).toMatchObject({ clipId: 'clip0', startTime: 1_800_000_000, created: true });
		expect(second).toEqual(first);
		expect(sent).toHaveLength(1);
	});

	it('finds the clip by its reference after a lost response', async () => {
		const { client, sent } = scripted(['lost after']);
		const { clip } = await creator(client).getOrCreate(ORDER);
		expect(clip).toMatchObject({ clipId: 'clip0', contentId: 'video0', created: true });
		expect(sent).toHaveLength(1);
	});

	it('resends a request that was not received, up to three attempts', async () => {
		const { client, sent } = scripted(['lost before', 'lost before', 'lost before', 'made']);
		await expect(creator(client).getOrCreate(ORDER)).rejects.toThrow('lost before');
		expect(sent).toHaveLength(3);
	});

	it('never resends while the outcome is unknown, not even on retry', async () => {
		const { client, sent } = scripted(['lost after'], false);
		const remembered = memory();
		await expect(creator(client, remembered).getOrCreate(ORDER)).rejects.toMatchObject({
			message: 'lost after',
			details: { note: expect.stringMatching(/may have been created/) },
		});
		await expect(creator(client, remembered).getOrCreate(ORDER)).rejects.toThrow(OutcomeUnknownError);
		expect(sent).toHaveLength(1);
	});

	it('on retry, finds the clip by the original times', async () => {
		const { client, sent, clips } = scripted(['lost after']);
		const remembered = memory();
		const blind = scripted(['lost after'], false);
		await expect(creator(blind.client, remembered).getOrCreate(ORDER)).rejects.toThrow();
		// What the blind service has made is what the other one lists.
		clips.push(...blind.clips);
		const later = { ...ORDER, request: { ...ORDER.request, startTime: 1_800_000_009, endTime: 1_800_000_039 } };
		const { clip } = await creator(client, remembered).getOrCreate(later);
		expect(clip).toMatchObject({ contentId: 'video0', startTime: 1_800_000_000, created: true });
		expect(sent).toEqual([]);
	});

	it('on retry, resends a request that the API rejected', async () => {
		const { client, sent } = scripted(['refused']);
		const remembered = memory();
		await expect(creator(client, remembered).getOrCreate(ORDER)).rejects.toThrow('refused');
		await creator(client, remembered).getOrCreate(ORDER);
		expect(sent).toHaveLength(2);
	});

	it('does not return the clip of another request with the same title and times', async () => {
		const { client, clips } = scripted(['made', 'lost before']);
		const maker = creator(client);
		await maker.getOrCreate(ORDER);
		const { clip } = await maker.getOrCreate({ ...ORDER, key: 'another' });
		expect(clip.clipId).toBe('clip1');
		expect(clips).toHaveLength(2);
	});

	it('does not send the reference of another clip', async () => {
		const { client, sent } = scripted(['made']);
		const handedOn = [
			{ key: 'n8n_clip_ref', value: 'of another' },
			{ key: 'team', value: 'home' },
		];
		await creator(client).getOrCreate({
			...ORDER,
			request: { ...ORDER.request, metadata: handedOn },
		});
		const reference = { key: 'n8n_clip_ref', value: expect.stringMatching(/^[0-9a-f]{16}$/) };
		expect(sent[0]?.metadata).toEqual([{ key: 'team', value: 'home' }, reference]);
	});

	it('adds only the clip reference to a request', async () => {
		const { client, sent } = scripted(['made']);
		await creator(client).getOrCreate(ORDER);
		const metadata = [{ key: 'n8n_clip_ref', value: expect.stringMatching(/^[0-9a-f]{16}$/) }];
		expect(sent).toEqual([{ ...ORDER.request, metadata }]);
	});

	it('marks each request and each of its ranges with its own reference', async () => {
		const { client, sent } = scripted(['made', 'made', 'made']);
		const maker = creator(client);
		await maker.getOrCreate(ORDER);
		await maker.getOrCreate({ ...ORDER, key: 'another' });
		await maker.getOrCreate({ ...ORDER, key: 'third', request: { ...ORDER.request, endTime: 1_800_000_031 } });
		expect(new Set(sent.map(({ metadata }) => JSON.stringify(metadata))).size).toBe(3);
		for (const { metadata } of sent) expect(metadata).toHaveLength(1);
	});

	it('stores nothing for a request that was not sent', () => {
		expect(creator(scripted([]).client).restore('key')).toBeUndefined();
	});
});

describe('clip creation without an ID in the response', () => {
	it('gets the IDs from the lists', async () => {
		const { client } = scripted(['made, unnamed']);
		const { clip, response } = await creator(client).getOrCreate(ORDER);
		expect(clip).toMatchObject({ clipId: 'clip0', contentId: 'video0', created: true });
		expect(response).toEqual({});
	});

	it.each([
		['fail', () => Promise.reject(new Error('down'))],
		['do not hold the clip', () => Promise.resolve([])],
	])('leaves the IDs null if the lists %s', async (_, listClips: VideographClient['listClips']) => {
		const { client } = scripted(['made, unnamed']);
		client.listClips = listClips;
		const { clip } = await creator(client).getOrCreate(ORDER);
		expect(clip).toMatchObject({ clipId: null, contentId: null, created: true });
	});

	it('runs no lookup for known IDs', async () => {
		const { client } = scripted(['made']);
		client.listClips = () => Promise.reject(new Error('not to be asked'));
		expect((await creator(client).getOrCreate(ORDER)).clip).toMatchObject({
			clipId: 'clip0',
			contentId: null,
		});
	});
});

describe('clip lookup after a lost response', () => {
	it('runs twice before the request is resent', async () => {
		const { client } = scripted(['lost before', 'made']);
		const { pauses, pause } = noted();
		await creator(client, memory(), pause).getOrCreate(ORDER);
		expect(pauses).toEqual([1000, 2000]);
	});

	it('polls for a minute while a clip of the same title is processing, and returns its ID', async () => {
		const { client, sent, clips } = scripted(['lost after', 'lost after']);
		client.listContents = () => Promise.resolve([]);
		const { pauses, pause } = noted();
		await expect(creator(client, memory(), pause).getOrCreate(ORDER)).rejects.toMatchObject({
			details: { note: expect.stringContaining('It may be clip0.') },
		});
		expect(pauses).toEqual([1000, 2000, 4000, 8000, 15_000, 30_000]);
		expect(sent).toHaveLength(1);
		// Two candidates: nothing distinguishes them.
		clips.push(...clips);
		await expect(creator(client, memory(), pause).getOrCreate({ ...ORDER, key: 'another' })).rejects.toMatchObject({
			details: { note: expect.not.stringContaining('It may be') },
		});
	});

	it('ends when the execution is stopped', async () => {
		const { client, sent } = scripted(['lost before']);
		client.listClips = () => Promise.reject(new Error('not to be asked'));
		await expect(creator(client, memory(), () => Promise.resolve(false)).getOrCreate(ORDER)).rejects.toThrow(
			'lost before',
		);
		expect(sent).toHaveLength(1);
	});

	it('runs again after a failed lookup', async () => {
		const { client } = scripted(['lost after']);
		const list = client.listClips.bind(client);
		let looks = 0;
		client.listClips = (id) => (++looks === 1 ? Promise.reject(new Error('down')) : list(id));
		expect((await creator(client).getOrCreate(ORDER)).clip).toMatchObject({
			contentId: 'video0',
		});
	});
});

describe('clip creation with Reuse Existing', () => {
	it('creates a clip at once if the lookup is absent', async () => {
		const { client, sent } = scripted(['made']);
		const { pauses, pause } = noted();
		expect((await creator(client, memory(), pause).getOrCreate({ ...ORDER, reuse: true })).clip.created).toBe(true);
		expect([sent.length, pauses]).toEqual([1, []]);
	});

	it('repeats the lookup while a possible match is processing', async () => {
		const { client, sent } = scripted(['made']);
		await creator(client).getOrCreate(ORDER);
		const list = client.listContents.bind(client);
		client.listContents = () => Promise.resolve([]);
		const pause = () => {
			client.listContents = list;
			return Promise.resolve(true);
		};
		const { clip } = await creator(client, memory(), pause).getOrCreate({
			...ORDER,
			reuse: true,
			key: 'another',
		});
		expect(clip).toMatchObject({ contentId: 'video0', created: false });
		expect(sent).toHaveLength(1);
	});

	it('creates clips of other ranges at the same time', async () => {
		const { client, sent } = scripted(['made', 'made']);
		const maker = creator(client);
		const later = { ...ORDER.request, startTime: 1_800_000_010 };
		await Promise.all([
			maker.getOrCreate({ ...ORDER, reuse: true }),
			maker.getOrCreate({ ...ORDER, reuse: true, key: 'another', request: later }),
		]);
		expect(sent).toHaveLength(2);
	});

	const reuse = { ...ORDER, reuse: true };

	it('reuses a clip of the same stream, title and times', async () => {
		const { client, sent } = scripted(['made']);
		await creator(client).getOrCreate(ORDER);
		const { clip } = await creator(client).getOrCreate({ ...reuse, key: 'another' });
		expect(clip).toMatchObject({ contentId: 'video0', created: false });
		expect(sent).toHaveLength(1);
	});

	it('reuses a clip stored by an earlier attempt when the API does not list it yet', async () => {
		const { client, sent } = scripted(['made']);
		const remembered = memory();
		await creator(client, remembered).getOrCreate(reuse);
		client.listContents = () => Promise.resolve([]);
		const later = creator(client, remembered);
		expect(later.restore(reuse.key)?.clip.created).toBe(true);
		expect((await later.getOrCreate({ ...reuse, key: 'another' })).clip).toMatchObject({
			clipId: 'clip0',
			created: false,
		});
		expect(sent).toHaveLength(1);
	});

	it('creates no clip while a possible match is processing and the lookup stays ambiguous', async () => {
		const { client, sent } = scripted(['made']);
		await creator(client).getOrCreate(ORDER);
		client.listContents = () => Promise.resolve([]);
		await expect(creator(client).getOrCreate({ ...reuse, key: 'another' })).rejects.toThrow(OutcomeUnknownError);
		expect(sent).toHaveLength(1);
	});

	it('creates a clip with the same title as one of this execution with an unknown ID', async () => {
		const { client, sent, clips } = scripted(['made, unnamed', 'made, unnamed', 'made']);
		client.listContents = () => Promise.resolve([]);
		const maker = creator(client);
		const order = (index: number) => ({
			...reuse,
			key: `${index}`,
			request: { ...ORDER.request, endTime: 1_800_000_010 + index },
		});
		await Promise.all([maker.getOrCreate(order(1)), maker.getOrCreate(order(2))]);
		expect(clips).toHaveLength(2);
		await maker.getOrCreate(order(3));
		expect(sent).toHaveLength(3);
	});

	it('fails each request separately', async () => {
		const { client, sent } = scripted(['refused', 'refused']);
		const maker = creator(client);
		const both = await Promise.allSettled([maker.getOrCreate(reuse), maker.getOrCreate({ ...reuse, key: 'another' })]);
		const [first, second] = both.map((one) => (one.status === 'rejected' ? (one.reason as unknown) : undefined));
		expect(first).toBeInstanceOf(Error);
		expect(second).toBeInstanceOf(Error);
		expect(first).not.toBe(second);
		expect(sent).toHaveLength(2);
	});
});

describe('executions that create the same clip', () => {
	const reuse = { ...ORDER, reuse: true };
	const executions = (client: VideographClient, signals: Array<AbortSignal | undefined>) => {
		const inFlight: ClipsInFlight = new Map();
		return signals.map((signal) => new ClipCreator(client, memory(), goOn, inFlight, signal));
	};

	it('at the same moment create it once with Reuse Existing', async () => {
		const { client, sent } = scripted(['made']);
		const all = executions(client, [undefined, undefined, undefined]);
		const results = await Promise.all(all.map(async (one) => await one.getOrCreate(reuse)));
		expect(results.map(({ clip }) => [clip.clipId, clip.created])).toEqual([
			['clip0', true],
			['clip0', false],
			['clip0', false],
		]);
		expect(results[1]?.response).not.toBe(results[0]?.response);
		expect(sent).toHaveLength(1);
	});

	it('look it up again later, because it may be gone', async () => {
		const { client, clips } = scripted(['made', 'made']);
		const [first, second] = executions(client, [undefined, undefined]);
		await first?.getOrCreate(reuse);
		clips.length = 0;
		expect((await second?.getOrCreate(reuse))?.clip.created).toBe(true);
	});

	it('make their own attempt, one after the other, if the first one fails', async () => {
		const { client, sent } = scripted(['refused', 'refused', 'made']);
		const all = executions(client, [undefined, undefined, undefined, undefined]);
		const results = await Promise.allSettled(all.map(async (one) => await one.getOrCreate(reuse)));
		expect(results.map((result) => (result.status === 'fulfilled' ? result.value.clip.created : 'refused'))).toEqual([
			'refused',
			'refused',
			true,
			false,
		]);
		expect(sent).toHaveLength(3);
	});

	it('fail together if the API does not respond', async () => {
		const { client, sent } = scripted(Array.from({ length: 12 }, () => 'lost before' as const));
		const all = executions(client, [undefined, undefined, undefined]);
		const results = await Promise.allSettled(all.map(async (one) => await one.getOrCreate(reuse)));
		expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
		expect(sent).toHaveLength(3);
	});

	it('find the clip of an execution that was stopped while the API created it', async () => {
		const { client, sent } = scripted(['made']);
		const slow = scripted([]).client;
		const stop = new AbortController();
		let reject: (error: Error) => void = () => undefined;
		const lost = new Promise<never>((_, rejectLost) => (reject = rejectLost));
		slow.createClip = () => lost;
		const inFlight: ClipsInFlight = new Map();
		const first = new ClipCreator(slow, memory(), () => Promise.resolve(false), inFlight, stop.signal).getOrCreate(
			reuse,
		);
		const created = async () => {
			await client.createClip('stream', reuse.request);
			return true;
		};
		const second = new ClipCreator(client, memory(), created, inFlight).getOrCreate(reuse);
		stop.abort();
		reject(new VideographError('aborted', { kind: 'outcomeUnknown', reason: 'network', call: 'POST /clips' }));
		await expect(first).rejects.toThrow('aborted');
		expect((await second).clip).toMatchObject({ clipId: 'clip0', created: false });
		expect(sent).toHaveLength(1);
	});

	it('return the same clip to a retry with other times', async () => {
		const { client, sent } = scripted(['made']);
		const inFlight: ClipsInFlight = new Map();
		const store = memory();
		const [, shared] = await Promise.all([
			new ClipCreator(client, memory(), goOn, inFlight).getOrCreate(reuse),
			new ClipCreator(client, store, goOn, inFlight).getOrCreate(reuse),
		]);
		const later = { ...reuse, request: { ...reuse.request, startTime: 1_800_000_001, endTime: 1_800_000_031 } };
		expect(await new ClipCreator(client, store, goOn, inFlight).getOrCreate(later)).toEqual(shared);
		expect(sent).toHaveLength(1);
	});

	it('stop waiting for it when they are stopped', async () => {
		const slow = scripted([]).client;
		slow.createClip = () => new Promise<never>(() => undefined);
		const stopped = scripted([], false).client;
		const [stop, inFlight] = [new AbortController(), new Map() as ClipsInFlight];
		void new ClipCreator(slow, memory(), goOn, inFlight).getOrCreate(reuse);
		const second = new ClipCreator(stopped, memory(), goOn, inFlight, stop.signal).getOrCreate(reuse);
		stop.abort();
		await expect(second).rejects.toThrow('down');
		expect(inFlight.size).toBe(1);
	});
});
