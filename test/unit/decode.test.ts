import {
	decodeListedVideoClip,
	decodeLivestream,
	decodeSubtitle,
	decodeVideo,
	mergeLivestreams,
	mergeVideos,
	metadataValue,
	storedDetails,
	unreadLivestream,
	withDetails,
} from '../../nodes/Videograph/api/decode';

/** Values of another type than documented. */
const spoiled = (...keys: string[]) => Object.fromEntries(keys.map((key) => [key, { value: 5 }]));

const UNKNOWN_DETAILS = {
	title: null,
	description: null,
	tags: null,
	metadata: null,
	playbackUrl: null,
	thumbnailUrl: null,
};

describe('decoded video', () => {
	const response = {
		contentId: 'v',
		title: 'Final',
		description: 'Cup',
		tags: ['a', 5],
		metadata: [{ key: 'team', value: 'home' }],
		status: 'Ready',
		duration: 1500,
		created_at: 7,
		playbackUrl: 'https://play',
		thumbnailUrl: 'https://picture',
		liveRecording: { streamUUID: 's', startTime: 1, endTime: 2 },
	};

	it('has the values of the response', () => {
		expect(decodeVideo(response)).toEqual({
			id: 'v',
			title: 'Final',
			description: 'Cup',
			tags: ['a', 5],
			metadata: [{ key: 'team', value: 'home' }],
			status: 'ready',
			hasStatus: true,
			durationMs: 1500,
			createdMs: 7,
			playbackUrl: 'https://play',
			thumbnailUrl: 'https://picture',
			recording: { streamId: 's', startMs: 1, endMs: 2 },
			raw: response,
		});
	});

	it.each([
		['are missing', {}, false],
		['have another type', spoiled(...Object.keys(response).filter((key) => key !== 'liveRecording')), true],
	])('has null for values that %s', (_, values, hasStatus) => {
		const raw = { ...values, contentId: 'v' };
		expect(decodeVideo(raw)).toEqual({
			...UNKNOWN_DETAILS,
			id: 'v',
			status: 'processing',
			hasStatus,
			durationMs: null,
			createdMs: null,
			recording: null,
			raw,
		});
	});

	it('is a clip even if its recording has no known values', () => {
		const liveRecording = spoiled('streamUUID', 'startTime', 'endTime');
		const recording = { streamId: null, startMs: null, endMs: null };
		expect(decodeVideo({ contentId: 'v', liveRecording })).toMatchObject({ recording });
		expect(decodeVideo({ contentId: 'v', liveRecording: [] })).toMatchObject({ recording: null });
	});

	it('is merged with a later response, which takes precedence', () => {
		const later = decodeVideo({ contentId: 'v', title: 'New', status: 'Failed' });
		expect(mergeVideos(decodeVideo(response), later)).toEqual(
			decodeVideo({ ...response, title: 'New', status: 'Failed' }),
		);
		expect(mergeVideos(decodeVideo(response), undefined)).toEqual(decodeVideo(response));
	});
});

