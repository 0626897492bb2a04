import { expect, it, vi } from 'vitest';
import { deferred, settle } from '../base/testing';
import { heldUntil } from './held';

/** A worker's scope that is told things. */
class Scope extends EventTarget {
	readonly reportError = vi.fn();

	say(data: string): void {
		this.dispatchEvent(new MessageEvent('message', { data }));
	}
}

type Told = Parameters<typeof heldUntil<string, string>>[0];

it('gives who listens what was said before, and nothing twice', async () => {
	const scope = new Scope();
	const coming = deferred<string>();
	const heard: string[] = [];
	void heldUntil<string, string>(scope as unknown as Told, coming.promise, (module, held) => {
		heard.push(module, ...held);
		scope.addEventListener('message', (event) => heard.push((event as MessageEvent<string>).data));
	});
	scope.say('start');
	scope.say('load');
	coming.resolve('the engine');
	await settle();
	scope.say('run');
	expect(heard).toEqual(['the engine', 'start', 'load', 'run']);
});

it('reports a module that does not come, as the page hears of no other failure', async () => {
	const scope = new Scope();
	const listen = vi.fn();
	const why = new Error('offline');
	await heldUntil(scope as unknown as Told, Promise.reject(why), listen);
	expect(scope.reportError).toHaveBeenCalledExactlyOnceWith(why);
	expect(listen).not.toHaveBeenCalled();
});
