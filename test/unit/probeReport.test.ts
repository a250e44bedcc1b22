import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { unknownsPage } from '../../tools/docs/unknownsPage';
import { withAnswers } from '../../tools/probe/apply';
import { differencesIn } from '../../tools/probe/differences';
import { type Report, shortAnswer } from '../../tools/probe/probe';
import { reportPage } from '../../tools/probe/report';
import type { Unknown } from '../contract/openapi';

const openapi = readFileSync(join(__dirname, '../../../docs/openapi.yaml'), 'utf8');
const question = 'With which HTTP status does a create succeed?';
const evidence = "POST /livestreams returned 200, the client's own way: odd";
const report: Report = {
	date: '2026-01-31',
	mode: 'read, write',
	requests: 12,
	stopped: true,
	results: [
		{ id: 'create-status', question, status: 'answered', answer: '200', evidence },
		{ id: 'webhooks', question: 'What?', status: 'unknown', reason: 'not asked: they are set in the dashboard' },
	],
	differences: ['GET /contents (200): data[].views (number) is not described (3×)'],
	removed: 1,
	left: [{ kind: 'clip', id: '3f0c…', marker: 'n8n-probe-1' }],
};

describe('differences', () => {
	it('name what is missing, wrong or new, without a value', () => {
		const video = {
			title: 7,
			customer: 'Ada',
			'3f0c-secret': { a: 1 },
			liveRecording: { channel: 'Ada', startTime: 5 },
		};
		const body = { status: 'Success', code: 200, data: [video, video], token: 'Ada' };
		expect(differencesIn('listContents', 'GET /contents', 200, body)).toEqual([
			"GET /contents (200): data[] must have required property 'contentId'",
			'GET /contents (200): data[].title must be string',
			'GET /contents (200): data[].liveRecording.startTime must be >= 1000000000000',
			'GET /contents (200): data[].customer (string) is not described',
			'GET /contents (200): data[].(a name) (object) is not described',
			'GET /contents (200): data[].liveRecording.channel (string) is not described',
			'GET /contents (200): token (string) is not described',
		]);
	});

	it('include a status that is not described', () => {
		expect(differencesIn('getContent', 'GET /contents/{contentId}', 302, '')).toEqual([
			'GET /contents/{contentId}: status 302 is not described',
		]);
	});

	it('are none in a response as described', () => {
		expect(differencesIn('createClip', 'POST', 201, {})).toEqual([]);
	});
});

describe('report', () => {
	it('contains answers, open questions, differences and what is left', () => {
		const page = reportPage(report);
		expect(page).toContain(`| ${question} | 200, as the documentation says | ${evidence} |`);
		expect(page).toContain('| What? | not asked: they are set in the dashboard |');
		expect(page).toContain('- GET /contents (200): data[].views (number) is not described (3×)');
		expect(page).toContain('- **Left: a clip, ID 3f0c…, title begins with n8n-probe-1**');
		expect(page).toContain('**The probe was stopped before its end.**');
	});
});

describe('--apply', () => {
	const unknownsIn = (text: string) => (parse(text) as { 'x-unknowns': Unknown[] })['x-unknowns'];

	it('writes answer, date and evidence, and changes no other line', () => {
		const applied = withAnswers(openapi, report);
		const unknowns = unknownsIn(applied);
		expect(unknowns[0]).toMatchObject({ status: 'answered', answer: '200', date: '2026-01-31', evidence });
		expect(unknowns.slice(1)).toEqual(unknownsIn(openapi).slice(1));
		const [old, changed] = [openapi.split('\n'), applied.split('\n')];
		expect(changed).toHaveLength(old.length + 3);
		expect(old.filter((line) => !changed.includes(line))).toEqual([]);
		expect(unknownsPage('', unknowns)).toContain(`**200, as the documentation says** (2026-01-31)<br>${evidence}`);
	});

	it('replaces an earlier answer', () => {
		const once = withAnswers(openapi, report);
		expect(withAnswers(once, report)).toBe(once);
	});

	it('refuses an answer that is not described', () => {
		const results = [{ ...report.results[0], answer: '204' }] as Report['results'];
		expect(() => withAnswers(openapi, { ...report, results })).toThrow('create-status has no answer 204');
	});
});

it('an open question names its reason', () => {
	expect(shortAnswer({ id: 'put', question: '', status: 'unknown', reason: 'it takes --write' })).toBe(
		'not answered: it takes --write',
	);
});
