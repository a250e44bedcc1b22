import { shown } from './figures';
import type { Chart } from './report';

const WIDTH = 760;
const LINE = 24;
const NAMES = 270;
const FIGURES = 120;
const HEAD = 40;

/** Bar charts below each other as an SVG. Its colours can be read on white as on black. */
export function plot(charts: Chart[]): string {
	let y = 0;
	const drawn: string[] = [];
	for (const chart of charts) {
		drawn.push(drawChart(chart, y));
		y += HEAD + chart.bars.length * LINE + 16;
	}
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}" font-family="sans-serif" font-size="13" fill="#7a7a7a">`,
		...drawn,
		'</svg>',
		'',
	].join('\n');
}

function drawChart({ title, unit, bars }: Chart, top: number): string {
	const most = Math.max(...bars.map(({ value }) => value));
	const lines = bars.map(({ name, value }, index) => {
		const y = top + HEAD + index * LINE;
		const width = Math.max(1, ((WIDTH - NAMES - FIGURES) * value) / most).toFixed(1);
		const color = name === 'this node' ? '#ff6d5a' : '#9aa5b8';
		return [
			`<text x="${NAMES - 8}" y="${y + 14}" text-anchor="end">${escaped(name)}</text>`,
			`<rect x="${NAMES}" y="${y + 2}" width="${width}" height="${LINE - 8}" rx="2" fill="${color}"/>`,
			`<text x="${NAMES + Number(width) + 6}" y="${y + 14}">${shown(value)} ${escaped(unit)}</text>`,
		].join('');
	});
	return [`<text x="0" y="${top + 24}" font-size="15" font-weight="bold">${escaped(title)}</text>`, ...lines].join(
		'\n',
	);
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