describe('decoded live stream', () => {
	const response = {
		streamUUID: 's',
		title: 'Derby',
		status: 'Active',
		activeSince: 5,
		createdOn: 3,
		created_at: 4,
		ingestUrl: 'rtmp://new',
		rtmpUrl: 'rtmp://old',
		streamKey: 'secret',
		dvrDurationInMins: 30,
	};

	it('has the values of the response', () => {
		expect(decodeLivestream(response, true)).toEqual({
			...UNKNOWN_DETAILS,
			id: 's',
			title: 'Derby',
			status: 'Active',
			phase: 'live',
			recorded: true,
			activeSinceMs: 5,
			createdMs: 3,
			ingestUrl: 'rtmp://new',
			streamKey: 'secret',
			dvrMinutes: 30,
			raw: response,
		});
	});

	it('has null for missing values and values of another type, or those of former names', () => {
		const raw = { ...spoiled(...Object.keys(response)), streamUUID: 's', created_at: 4, rtmpUrl: 'rtmp://old' };
		const unknown = { activeSinceMs: null, streamKey: null, dvrMinutes: null, status: null, phase: 'unknown' };
		const decoded = { ...UNKNOWN_DETAILS, ...unknown, id: 's', recorded: null };
		expect(decodeLivestream(raw)).toEqual({ ...decoded, createdMs: 4, ingestUrl: 'rtmp://old', raw });
		expect(unreadLivestream('s', 'Derby')).toMatchObject({ ...decoded, title: 'Derby', createdMs: null });
		expect(unreadLivestream('s')).toMatchObject({ title: null });
	});

	it.each([
		['Active', 'live'],
		...['Idle', 'InActive', 'Failed', 'Deleting'].map((status) => [status, 'off']),
		...['Processing', 'Pending', 'active', undefined].map((status) => [status, 'unknown']),
	])('with the status %p is %s', (status, phase) => {
		expect(decodeLivestream({ streamUUID: 's', status })).toMatchObject({ phase });
	});

	it('keeps the status of the list, and whether it is recorded, when details are added', () => {
		const listed = decodeLivestream(response, true);
		const details = decodeLivestream({ streamUUID: 's', status: 'Idle', playbackUrl: 'https://play' });
		expect(mergeLivestreams(listed, details)).toMatchObject({
			title: 'Derby',
			status: 'Active',
			phase: 'live',
			recorded: true,
			playbackUrl: 'https://play',
		});
		expect(mergeLivestreams(listed, undefined)).toEqual(listed);
	});
});

describe('decoded list entries', () => {
	it('of the clips of a video have one ID and no status', () => {
		const raw = { uuid: 'v', name: 'Goal', createdOn: 6 };
		const clip = { clipId: 'v', contentId: 'v', title: 'Goal', status: null, createdMs: 6, raw };
		expect(decodeListedVideoClip(raw)).toEqual(clip);
	});

	it('of subtitles have null for missing values', () => {
		const raw = { uuid: 't', name: 'English', language_code: 'en', support_closed_captions: false, url: 'https://a' };
		const subtitle = { id: 't', name: 'English', languageCode: 'en', closedCaptions: false, url: 'https://a', raw };
		expect(decodeSubtitle(raw)).toEqual(subtitle);
		const unknown = { id: null, name: null, languageCode: null, closedCaptions: null, url: null };
		for (const empty of [{}, spoiled(...Object.keys(raw))]) expect(decodeSubtitle(empty)).toMatchObject(unknown);
	});
});

describe('details', () => {
	const video = (details: object) => decodeVideo({ contentId: 'v', ...details });

	it('to send again are the known ones, as the API accepts them', () => {
		expect(storedDetails(video({}))).toEqual({});
		const metadata = [{ key: 'a', value: 'b', more: 1 }, { key: '', value: 'b' }, { key: 'c', value: 5 }, null];
		expect(storedDetails(video({ title: 'x', description: 'y', tags: ['a', '', 5], metadata }))).toEqual({
			description: 'y',
			tags: ['a'],
			metadata: [{ key: 'a', value: 'b' }],
		});
	});

	it('after an update are those of the request', () => {
		const before = video({ title: 'x', description: 'y', tags: ['a'], metadata: [{ key: 'a', value: 'b' }] });
		const cleared = { title: 'z', description: null, tags: null, metadata: null };
		expect(withDetails(before, { title: 'z', description: '' })).toEqual({ ...before, ...cleared });
		const request = { title: 'z', description: 'w', tags: [], metadata: [{ key: 'c', value: 'd' }] };
		expect(withDetails(before, request)).toEqual({ ...before, ...request });
	});

	it('have a metadata value by key', () => {
		const metadata = [null, { key: 'a', value: 'b' }, { key: 'c' }, { key: 'a', value: 'later' }];
		expect(['a', 'c', 'd'].map((key) => metadataValue(video({ metadata }), key))).toEqual(['b', null, undefined]);
		expect(metadataValue(video({}), 'a')).toBeUndefined();
	});
});
