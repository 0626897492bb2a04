import { toPatchworkError } from '../../base/errors';
import { nextTask } from '../../base/next-task';
import type { Labelled, Training, TrainingOptions, TrainingState } from '../../engine/train/contract';
import { TESTS } from '../../engine/train/presets';
import { startTraining } from '../../engine/train/training';
import { lookAt } from './look';
import { picturesOf, PROBES, samplesOf } from './pictures';
import type { FromGrower, GrowNews, GrowOrder, ToGrower } from './protocol';

/** How many pictures are shown. */
const SAMPLES = 12;
/** What was learned is told at most so often between two tests, in milliseconds: a page that is left loses no more. */
const SAVE_EVERY = 500;

const STUMBLED = 'Training stumbled; try again, and it goes on from the last step that was kept.';

/** One network that is being taught, behind messages. Begun anew, it lets go of what was there; it holds no tensors between two. */
export class Grower {
	readonly #tell: (message: FromGrower) => void;
	readonly #startBackend: () => Promise<string>;
	readonly #saveEvery: number;
	#savedAt = -Infinity;
	#options: TrainingOptions | null = null;
	#training: Training | null = null;
	#probes: readonly Labelled[] = [];
	/** Of the newest message: whatever was told before it is over. */
	#turn = 0;
	#run = 0;
	/** What is asked is done one after the other. */
	#last: Promise<void> = Promise.resolve();

	/** @param startBackend gives its name @param saveEvery milliseconds after which what was learned is told again */
	constructor(tell: (message: FromGrower) => void, startBackend: () => Promise<string>, saveEvery = SAVE_EVERY) {
		this.#tell = tell;
		this.#startBackend = startBackend;
		this.#saveEvery = saveEvery;
	}

	receive(message: ToGrower): void {
		const turn = ++this.#turn;
		if (message.kind === 'begin') this.#then(() => this.#begin(message.order, message.run));
		else if (message.kind === 'go') this.#then(() => this.#go(message.steps, message.pause, turn));
		else this.#then(async () => this.#sayStopped());
	}

	#send(news: GrowNews): void {
		this.#tell({ ...news, run: this.#run });
	}

	#then(work: () => Promise<void>): void {
		this.#last = this.#last.then(work).catch((error: unknown) => {
			const { code, message } = toPatchworkError(error, 'backend', STUMBLED);
			this.#send({ kind: 'failed', code, message });
		});
	}

	async #begin(order: GrowOrder, run: number): Promise<void> {
		this.#run = run;
		this.#training = null;
		const backend = await this.#startBackend();
		const { plan, recipe, teacher, state } = order;
		const options = { plan, recipe, ...picturesOf(order.pictures, plan.size), ...(teacher && { teacher }) };
		const training = startTraining(options, state);
		[this.#options, this.#training] = [options, training];
		this.#probes = Array.from({ length: Math.min(PROBES, options.heldOut.count) }, (_, i) => options.heldOut.at(i));
		this.#send({
			kind: 'ready',
			parameters: training.parameterCount,
			backend,
			samples: samplesOf(options.heldOut, SAMPLES),
			look: await lookAt(plan, training.parameters(), this.#probes)
		});
	}

	/** Learns until it is told something else; only where it comes to its own end does it say that it stands still. */
	async #go(steps: number, pause: number, turn: number): Promise<void> {
		const [training, options] = [this.#training, this.#options];
		if (!training || !options) return;
		const end = Math.min(options.recipe.steps, training.steps + steps);
		while (turn === this.#turn && training.steps < end) {
			const began = performance.now();
			const report = await training.step();
			this.#send({ kind: 'step', report, milliseconds: performance.now() - began });
			if (report.step % TESTS.every === 0 || training.steps === end) await this.#test(training, options);
			else if (performance.now() - this.#savedAt >= this.#saveEvery)
				this.#send({ kind: 'saved', state: this.#save(training) });
			await (pause > 0 ? new Promise((resolve) => setTimeout(resolve, pause)) : nextTask());
		}
		if (turn === this.#turn) this.#sayStopped();
	}

	#sayStopped(): void {
		const [training, options] = [this.#training, this.#options];
		if (!training || !options) return;
		this.#send({ kind: 'stopped', state: this.#save(training), done: training.steps >= options.recipe.steps });
	}

	async #test(training: Training, { plan }: TrainingOptions): Promise<void> {
		const evaluation = await training.evaluate(TESTS.pictures, nextTask);
		const look = await lookAt(plan, training.parameters(), this.#probes);
		this.#send({ kind: 'tested', evaluation, look, state: this.#save(training) });
	}

	#save(training: Training): TrainingState {
		this.#savedAt = performance.now();
		return training.save();
	}
}
