import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import type { INodeParameters } from 'n8n-workflow';
import { findOperation, resources } from '../../nodes/Videograph/actions/registry';
import { checkRequest } from '../contract/openapi';
import { locator, useScene } from './scene';

const scene = useScene();

/** What n8n's editor shows of an output before the first run. */
interface OutputSchema {
	type: string;
	properties: Record<string, object>;
	version: number;
}

const FOLDER = join(__dirname, '../../../dist/nodes/Videograph/__schema__/v1.0.0');

const schemaOf = (resource: string, operation: string) =>
	JSON.parse(readFileSync(join(FOLDER, resource, `${operation}.json`), 'utf8')) as OutputSchema;

const streamId = () => locator(scene.stream.streamUUID);

/** A video with one clip. */
function video(): string {
	const { contentId } = scene.emulator.addVideo();
	scene.emulator.addVideo({ source: contentId });
	return contentId;
}

const subtitle = { url: 'https://example.com/en.vtt', name: 'English', languageCode: 'en_US' };

/** A video with one subtitle. */
function subtitled(): string {
	const { url, name, languageCode } = subtitle;
	const entry = { uuid: 'sub1', url, name, language_code: languageCode, support_closed_captions: false };
	return scene.emulator.addVideo({ subtitles: [entry] }).contentId;
}

const file = { data: { data: 'AAAA', mimeType: 'video/mp4', fileName: 'final.mp4' } };

const range = { startTime: '2026-11-23T20:30:00Z', endTime: '2026-11-23T20:30:30Z' };

/** Parameters that give an output, for each way in which an operation's output may look. */
const WAYS: Record<string, Record<string, () => INodeParameters>> = {
	'clip/create': { any: () => ({ streamId: streamId(), title: 'Goal', ...range }) },
	'clip/createMany': { any: () => ({ streamId: streamId(), highlights: '2026-11-23T20:30:10Z Corner' }) },
	'clip/createFromVideo': { any: () => ({ contentId: locator(video()), title: 'Save' }) },
	'clip/get': {
		'by its video': () => ({ clipId: scene.emulator.clips[0]?.contentUUID }),
		'by its job': () => ({ clipId: scene.emulator.clips[0]?.clipUUID, additionalFields: { streamId: streamId() } }),
		'of a video': () => ({ clipId: video() }),
	},
	'clip/getAll': {
		'of a stream': () => ({ streamId: streamId() }),
		'of a video': () => ({ source: 'video', contentId: locator(video()) }),
	},
	'livestream/create': { any: () => ({ title: 'Sunday service' }) },
	'livestream/delete': { any: () => ({ streamId: streamId() }) },
	'livestream/get': { any: () => ({ streamId: streamId() }) },
	'livestream/getAll': { any: () => ({}) },
	'livestream/start': { any: () => ({ streamId: streamId() }) },
	'livestream/stop': { any: () => ({ streamId: streamId() }) },
	'livestream/update': { any: () => ({ streamId: streamId(), updateFields: { tags: 'cup' } }) },
	'signingKey/create': { any: () => ({ productTypeId: 1, environmentUUID: 'env-1' }) },
	'upload/uploadFile': {
		any: () => ({}),
		'with its video': () => ({ options: { waitUntilAppears: true } }),
	},
	'video/addSubtitle': { any: () => ({ contentId: locator(video()), ...subtitle }) },
	'video/create': { any: () => ({ url: subtitle.url, title: 'Cup final' }) },
	'video/createAdvanced': { any: () => ({ title: 'Cup final' }) },
	'video/delete': { any: () => ({ contentId: locator(video()) }) },
	'video/deleteSubtitle': { any: () => ({ contentId: locator(subtitled()), subtitleId: 'sub1' }) },
	'video/get': { any: () => ({ contentId: locator(video()) }) },
	'video/getAll': { any: () => ({}) },
	'video/getPlaybackUrl': { any: () => ({ contentId: locator(video()) }) },
	'video/getSubtitles': { any: () => ({ contentId: locator(subtitled()) }) },
	'video/setThumbnail': { any: () => ({ contentId: locator(video()) }) },
	'video/update': { any: () => ({ contentId: locator(video()), updateFields: { tags: 'cup' } }) },
	'video/waitUntilReady': { any: () => ({ contentId: locator(video()) }) },
};

const operations = resources.flatMap((resource) =>
	resource.operations.map((operation) => `${resource.value}/${operation.value}`),
);
const ways = Object.entries(WAYS).flatMap(([path, byName]) => {
	const [resource = '', operation = ''] = path.split('/');
	return Object.entries(byName).map(([name, parameters]) => ({ resource, operation, name, parameters }));
});

it('there is a way to run each operation', () => {
	expect(Object.keys(WAYS)).toEqual(expect.arrayContaining(operations));
});

it('a batch of clips looks like one clip', () => {
	expect(schemaOf('clip', 'createMany')).toEqual(schemaOf('clip', 'create'));
});

describe.each([0, 60_000])('with clips that take %d ms', (readyAfterMs) => {
	beforeEach(async () => {
		await scene.createClip();
		scene.emulator.options.readyAfterMs = readyAfterMs;
	});

	it.each(ways)('$resource/$operation ($name) gives what its schema says', async ({ resource, operation, parameters }) => {
		const { version, ...schema } = schemaOf(resource, operation);
		const names = Object.keys(schema.properties);
		// What is not known of an answer is not described.
		const complete = names.length === 0 ? schema : { ...schema, additionalProperties: false, required: names };
		const check = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(complete);
		const earlier = scene.emulator.requests.length;
		const { items, error } = await scene.run({ resource, operation, ...parameters() }, { binary: [file] });
		expect([version, schema.type, error]).toEqual([1, 'object', undefined]);
		expect(items).not.toEqual([]);
		for (const { json } of items) {
			check(json);
			expect(check.errors).toBeNull();
		}
		// What README.md says that an operation calls is all that it calls.
		const called = scene.emulator.requests.slice(earlier).map(checkRequest).flatMap((one) => (one.ok ? one.operationId : []));
		expect(findOperation(resource, operation)?.endpoints).toEqual(expect.arrayContaining(called));
	});
});
