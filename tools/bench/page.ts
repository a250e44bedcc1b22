import type { Runtime } from '../../test/e2e/runtime';
import { tableText, targetText, type Report } from './report';

/** About a run of the bench. */
interface About {
	runtime: Runtime;
	machine: string;
	minutes: number;
	rounds: number;
}

/** docs/performance.md: what was measured, and what is said about it. */
export function page(reports: Report[], { runtime, machine, minutes, rounds }: About): string {
	return `# Speed and memory

<!-- Written by \`npm run bench\`; the words are in tools/bench/page.ts. -->

What the node costs beside what a person would take instead, all in one run of ${Math.round(minutes)} minutes of \`npm run bench\`: on n8n's own
engine, with the Node.js and the libraries of n8n ${runtime.version}, against the emulator of the Videograph API in a process of its
own. Figures are medians of ${rounds} rounds, in each of which everything is measured, in alternating order; ratios are medians of the
rounds' ratios. The machine: ${machine}. Only the ratios mean something on another one.

![Bar charts of the figures below](images/performance.svg)

What is compared:

- **this node**: this package as it is published.
- **HTTP Request**: n8n's own node, with a field for each part of the body, as it comes and with its batching.
- **one item after the other**: a node with a plain loop over its items, as such nodes are often written.
- **n8n's helper**: the request helper that a verified node must use, called bare in a pool of the same size.
- **axios**: the library that n8n's helper uses, without n8n, in a pool of the same size: with a connection for each request, as
  n8n has it, and with connections that are kept, which is about what HTTP allows.

${reports.flatMap(({ tables }) => tables.map(tableText)).join('\n\n')}

## What holds

${reports.flatMap(({ targets }) => targets.map(targetText)).join('\n')}

${WHY}`;
}

const WHY = `## Where the time goes

n8n's helper opens a connection for each request. It builds an agent of its own for each (\`buildNodeAgents\` in n8n's
\`@n8n/backend-network\`); a node may name the agent's options (\`agentOptions\`), but not give an agent, a socket or a look-up, and
n8n's lint rules let it import neither \`http\` nor \`https\`. Asked to keep connections, it makes agents that keep a connection each,
and that nobody uses again: the table shows one connection for a request all the same, so this node does not ask. \`fetch\` would
keep connections, but would go past n8n's proxy settings, its protection of internal addresses and the domains that a credential is
restricted to. The distance between “n8n's helper” and “axios, keeping connections” is therefore n8n's to close.

That is also why three quarters of the HTTP Request node's processor time cannot be reached: the bare helper alone takes nearly
as much. In a profile of the first thousand clips, the loading of code apart, two thirds of this node's time are Node's sockets,
axios, the helper and the garbage of all of them, a fifth is the three expressions of each item, and a tenth is its own code.

Of what a node adds to the helper, nearly all is the resolving of expressions, which is n8n's too: some 0.05 to 0.1 ms for each.
So the node has each expression resolved once for an item, and all that holds no expression once for a run. The login of the
credential, which all of n8n's ways above use too, is a function for the same reason.

The HTTP Request node sends all of its requests at once, 1,000 of them, unless it is told of batches. Where nothing limits it, that
is fast; where something does, see the limit on requests above. The node keeps to its Concurrency (5, or up to 50), and starts what
it may start together: requests that begin at the same time take the same steps one after the other, for which the processor has
the code at hand.
`;
