import type { Teacher } from '../../engine/train/contract';
import type { OwnPictures } from '../../worker/grow/protocol';
import { Growth, type Curve, type MakeWorker } from './growth.svelte';
import { forgetPair, keepPair, loadPair } from './keep';
import { classNames, differsIn, ordersOf, TASK_NAMES, USUAL, type Setup } from './setup';

/** A run that was reset: its curves stay to be compared with. */
export interface Past {
	readonly id: number;
	readonly label: string;
	/** What was learned: only curves of the same task can be compared. */
	readonly task: Setup['task'];
	readonly vit: Curve;
	readonly cnn: Curve;
}

/** As many earlier runs are kept. */
const PAST = 6;
/** What is kept is written at most so often, in milliseconds. */
const EVERY = 4_000;

/** Milliseconds between two steps, by what readers call it. */
export const PACES = { fast: 0, slow: 250 } as const;
export type Pace = keyof typeof PACES;

const NO_ROOM =
	'There is no room to keep what is learned on this device. It goes on, and is gone when the page is closed.';

/** A ViT and a CNN that learn the same, side by side. */
export class Pair {
	readonly vit: Growth;
	readonly cnn: Growth;
	#setup = $state.raw<Setup>(USUAL);
	#own = $state.raw<OwnPictures | null>(null);
	#past = $state.raw<readonly Past[]>([]);
	#notice = $state<string | null>(null);
	#pace = $state<Pace>('fast');
	/** The CNN that teaches, as it was when the reader asked for that. */
	#teacher: Teacher | null = null;
	#writtenAt = 0;
	#begun = false;

	constructor(make: (name: string) => MakeWorker) {
		this.vit = new Growth(make('ViT'));
		this.cnn = new Growth(make('CNN'));
	}

	get setup(): Setup {
		return this.#setup;
	}

	get own(): OwnPictures | null {
		return this.#own;
	}

	get past(): readonly Past[] {
		return this.#past.filter(({ task }) => task === this.#setup.task);
	}

	get notice(): string | null {
		return this.#notice;
	}

	dismiss(): void {
		this.#notice = null;
	}

	get pace(): Pace {
		return this.#pace;
	}

	/** Whether anything learns now. */
	get learning(): boolean {
		return this.vit.phase === 'learning' || this.cnn.phase === 'learning';
	}

	get steps(): number {
		return Math.max(this.vit.steps, this.cnn.steps);
	}

	get classes(): readonly string[] {
		return classNames(this.#setup, this.#own);
	}

	/** Whether the CNN has learned enough to teach. */
	get canTeach(): boolean {
		return this.cnn.kept !== null;
	}

	/** Goes on with what was kept, or begins. Called once the page runs. */
	async open(): Promise<void> {
		if (this.#begun) return;
		this.#begun = true;
		const kept = await loadPair();
		if (kept) [this.#setup, this.#own] = [{ ...USUAL, ...kept.setup, taught: false }, kept.own];
		const orders = ordersOf(this.#setup, this.#own, null);
		if (!orders) return;
		// A ViT that was taught stands as it is; its teacher is not kept.
		const fits = kept?.vit?.state.plan.kind === 'vit' && !kept.vit.state.plan.distilled;
		this.vit.begin(orders.vit, fits ? (kept?.vit ?? null) : null);
		this.cnn.begin(orders.cnn, kept?.cnn ?? null);
	}

	/** Changes what is chosen, and begins anew with it; the curves so far stay to be compared with. */
	choose(change: Partial<Setup>): void {
		if (change.taught) this.#teacher = this.#taughtBy();
		this.#restart({ ...this.#setup, ...change });
	}

	/** Takes a reader's own pictures. */
	take(own: OwnPictures): void {
		this.#own = own;
		this.#restart({ ...this.#setup, task: 'own', pictures: own.learn.length });
	}

	/** From nothing, as it was chosen. */
	reset(): void {
		this.#restart(this.#setup);
	}

	go(): void {
		for (const growth of [this.vit, this.cnn]) growth.go(Infinity, PACES[this.#pace]);
	}

	step(): void {
		for (const growth of [this.vit, this.cnn]) growth.go(1);
	}

	stop(): void {
		for (const growth of [this.vit, this.cnn]) growth.stop();
	}

	setPace(pace: Pace): void {
		this.#pace = pace;
		if (this.learning) this.go();
	}

	clearPast(): void {
		this.#past = [];
	}

	/** Keeps what was learned so far; more often than every few seconds only where it is urgent, as when the page is left. */
	async keep(urgent = false): Promise<void> {
		if (!urgent && Date.now() - this.#writtenAt < EVERY) return;
		const { kept: vit } = this.vit;
		const { kept: cnn } = this.cnn;
		if (!vit && !cnn) return;
		this.#writtenAt = Date.now();
		try {
			await keepPair({ setup: this.#setup, own: this.#own, vit, cnn });
		} catch {
			this.#notice = NO_ROOM;
		}
	}

	/** Ends both workers; what was learned is kept. */
	close(): void {
		void this.keep(true);
		for (const growth of [this.vit, this.cnn]) growth.close();
		this.#begun = false;
	}

	#restart(setup: Setup): void {
		this.#remember();
		this.#setup = setup;
		void forgetPair();
		const orders = ordersOf(setup, this.#own, this.#teacher);
		if (!orders) return;
		// A CNN that teaches has learned already, and stays as it is.
		const stays = setup.taught ? this.cnn.kept : null;
		this.vit.begin(orders.vit);
		this.cnn.begin(orders.cnn, stays);
	}

	#remember(): void {
		if (this.vit.accuracies.length === 0 && this.cnn.accuracies.length === 0) return;
		const { task, pictures } = this.#setup;
		const label = `${pictures} pictures, ${differsIn(this.#setup)}`;
		const past = { id: Date.now(), label, task, vit: this.vit.accuracies, cnn: this.cnn.accuracies };
		this.#past = [...this.#past, past].slice(-PAST);
	}

	#taughtBy(): Teacher | null {
		const state = this.cnn.kept?.state;
		return state?.plan.kind === 'cnn' ? { plan: state.plan, parameters: state.parameters } : null;
	}
}

/** What the task is called, for headings. */
export const taskName = ({ task }: Setup): string => TASK_NAMES[task];
