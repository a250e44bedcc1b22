import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

/** What the options of a field hold: fields of a collection, groups of fields, or choices. */
type Option = INodeProperties | INodePropertyOptions | INodePropertyCollection;

export function isField(option: Option): option is INodeProperties {
	return 'type' in option;
}

export function isGroup(option: Option): option is INodePropertyCollection {
	return 'values' in option;
}

export function isChoice(option: Option): option is INodePropertyOptions {
	return 'value' in option && !isField(option);
}
