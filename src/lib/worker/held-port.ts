import type { FromHead, ToWorker } from './protocol';
import type { Port } from './serve';

type Heard = MessageEvent<ToWorker | FromHead>;

/**
 * A port that keeps what it hears for the first who listens: that is the engine, which takes longer to load than a page to
 * ask.
 * @param said what is heard first, as if it had been said
 */
export function heldPort(scope: Port, said: readonly Heard['data'][]): Port {
	const held = said.map((data) => new MessageEvent('message', { data }));
	let listens: ((event: Heard) => void) | null = null;
	scope.addEventListener('message', (event) => void (listens ? listens(event) : held.push(event)));
	return {
		postMessage: (message, transfer) => scope.postMessage(message, transfer),
		addEventListener: (_, listener) => {
			listens = listener;
			for (const event of held.splice(0)) listener(event);
		}
	};
}

/**
 * What the head of a page asks of its worker, see `scripts/lib/starter.js`.
 * @param name the worker's own: there is no quicker way, as a message waits for the page
 */
export function saidByHead(name: string): (ToWorker | FromHead)[] {
	const asked = new URLSearchParams(name.split('?')[1]);
	const site = asked.get('site');
	return [
		...(asked.has('start') ? [{ id: 0, kind: 'start', params: { force: null } } as const] : []),
		...(site === null ? [] : [{ kind: 'ahead', site } as const])
	];
}
