import { PatchworkError } from '../../base/errors';
import { adamStep, rateAt, zerosLike, type Moments } from './adam';
import { Batches, batchOf, type Batch } from './batches';
import type {
	Evaluation,
	GrownConfig,
	NetworkPlan,
	ParameterValues,
	StartTraining,
	StepReport,
	Training,
	TrainingOptions,
	TrainingState
} from './contract';
import { lossGradients, type Goals, type LossGradients } from './gradients';
import { byKind } from './kinds';
import { saidOf } from './pass';
import { initialParameters } from './initial';
import { chanceOf } from './pictures/chance';
import { configOf, isDistilled, learned, learnedCount } from './plans';
import { alike, crossEntropy, meanOf, named } from './said';

/** Apart from all other uses of a recipe's seed. */
const DROPPED = 3;
/** Pictures that are tested at once. */
const TESTED = 50;

export const startTraining: StartTraining = (options, state) => new Grown(options, state);

/** A training whose numbers lie in plain arrays: the backend has tensors only while a step or a test is under way. */
class Grown implements Training {
	readonly config: GrownConfig;
	readonly parameterCount: number;
	readonly #options: TrainingOptions;
	readonly #batches: Batches;
	readonly #names: readonly string[];
	readonly #moments: Moments;
	#steps: number;

	constructor(options: TrainingOptions, state?: TrainingState) {
		const { plan, recipe, pictures } = options;
		checkPictures(plan, options);
		this.config = configOf(plan);
		this.parameterCount = learnedCount(plan);
		this.#options = options;
		this.#batches = new Batches(pictures, recipe);
		this.#names = learned(plan).map(({ name }) => name);
		this.#moments = state ? momentsOf(options, state) : begun(initialParameters(plan, recipe.seed));
		this.#steps = state?.step ?? 0;
	}

	get steps(): number {
		return this.#steps;
	}

	async step(): Promise<StepReport> {
		const { plan, recipe } = this.#options;
		const batch = this.#batches.at(this.#steps);
		const goals = await this.#goals(batch);
		const share = byKind(plan, { vit: (own) => own.dropout, cnn: () => 0 });
		const dropout = { share, chance: chanceOf(recipe.seed, DROPPED, this.#steps) };
		const taught = await lossGradients(plan, this.#moments.parameters, batch, goals, dropout);
		const loss = checkedLoss(taught, goals, plan.classes);
		const rate = rateAt(this.#steps + 1, recipe);
		this.#learn(taught, rate);
		const right = alike(named(meanOf(taught.logits), plan.classes), batch.labels);
		return { step: this.#steps, loss, accuracy: right / batch.labels.length, rate };
	}

	async evaluate(limit = Infinity, pause?: () => Promise<void> | void): Promise<Evaluation> {
		const { plan, heldOut } = this.#options;
		const count = Math.min(limit, heldOut.count);
		const confusion = Array.from({ length: plan.classes }, () => new Array<number>(plan.classes).fill(0));
		let loss = 0;
		for (let first = 0; first < count; first += TESTED) {
			const indices = Array.from({ length: Math.min(TESTED, count - first) }, (_, i) => first + i);
			const batch = batchOf(heldOut, indices);
			const logits = await saidOf(plan, this.#moments.parameters, batch);
			loss += crossEntropy(logits, batch.labels, plan.classes);
			for (const [i, own] of named(logits, plan.classes).entries()) countIn(confusion[batch.labels[i] ?? 0], own);
			await pause?.();
		}
		const right = confusion.reduce((sum, row, i) => sum + (row[i] ?? 0), 0);
		return { step: this.#steps, count, right, loss: loss / count, confusion };
	}

	parameters(): ParameterValues {
		return copied(this.#moments.parameters);
	}

	save(): TrainingState {
		const { plan, recipe } = this.#options;
		return { plan, recipe, step: this.#steps, ...copiedMoments(this.#moments) };
	}

	/** What each head is to say: the labels, or what the teacher names. */
	async #goals(batch: Batch): Promise<Goals> {
		const { plan, teacher } = this.#options;
		if (!isDistilled(plan)) return [batch.labels];
		if (!teacher) return [batch.labels, batch.labels];
		return [batch.labels, named(await saidOf(teacher.plan, teacher.parameters, batch), plan.classes)];
	}

	#learn({ gradients }: LossGradients, rate: number): void {
		const { weightDecay } = this.#options.recipe;
		const step = this.#steps + 1;
		for (const name of this.#names) {
			const decay = MATRIX.test(name) ? weightDecay : 0;
			adamStep(this.#moments, name, gradients.get(name) ?? new Float32Array(), { step, rate, decay });
		}
		this.#steps = step;
	}
}

/** Parameters that weight decay shrinks: no norm's, no bias, no token and no position. */
const MATRIX = /(?<!norm\d?)\.weight$/;

function begun(parameters: ParameterValues): Moments {
	return { parameters, means: zerosLike(parameters), squares: zerosLike(parameters) };
}

/** A state's numbers, as a training's own. @throws PatchworkError `request` for a state of another network */
function momentsOf({ plan }: TrainingOptions, state: TrainingState): Moments {
	if (JSON.stringify(state.plan) === JSON.stringify(plan)) return copiedMoments(state);
	throw new PatchworkError(
		'request',
		'What was kept is of another network than this one; begin anew, or open the other.'
	);
}

/** @throws PatchworkError `request` for pictures that the network does not fit */
function checkPictures({ size, classes }: NetworkPlan, { pictures, heldOut }: TrainingOptions): void {
	for (const own of [pictures, heldOut]) {
		if (own.count > 0 && own.size === size && own.classes.length === classes) continue;
		throw new PatchworkError(
			'request',
			`The network takes pictures of ${size} px in ${classes} classes, and got ${own.count} of ${own.size} px in ${own.classes.length}; make both alike.`
		);
	}
}

const copied = (values: ParameterValues): ParameterValues =>
	new Map([...values].map(([name, own]) => [name, own.slice()]));

function copiedMoments({ parameters, means, squares }: Moments): Moments {
	return { parameters: copied(parameters), means: copied(means), squares: copied(squares) };
}

/** The mean over batch and heads. @throws PatchworkError `request` where a number is no longer finite */
function checkedLoss({ logits, gradients }: LossGradients, goals: Goals, classes: number): number {
	const sum = logits.reduce((total, own, i) => total + crossEntropy(own, goals[i] ?? [], classes), 0);
	const areFinite = [...gradients.values()].every((values) => values.every(Number.isFinite));
	const [first = []] = goals;
	if (areFinite && Number.isFinite(sum)) return sum / (first.length * goals.length);
	throw new PatchworkError(
		'request',
		'The numbers grew beyond all bounds, so this step was not taken; begin anew with another seed, or with what keeps them small, such as layer norm.'
	);
}

function countIn(row: number[] | undefined, column: number): void {
	if (row) row[column] = (row[column] ?? 0) + 1;
}
