import { decodeVideo } from '../../nodes/Videograph/api/decode';
import { updateRequest } from '../../nodes/Videograph/video/video';

const video = { contentId: 'c', title: 'Semifinal' };
const of = (told: object) => updateRequest(decodeVideo({ ...video, ...told }), { title: 'Final', description: 'New' });

describe('video update', () => {
	it.each<[told: object, sent: object]>([
		[{ tags: ['a', '', 5, null] }, { tags: ['a'] }],
		[{ tags: 'a' }, {}],
		[{ tags: null, metadata: null }, {}],
		[{ tags: {}, metadata: { key: 'a' } }, {}],
		[
			{ metadata: [{ key: 'a', value: 'b', more: 1 }, null, 'c', { key: 'd' }] },
			{ metadata: [{ key: 'a', value: 'b' }] },
		],
	])('sends the resendable fields of a video %j', (told, sent) => {
		expect(of(told)).toEqual({ title: 'Final', description: 'New', ...sent });
	});

	it.each([null, 'x', { key: 'n8n_clip_ref' }])('changes the metadata of a video with metadata %j', (metadata) => {
		const changes = { title: 'Final', metadata: [{ key: 'a', value: 'b' }] };
		expect(updateRequest(decodeVideo({ ...video, metadata }), changes)).toEqual(changes);
	});
});
