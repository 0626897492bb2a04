import type { Evaluation, StepReport, TrainingState } from '../../engine/train/contract';
import type { Curve } from '../../figures/training/growing';
import type { GrowWorker } from '../../worker/grow/client';
import type { FromGrower, GrowLook, GrowOrder, GrowSample } from '../../worker/grow/protocol';

/** How it goes with a network: its worker is starting, it stands still, it learns, or its schedule is over. */
export type Phase = 'none' | 'starting' | 'still' | 'learning' | 'done';

/** All that is kept of one network. */
export interface KeptGrowth {
	readonly state: TrainingState;
	readonly losses: Curve;
	readonly accuracies: Curve;
}

/** Starts a worker that says what it does to `receive`. */
export type MakeWorker = (receive: (message: FromGrower) => void) => GrowWorker;

/** By how much a loss is smoothed for the eye: the weight of what came before. */
const SMOOTH = 0.9;

/** One network on the page: its worker, its curves, and what it looks like. */
export class Growth {
	readonly #make: MakeWorker;
	#worker: GrowWorker | null = null;
	/** What comes of earlier ones is news no more. */
	#run = 0;
	#phase = $state<Phase>('none');
	#error = $state<string | null>(null);
	#parameters = $state<number | null>(null);
	#losses = $state.raw<Curve>([]);
	#accuracies = $state.raw<Curve>([]);
	#look = $state.raw<GrowLook | null>(null);
	#samples = $state.raw<readonly GrowSample[]>([]);
	#evaluation = $state.raw<Evaluation | null>(null);
	#state = $state.raw<TrainingState | null>(null);
	#milliseconds = $state<number | null>(null);

	constructor(make: MakeWorker) {
		this.#make = make;
	}

	get phase(): Phase {
		return this.#phase;
	}

	/** Why it could not go on; what it had learned before stands. */
	get error(): string | null {
		return this.#error;
	}

	/** How many numbers learn. */
	get parameters(): number | null {
		return this.#parameters;
	}

	/** The loss of each batch, in nats, smoothed. */
	get losses(): Curve {
		return this.#losses;
	}

	/** The share of held-out pictures that it names right, at each test; in [0, 1]. */
	get accuracies(): Curve {
		return this.#accuracies;
	}

	get look(): GrowLook | null {
		return this.#look;
	}

	/** Held-out pictures, the first of which its attention is shown on. */
	get samples(): readonly GrowSample[] {
		return this.#samples;
	}

	/** Of the last test. */
	get evaluation(): Evaluation | null {
		return this.#evaluation;
	}

	/** What one step took last, in milliseconds. */
	get milliseconds(): number | null {
		return this.#milliseconds;
	}

	get steps(): number {
		return this.#losses.at(-1)?.[0] ?? 0;
	}

	/** After how many steps it can be gone on with: what came after is lost with the page. */
	get savedSteps(): number {
		return this.#state?.step ?? 0;
	}

	/** What can be kept; null before that is any step. */
	get kept(): KeptGrowth | null {
		const state = this.#state;
		if (!state || state.step === 0) return null;
		const upTo = (curve: Curve) => curve.filter(([step]) => step <= state.step);
		return { state, losses: upTo(this.#losses), accuracies: upTo(this.#accuracies) };
	}

	/** Begins anew, or goes on with what was kept, as the network that it was. */
	begin(order: GrowOrder, kept: KeptGrowth | null = null): void {
		this.#worker ??= this.#make((message) => this.#receive(message));
		this.#phase = 'starting';
		this.#error = null;
		this.#losses = kept?.losses ?? [];
		this.#accuracies = kept?.accuracies ?? [];
		this.#state = kept?.state ?? null;
		[this.#evaluation, this.#look, this.#milliseconds, this.#parameters] = [null, null, null, null];
		const goesOn = kept && { plan: kept.state.plan, state: kept.state };
		this.#worker.post({ kind: 'begin', run: ++this.#run, order: { ...order, ...goesOn } });
	}

	/** @param steps at most; to the end of the schedule without it @param pause milliseconds between two */
	go(steps = Infinity, pause = 0): void {
		if (!this.#worker || this.#phase === 'done' || this.#phase === 'none') return;
		this.#phase = 'learning';
		this.#worker.post({ kind: 'go', steps, pause });
	}

	/** Stands still after the step that is under way. */
	stop(): void {
		if (this.#phase === 'learning') this.#worker?.post({ kind: 'stop' });
	}

	close(): void {
		this.#worker?.close();
		this.#worker = null;
		this.#phase = 'none';
	}

	#receive(message: FromGrower): void {
		if (message.run !== null && message.run !== this.#run) return;
		switch (message.kind) {
			case 'ready':
				if (this.#phase === 'starting') this.#phase = 'still';
				this.#parameters = message.parameters;
				this.#samples = message.samples;
				this.#look = message.look;
				return;
			case 'step':
				this.#milliseconds = message.milliseconds;
				return this.#note(message.report);
			case 'saved':
				this.#state = message.state;
				return;
			case 'tested':
				this.#evaluation = message.evaluation;
				this.#look = message.look;
				this.#state = message.state;
				this.#accuracies = [...this.#accuracies, [message.evaluation.step, shareOf(message.evaluation)]];
				return;
			case 'stopped':
				this.#state = message.state;
				this.#phase = message.done ? 'done' : 'still';
				return;
			case 'failed':
				this.#error = message.message;
				this.#phase = 'none';
				// One that broke down is not asked again.
				if (message.run === null) this.close();
		}
	}

	#note({ step, loss }: StepReport): void {
		const before = this.#losses.at(-1)?.[1] ?? loss;
		this.#losses = [...this.#losses, [step, SMOOTH * before + (1 - SMOOTH) * loss]];
	}
}

const shareOf = ({ right, count }: Evaluation): number => right / count;
