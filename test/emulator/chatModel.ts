import { randomUUID } from 'node:crypto';

/** What a chat model is asked, as far as this one reads it. */
export interface ChatRequest {
	model: string;
	messages: Array<{ role: string; content: unknown }>;
	tools: Array<{ function: { name: string; parameters: { required?: string[] } } }>;
}

/** `tool name {"its": "arguments"}` */
const TOOL_CALL = /\b(\w+) (\{.*\})/s;

/**
 * A literal chat model with the API of OpenAI's Chat Completions: if the user writes the name of a tool and its arguments as
 * JSON, it calls that tool and returns its result.
 */
export function chatCompletion({ model, messages }: ChatRequest): object {
	const last = messages.at(-1);
	const text = typeof last?.content === 'string' ? last.content : JSON.stringify(last?.content);
	const [, name, args] = (last?.role === 'user' && TOOL_CALL.exec(text)) || [];
	const call = name !== undefined && {
		id: `call_${randomUUID()}`,
		type: 'function',
		function: { name, arguments: args },
	};
	return {
		id: `chatcmpl-${randomUUID()}`,
		object: 'chat.completion',
		created: Math.floor(Date.now() / 1000),
		model,
		choices: [
			{
				index: 0,
				message: call
					? { role: 'assistant', content: null, tool_calls: [call] }
					: { role: 'assistant', content: last?.role === 'tool' ? `The tool says: ${text}` : 'Which clip?' },
				finish_reason: call ? 'tool_calls' : 'stop',
			},
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}
