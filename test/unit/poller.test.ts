import type { VideographClient } from '../../nodes/Videograph/api/client';
import { decodeLivestream, type Livestream } from '../../nodes/Videograph/api/decode';
import { LivestreamPoller } from '../../nodes/Videograph/polling/livestreamPoller';
import { Poller, type PollUpdate } from '../../nodes/Videograph/polling/poller';

const HOUR_MS = 3_600_000;
const noDelay = () => Promise.resolve(true);

/** A poller of texts. It records the subjects of each poll. */
function recordingPoller(
	poll: (subject: string, round: number) => PollUpdate<string>,
	groupKey?: (subject: string) => string,
) {
	const polls: string[][] = [];
	const poller = new Poller<string>({
		poll: (subjects) => {
			polls.push(subjects);
			return Promise.resolve(subjects.map((subject) => poll(subject, polls.length)));
		},
		groupKey,
		delay: noDelay,
	});
	return { poller, polls };
}

describe('Poller', () => {
	it('polls all pending subjects together, and no subject that is done', async () => {
		const { poller, polls } = recordingPoller((subject, round) => ({
			subject,
			isDone: subject === 'a' || round === 2,
		}));
		expect(await Promise.all(['a', 'b', 'c'].map((subject) => poller.wait(subject, HOUR_MS)))).toEqual(['a', 'b', 'c']);
		expect(polls).toEqual([
			['a', 'b', 'c'],
			['b', 'c'],
		]);
	});

	it('polls the updated subject in the next round', async () => {
		const { poller } = recordingPoller((subject) => ({ subject: `${subject}+`, isDone: subject.length === 3 }));
		expect(await poller.wait('a', HOUR_MS)).toBe('a+++');
	});

	it('returns the updated subject if its last poll failed when the time is up', async () => {
		const { poller } = recordingPoller((subject) => ({ subject: `${subject}+`, error: new Error('down') }));
		expect(await poller.wait('a', 0)).toBe('a+');
	});

	it('fails at once with a fatal error, and continues with the other subjects', async () => {
		const error = new Error('gone');
		const { poller, polls } = recordingPoller((subject, round) =>
			subject === 'a' ? { error, isFatal: true } : { subject, isDone: round === 2 },
		);
		const [a, b] = await Promise.allSettled([poller.wait('a', HOUR_MS), poller.wait('b', HOUR_MS)]);
		expect(a).toEqual({ status: 'rejected', reason: error });
		expect(b).toEqual({ status: 'fulfilled', value: 'b' });
		expect(polls).toHaveLength(2);
	});

	it('polls each group on its own, and a failed group does not affect the others', async () => {
		const polls: string[][] = [];
		const poller = new Poller<string>({
			poll: (subjects) => {
				polls.push(subjects);
				if (subjects.includes('a1')) return Promise.reject(new Error('down'));
				return Promise.resolve(subjects.map((subject) => ({ subject, isDone: true })));
			},
			groupKey: (subject) => subject.charAt(0),
			delay: noDelay,
		});
		const [a1, b1, b2] = await Promise.allSettled(['a1', 'b1', 'b2'].map((subject) => poller.wait(subject, HOUR_MS)));
		expect(a1).toMatchObject({ status: 'rejected', reason: { message: 'down' } });
		expect([b1?.status, b2?.status]).toEqual(['fulfilled', 'fulfilled']);
		expect(polls).toEqual([['a1'], ['b1', 'b2'], ['a1'], ['a1'], ['a1']]);
	});
});

describe('LivestreamPoller', () => {
	it('shares one request per live stream and poll', async () => {
		const requestedIds: string[] = [];
		const client = {
			getLivestream: (streamUUID: string) => {
				requestedIds.push(streamUUID);
				return Promise.resolve(
					decodeLivestream({ streamUUID, status: requestedIds.length > 2 ? 'Active' : 'Starting' }),
				);
			},
		} as unknown as VideographClient;
		const poller = new LivestreamPoller(client, noDelay);
		const isActive = ({ status }: Livestream) => status === 'Active';
		const streams = await Promise.all(
			['a', 'a', 'b'].map((streamUUID) => poller.wait(decodeLivestream({ streamUUID }), isActive, HOUR_MS)),
		);
		expect(streams.map(({ status }) => status)).toEqual(['Active', 'Active', 'Active']);
		expect(requestedIds).toEqual(['a', 'b', 'a', 'b']);
	});
});
