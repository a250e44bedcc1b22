import type { INodeParameters } from 'n8n-workflow';
import { locator, useHarness } from './harness';
import { INPUT_FILE, OPERATION_CASES } from './operationCases';

const harness = useHarness();

const ORGANIZATION = '0b3c1a5e-6a0d-4c5b-8f52-9d1f6e2a7c11';
const OTHER = '9e107d9d-3726-4b6e-8a3c-1f0a5c7b2d44';
const HOST = 'https://dashboard.videograph.ai';

type Url = (parameter: string, id: string) => string;

const EMBED: Url = (parameter, id) => `${HOST}/${ORGANIZATION}/videos/embed?autoplay=true&${parameter}=${id}&t=10`;
const PAGE: Url = (_parameter, id) => `${HOST}/${ORGANIZATION}/live/${id}/overview?ref=${OTHER}`;

/** Replaces each resource locator, in collections too, by a URL. Returns the IDs. */
function useUrls(parameters: INodeParameters, url: Url): string[] {
	return Object.entries(parameters).flatMap(([name, value]) => {
		if (typeof value !== 'object' || value === null) return [];
		if (!('__rl' in value)) return useUrls(value as INodeParameters, url);
		const id = value.value as string;
		parameters[name] = locator(url(name === 'streamId' ? 'streamId' : 'videoId', id), 'url');
		return [id];
	});
}

const cases = Object.entries(OPERATION_CASES).flatMap(([path, operationCases]) =>
	Object.entries(operationCases).map(([title, parametersFor]) => ({ path, title, parametersFor })),
);

describe.each([
	['an embed URL with another UUID in its path', EMBED],
	['a page URL with several UUIDs', PAGE],
])('By URL, with %s', (_title, url) => {
	it.each(cases)('$path ($title) uses the ID of the resource', async ({ path, parametersFor }) => {
		await harness.createClip();
		const [resource, operation] = path.split('/') as [string, string];
		const parameters = parametersFor(harness);
		const ids = useUrls(parameters, url);
		const before = harness.emulator.requests.length;
		const { error } = await harness.run({ resource, operation, ...parameters }, { binary: [INPUT_FILE] });
		const sent = harness.emulator.requests
			.slice(before)
			.map((request) => request.path)
			.join('\n');
		expect(error).toBeUndefined();
		for (const id of ids) expect(sent).toContain(id);
		expect(sent).not.toMatch(new RegExp(`${ORGANIZATION}|${OTHER}`));
	});
});

describe.each([
	['live stream', 'streamId', { resource: 'livestream', operation: 'get' }, () => harness.stream.streamUUID],
	[
		'video',
		'videoId',
		{ resource: 'video', operation: 'get' },
		() => harness.emulator.addVideo({ title: 'Save' }).contentId,
	],
] as const)('By URL of a %s', (noun, parameter, operation, addResource) => {
	const get = async (url: string) => {
		const field = noun === 'video' ? 'contentId' : 'streamId';
		return await harness.run({ ...operation, [field]: locator(url, 'url') });
	};

	it.each<[title: string, url: Url]>([
		['an embed URL', (name, id) => `${HOST}/videos/embed?${name}=${id}`],
		['an embed URL with a fragment', (name, id) => `${HOST}/${ORGANIZATION}/videos/embed?${name}=${id}#t=10`],
		[
			'an embed URL escaped for HTML',
			(name, id) => `${HOST}/${ORGANIZATION}/embed?autoplay=1&amp;${name}=${id}&amp;t=1`,
		],
		['another UUID in the query', (name, id) => `${HOST}/videos/embed?ref=${OTHER}&${name}=${id}`],
		['the ID at the end of the path', (_name, id) => `${HOST}/live/${id}`],
		['the ID and a slash at the end of the path', (_name, id) => `${HOST}/${ORGANIZATION}/live/${id}/`],
		['a slug that begins like a UUID', (_name, id) => `${HOST}/live/${id}/20261123-derby`],
	])('accepts %s', async (_title, url) => {
		const { error, items } = await get(url(parameter, addResource()));
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
	});

	it.each<[title: string, url: Url]>([
		['without an ID', () => `${HOST}/live`],
		['with an empty parameter', (name) => `${HOST}/videos/embed?${name}=`],
		[
			'of another resource',
			() => `${HOST}/${ORGANIZATION}/videos/embed?${noun === 'video' ? 'streamId' : 'videoId'}=${OTHER}`,
		],
	])('refuses a URL %s before any request', async (_title, url) => {
		const { error } = await get(url(parameter, 'any'));
		expect(error?.name).toBe('NodeOperationError');
		expect(harness.emulator.requests).toEqual([]);
	});
});
