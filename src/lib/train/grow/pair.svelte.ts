import type { Teacher } from '../../engine/train/contract';
import { teacherOf } from '../../engine/train/plans';
import type { Curve } from '../../figures/training/growing';
import type { OwnPictures } from '../../worker/grow/protocol';
import { Growth, type KeptGrowth, type MakeWorker } from './growth.svelte';
import { forgetPair, keepPair, loadPair } from './keep';
import { classNames, differsIn, OF_VIT, ordersOf, sizeOf, USUAL, type Setup } from './setup';

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
	/** Counts what was begun, so that what was kept does not come between. */
	#turn = 0;

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
		const mine = ++this.#turn;
		const kept = await loadPair();
		// Left meanwhile, or begun with something else.
		if (mine !== this.#turn) return;
		if (kept) [this.#setup, this.#own, this.#teacher] = [{ ...USUAL, ...kept.setup }, kept.own, kept.teacher];
		this.#begin(kept?.vit ?? null, kept?.cnn ?? null);
	}

	/** Changes what is chosen, and begins anew with it; the curves so far stay to be compared with. */
	choose(change: Partial<Setup>): void {
		const isOfViT = Object.keys(change).every((key) => OF_VIT.includes(key));
		// A CNN that has learned something else is no teacher of this.
		const taught = change.taught ?? (isOfViT && this.#setup.taught);
		if (change.taught) this.#teacher = this.#taughtBy();
		this.#restart({ ...this.#setup, ...change, taught });
	}

	/** Takes a reader's own pictures, of whatever size they were made for. */
	take(own: OwnPictures): void {
		this.#own = own;
		this.#restart({ ...this.#setup, task: 'own', size: sizeOf(own), taught: false });
	}

	/** From nothing, as it was chosen. */
	reset(): void {
		this.#restart(this.#setup);
	}

	/** Goes on with what failed, from its last test. */
	retry(): void {
		const orders = this.#orders;
		for (const name of ['vit', 'cnn'] as const)
			if (orders && this[name].error !== null) this[name].begin(orders[name], this[name].kept);
	}

	/** Those that learn: a CNN that teaches stays as it is. */
	get #learners(): readonly Growth[] {
		return this.#setup.taught ? [this.vit] : [this.vit, this.cnn];
	}

	/** Whether all that learn have come to the end of their schedule. */
	get done(): boolean {
		return this.#learners.every(({ phase }) => phase === 'done');
	}

	go(): void {
		for (const growth of this.#learners) growth.go(Infinity, PACES[this.#pace]);
	}

	step(): void {
		for (const growth of this.#learners) growth.go(1);
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
			await keepPair({ setup: this.#setup, own: this.#own, teacher: this.#teacher, vit, cnn });
		} catch {
			this.#notice = NO_ROOM;
		}
	}

	/** Ends both workers; what was learned is kept. */
	close(): void {
		void this.keep(true);
		for (const growth of [this.vit, this.cnn]) growth.close();
		this.#turn++;
		this.#begun = false;
	}

	#restart(setup: Setup): void {
		this.#remember();
		this.#turn++;
		this.#setup = setup;
		if (!setup.taught) this.#teacher = null;
		void forgetPair();
		this.#begin(null, setup.taught ? this.cnn.kept : null);
	}

	get #orders() {
		return ordersOf(this.#setup, this.#own, this.#teacher);
	}

	#begin(vit: KeptGrowth | null, cnn: KeptGrowth | null): void {
		const orders = this.#orders;
		if (!orders) return;
		this.vit.begin(orders.vit, vit);
		this.cnn.begin(orders.cnn, cnn);
	}

	#remember(): void {
		if (this.vit.accuracies.length === 0 && this.cnn.accuracies.length === 0) return;
		const { task } = this.#setup;
		const pictures = task === 'own' ? (this.#own?.learn.length ?? 0) : this.#setup.pictures;
		const label = `${pictures} pictures, ${differsIn(this.#setup)}`;
		const past = { id: Date.now(), label, task, vit: this.vit.accuracies, cnn: this.cnn.accuracies };
		this.#past = [...this.#past, past].slice(-PAST);
	}

	#taughtBy(): Teacher | null {
		const { kept } = this.cnn;
		return kept && teacherOf(kept.state);
	}
}
