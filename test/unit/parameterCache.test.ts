import type { IExecuteFunctions } from 'n8n-workflow';
import { ParameterCache } from '../../nodes/Videograph/parameters/parameterCache';

/** A node with these raw parameters, whose expressions return `<expression> of <item>`. It counts resolved expressions. */
function readings(parameters: Record<string, unknown>) {
	const resolved: string[] = [];
	let looks = 0;
	const context = {
		getNodeParameter(
			name: string,
			item: number,
			fallback: unknown,
			options: { rawExpressions?: boolean; extractValue?: boolean },
		) {
			const raw = parameters[name] ?? fallback;
			if (options.rawExpressions) return raw;
			resolved.push(name);
			if (raw === 'no ID' && options.extractValue) throw new Error('nothing to extract');
			const value = JSON.stringify(raw).replaceAll(/"=(\w+)"/g, `"$1 of ${item}"`);
			return JSON.parse(value) as unknown;
		},
		getNode: () => ({ id: 'node', type: 'n8n-nodes-videograph.videograph' }),
		getExecutionId: () => 'execution',
		getWorkflowDataProxy() {
			looks++;
			return { $runIndex: 2 };
		},
	};
	return { readings: new ParameterCache(context as unknown as IExecuteFunctions), resolved, looks: () => looks };
}

describe('parameter cache', () => {
	it.each([
		['text', 'Goal'],
		['nothing', null],
		['collection', { values: [{ key: 'team', value: 'home' }] }],
	])('resolves a %s without an expression once for all items', (name, value) => {
		const { readings: read, resolved } = readings({ [name]: value });
		expect([0, 1, 2].map((item) => read.value(name, item))).toEqual([value, value, value]);
		expect(resolved).toEqual([name]);
	});

	it('resolves an expression for each item, wherever it is in the value', () => {
		const { readings: read } = readings({ title: '=title', metadata: { values: [{ key: 'team', value: '=team' }] } });
		expect([0, 1].map((item) => read.value('title', item))).toEqual(['title of 0', 'title of 1']);
		expect([0, 1].map((item) => read.value('metadata', item))).toEqual(
			[0, 1].map((item) => ({ values: [{ key: 'team', value: `team of ${item}` }] })),
		);
	});

	it('distinguishes a value from its extracted value, and throws for each item if extraction fails', () => {
		const { readings: read } = readings({ streamId: 'no ID' });
		expect(read.value('streamId', 0)).toBe('no ID');
		for (const item of [0, 1]) expect(() => read.value('streamId', item, true)).toThrow('nothing to extract');
		expect(read.value('streamId', 1)).toBe('no ID');
	});
});

describe('execution identity', () => {
	it('is requested once', () => {
		const { readings: read, looks } = readings({});
		expect([read.identity, read.identity]).toEqual(Array(2).fill(['execution', 'node', 2]));
		expect(looks()).toBe(1);
	});
});
