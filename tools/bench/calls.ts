import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { track } from '../../test/e2e/processes';

interface Call {
	id: number;
	name: string;
	argument: unknown;
}

type Reply = { id: number; result: unknown } | { id: number; error: string };

/** A process of its own whose functions this one may call. */
export class Callee {
	private readonly waiting = new Map<number, (reply: Reply) => void>();
	private calls = 0;

	private constructor(private readonly child: ChildProcess) {
		child.on('message', (reply: Reply) => this.waiting.get(reply.id)?.(reply));
		child.once('exit', (code) => {
			for (const [id, resolve] of this.waiting) resolve({ id, error: `the process ended with ${String(code)}` });
		});
	}

	/**
	 * @param script that calls `serve`
	 * @param node the Node.js that runs it
	 */
	static start(script: string, node = process.execPath): Callee {
		return new Callee(
			track(
				fork(script, {
					execPath: node,
					execArgv: profiling(),
					stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
					// JSON has no Infinity.
					serialization: 'advanced',
				}),
			),
		);
	}

	async call<T>(name: string, argument?: unknown): Promise<T> {
		const id = ++this.calls;
		const reply = await new Promise<Reply>((resolve) => {
			this.waiting.set(id, resolve);
			this.child.send({ id, name, argument } satisfies Call);
		});
		this.waiting.delete(id);
		if ('error' in reply) throw new Error(`${name}: ${reply.error}`);
		return reply.result as T;
	}

	async end(): Promise<void> {
		const ended = once(this.child, 'exit');
		this.child.disconnect();
		await ended;
	}
}

/** BENCH_PROFILE names a folder for a V8 profile of each process. */
function profiling(): string[] {
	const folder = process.env.BENCH_PROFILE;
	return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
}

/** Lets the process that has started this one call these functions. It ends when that one wants no more of it. */
export function serve(functions: Record<string, (argument: never) => unknown>): void {
	process.on('message', ({ id, name, argument }: Call) => {
		const answer = async (): Promise<unknown> => await functions[name]?.(argument as never);
		answer().then(
			(result) => process.send?.({ id, result } satisfies Reply),
			(error: unknown) =>
				process.send?.({
					id,
					error: error instanceof Error ? (error.stack ?? error.message) : String(error),
				} satisfies Reply),
		);
	});
	process.once('disconnect', () => process.exit());
}
