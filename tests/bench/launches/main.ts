import type { Model } from '../../../src/lib/engine/model';
import { Trace } from '../../../src/lib/engine/trace';
import type { EngineRequest } from '../alone/opened';
import { ATTENTION, inputOf, loadOurs, start } from '../page/ours';
import { after, watchLaunches } from './watch';

/** The programs of one run, by the tap that they make; `reading` has those of bringing logits and patterns back. */
export type RunLaunches = Readonly<Record<string, number>>;

export interface Launches {
	/** Of a run that keeps all of its taps. */
	readonly kept: RunLaunches;
	/** Of one that was asked for logits and patterns alone. */
	readonly asked: RunLaunches;
}

const isRead = (name: string) => name === 'logits' || ATTENTION.test(name);

/** What was launched since somebody last asked, under the name of what it was for. */
class Account {
	readonly #count = watchLaunches();
	#before = 0;
	#found: Record<string, number> = {};

	note(name: string): void {
		const now = this.#count();
		this.#found[name] = (this.#found[name] ?? 0) + now - this.#before;
		this.#before = now;
	}

	/** What was noted since it was last taken. */
	take(): RunLaunches {
		const found = this.#found;
		this.#found = {};
		return found;
	}
}

async function runOnce(model: Model, keeps: (name: string) => boolean, account: Account): Promise<RunLaunches> {
	account.note('');
	account.take();
	const trace = await model.run(inputOf(model), { taps: keeps });
	account.note('after the last tap');
	for (const name of trace.names.filter(isRead)) await trace.read(name);
	account.note('reading');
	trace.dispose();
	return account.take();
}

/** The second run counts: the first one brings the parameters to the GPU as well. */
async function runTwice(...run: Parameters<typeof runOnce>): Promise<RunLaunches> {
	await runOnce(...run);
	return runOnce(...run);
}

async function launches({ model: folder, backend, threads }: EngineRequest): Promise<Launches> {
	const account = new Account();
	for (const method of ['tap', 'tapHeads']) after(Trace.prototype, method, ([name]) => account.note(String(name)));
	after(Trace.prototype, 'tapQkv', ([block]) => account.note(`${String(block)}.qkv`));
	await start(backend, { threads });
	const model = await loadOurs(folder);
	const kept = await runTwice(model, () => true, account);
	const asked = await runTwice(model, isRead, account);
	model.dispose();
	return { kept, asked };
}

declare global {
	interface Window {
		launches: typeof launches;
	}
}

window.launches = launches;
