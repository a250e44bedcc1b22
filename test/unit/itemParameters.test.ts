import type { IExecuteFunctions } from 'n8n-workflow';
import { ItemParameters } from '../../nodes/Videograph/parameters/itemParameters';
import { ParameterCache } from '../../nodes/Videograph/parameters/parameterCache';

/** An item whose parameters are all the same expression. Counts how often it is evaluated. */
function itemWith(value: unknown) {
	let evaluations = 0;
	const context = {
		getNodeParameter(_name: string, _item: number, _fallback: unknown, options: { rawExpressions?: boolean }) {
			if (options.rawExpressions) return '={{ $json.value }}';
			evaluations++;
			return value;
		},
		getNode: () => ({ name: 'Videograph', type: 'n8n-nodes-videograph.videograph' }),
		getTimezone: () => 'UTC',
	} as unknown as IExecuteFunctions;
	const parameters = new ItemParameters(context, 0, [], new ParameterCache(context));
	return { parameters, evaluations: () => evaluations };
}

describe('an expression is evaluated once per item', () => {
	it.each<[keyof ItemParameters, unknown]>([
		['id', 'stream'],
		['optionalDuration', '30s'],
		['optionalDateTime', '2026-11-21T15:04:10Z'],
		['positiveInteger', 5],
		['optionalText', 'Goal'],
		['optionalBoolean', true],
	])('by %s', (method, value) => {
		const { parameters, evaluations } = itemWith(value);
		const read = (parameters[method] as (name: string) => unknown).bind(parameters);
		read('name');
		read('name');
		expect(evaluations()).toBe(1);
	});
});
