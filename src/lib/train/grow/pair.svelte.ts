import type { Teacher } from '../../engine/train/contract';
import { teacherOf } from '../../engine/train/plans';
import { TESTS } from '../../engine/train/presets';
import type { Curve } from '../../figures/training/growing';
import { count } from '../../marks/numbers';
import type { OwnPictures } from '../../worker/grow/protocol';
import { Growth, type KeptGrowth, type MakeWorker } from './growth.svelte';
import { forgetPair, keepPair, loadPair, type Before, type KeptPair } from './keep';
import { classNames, currentSetup, differsIn, keepsCnn, ordersOf, sizeOf, USUAL, type Setup } from './setup';

/** A run that was reset: its curves stay to be compared with. */
export interface Past {
	readonly id: number;
	readonly label: string;
	/** What was learned: only curves of the same task can be compared. */
	readonly task: Setup['task'];
	readonly vit: Curve;
	readonly cnn: Curve;
}

/** The run that made way for this one, with how many steps it had taken. */
export interface Former {
	readonly label: string;
	readonly steps: number;
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
	#before = $state.raw<Before | null>(null);
	#notice = $state<string | null>(null);
	#pace = $state<Pace>('fast');
	/** The CNN that teaches, as it was when the reader asked for that. */
	#teacher: Teacher | null = null;
	#writtenAt = 0;
	/** Counts the runs whose curves were set aside. */
	#remembered = 0;
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

	/** The run that can be gone back to; null where none had learned anything. */
	get former(): Former | null {
		if (!this.#before) return null;
		const { label, pair } = this.#before;
		return { label, steps: stepsOf(pair) };
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

	/** How many pictures both are tested on. */
	get heldOut(): number {
		return Math.min(TESTS.pictures, this.#setup.task === 'own' ? (this.#own?.heldOut.length ?? 0) : TESTS.pictures);
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
		// Curves to be compared with are not kept.
		this.#before = kept?.before ? { ...kept.before, past: null } : null;
		if (kept) this.#take(kept);
		else this.#begin(null, null);
		if (kept && stepsOf(kept) > 0) this.#notice = goesOn(kept);
	}

	/** Changes what is chosen, and begins anew with it; the curves so far stay to be compared with. */
	choose(change: Partial<Setup>): void {
		// A CNN that has learned something else, or that would be another beside this ViT, is no teacher of it.
		const taught = change.taught ?? (this.#setup.taught && keepsCnn(this.#setup, change, this.classes.length));
		if (change.taught) this.#teacher = this.#taughtBy();
		const next = { ...this.#setup, ...change, taught };
		// The reader's own pictures are of the size that they were made for.
		this.#restart(next.task === 'own' && this.#own ? { ...next, size: sizeOf(this.#own) } : next);
	}

	/** Takes a reader's own pictures, of whatever size they were made for. */
	take(own: OwnPictures): void {
		this.#own = own;
		this.#restart({ ...this.#setup, task: 'own', size: sizeOf(own), taught: false });
	}

	/** Back to the run before, with what was chosen for it; this one can then be gone back to. */
	goBack(): void {
		const before = this.#before;
		if (!before) return;
		this.#before = this.#setAside();
		// Its curves go on where they were.
		this.#past = this.#past.filter(({ id }) => id !== before.past);
		this.#turn++;
		this.#take(before.pair);
		void this.keep(true);
	}

	/** From nothing, as it was chosen. */
	reset(): void {
		this.#restart(this.#setup);
	}

	/** Goes on with what failed, from the last step that was kept. */
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
		const [now, before] = [this.#now, this.#before];
		if (!now.vit && !now.cnn && !before) return;
		this.#writtenAt = Date.now();
		try {
			await keepPair({ ...now, before });
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
		this.#before = this.#setAside() ?? this.#before;
		this.#turn++;
		this.#notice = null;
		this.#setup = setup;
		if (!setup.taught) this.#teacher = null;
		this.#begin(null, setup.taught ? this.cnn.kept : null);
		void (this.#before ? this.keep(true) : forgetPair());
	}

	/** All that this run can be gone on with. */
	get #now(): KeptPair {
		const [setup, own, teacher] = [this.#setup, this.#own, this.#teacher];
		return { setup, own, teacher, vit: this.vit.kept, cnn: this.cnn.kept };
	}

	/** This run, to be gone back to and compared with; null where nothing has been learned in it. */
	#setAside(): Before | null {
		const pair = this.#now;
		if (stepsOf(pair) === 0) return null;
		const label = labelOf(pair);
		return { pair, label, past: this.#remember(label) };
	}

	/** Goes on with what was kept. */
	#take({ setup, own, teacher, vit, cnn }: KeptPair): void {
		[this.#setup, this.#own, this.#teacher] = [currentSetup(setup), own, teacher];
		this.#begin(vit, cnn);
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

	/** The curves of this run stay to be compared with. @returns their id; null where there are none */
	#remember(label: string): number | null {
		if (this.vit.accuracies.length === 0 && this.cnn.accuracies.length === 0) return null;
		const id = ++this.#remembered;
		const past = { id, label, task: this.#setup.task, vit: this.vit.accuracies, cnn: this.cnn.accuracies };
		this.#past = [...this.#past, past].slice(-PAST);
		return id;
	}

	#taughtBy(): Teacher | null {
		const { kept } = this.cnn;
		return kept && teacherOf(kept.state);
	}
}

/** How far those have come that learn in it: a CNN that teaches came with it. */
const stepsOf = ({ setup, vit, cnn }: KeptPair): number =>
	Math.max(vit?.state.step ?? 0, setup.taught ? 0 : (cnn?.state.step ?? 0));

function labelOf({ setup, own }: KeptPair): string {
	const pictures = setup.task === 'own' ? (own?.learn.length ?? 0) : setup.pictures;
	return `${pictures} pictures, ${differsIn(setup)}`;
}

/** What a page that was left says when it is opened again. */
function goesOn({ vit, cnn }: KeptPair): string {
	const [ofViT, ofCnn] = [vit?.state.step ?? 0, cnn?.state.step ?? 0];
	if (ofViT === ofCnn)
		return `Kept from your last visit: what both had learned by step ${count(ofViT)}. They go on from there.`;
	return `Kept from your last visit: the ViT as it was at step ${count(ofViT)}, the CNN at step ${count(ofCnn)}. They go on from there.`;
}
