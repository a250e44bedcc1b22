import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { breakingPart, breaks, brokenContract, contract, contractPage } from '../../tools/docs/contract';

const page = readFileSync(join(__dirname, '../../../docs/contract.json'), 'utf8');

describe('docs/contract.json', () => {
	it('is still satisfied', () => {
		expect(brokenContract(page)).toBe('');
	});

	it('is complete (npm run docs writes it)', () => {
		expect(page).toBe(contractPage());
	});
});

describe('contract comparison', () => {
	const duration = 'node videograph / clip.create / duration';
	const range = 'node videograph / clip.create / timeRange';
	const clipId = 'output of clip.create / clipId';
	const entry = (name: string) => contract()[name] as Record<string, unknown>;

	it.each<[what: string, change: (built: ReturnType<typeof contract>) => void, found: string]>([
		['a parameter that is gone', (built) => void Reflect.deleteProperty(built, duration), `${duration} is gone`],
		[
			'another type',
			(built) => void (built[duration] = { ...entry(duration), type: 'number' }),
			`${duration}: type was "string" and is "number"`,
		],
		[
			'another default',
			(built) => void (built[duration] = { ...entry(duration), default: '1m' }),
			`${duration}: default was "30s" and is "1m"`,
		],
		[
			'a choice that is gone',
			(built) => void (built[range] = { ...entry(range), choices: ['startEnd'] }),
			`${range}: choices has no aroundMoment any more`,
		],
		[
			'a field shown more rarely',
			(built) => void (built[duration] = { ...entry(duration), shown: ['timeRange = lastSeconds'] }),
			`${duration}: shown has no timeRange = startDuration any more`,
		],
		[
			'a field that must be filled in now',
			(built) =>
				void (built['node videograph / clip.create / options'] = {
					...entry('node videograph / clip.create / options'),
					mayBeEmpty: undefined,
				}),
			'node videograph / clip.create / options: mayBeEmpty is gone',
		],
		[
			'an output field of another type',
			(built) => void (built[clipId] = 'number'),
			`${clipId} was "string or null" and is "number"`,
		],
	])('finds %s', (_what, change, found) => {
		const built = contract();
		change(built);
		expect(breaks(contract(), built)).toContain(found);
	});

	it.each<[what: string, change: (built: ReturnType<typeof contract>) => void]>([
		['a new parameter', (built) => void (built['node videograph / clip.create / speed'] = { type: 'number' })],
		[
			'a new choice',
			(built) => void (built[range] = { ...entry(range), choices: [...(entry(range).choices as string[]), 'chapter'] }),
		],
		['a field that is always shown now', (built) => void (built[duration] = { ...entry(duration), shown: ['always'] })],
	])('accepts %s', (_what, change) => {
		const built = contract();
		change(built);
		expect(breaks(contract(), built)).toEqual([]);
	});

	it.each([
		['0.1.0', '0.1'],
		['0.2.7', '0.2'],
		['1.4.2', '1'],
		['12.0.0', '12'],
	])('treats %s as a breaking version %s', (version, part) => {
		expect(breakingPart(version)).toBe(part);
	});
});
