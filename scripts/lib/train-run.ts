import type {
	Evaluation,
	NetworkPlan,
	Pictures,
	Recipe,
	Task,
	Teacher,
	Training
} from '../../src/lib/engine/train/contract.ts';
import { classesOf, taskPictures } from '../../src/lib/engine/train/pictures/tasks.ts';
import { RECIPE, smallPlan } from '../../src/lib/engine/train/presets.ts';
import { startTraining } from '../../src/lib/engine/train/training.ts';
import type { ModelKind, TrainOptions } from './train-options.ts';

/** What came of a training, with all that it takes to repeat it. */
export interface Trained {
	readonly task: Task;
	readonly model: ModelKind;
	/** How many it learned from. */
	readonly pictures: number;
	readonly parameters: number;
	/** Steps that were taken. */
	readonly steps: number;
	/** Held-out pictures, and how many of them were named right. */
	readonly heldOut: number;
	readonly right: number;
	readonly accuracy: number;
	/** Mean cross entropy of the held-out pictures, in nats. */
	readonly loss: number;
	/** What guessing would have right. */
	readonly chance: number;
	readonly seconds: number;
	readonly plan: NetworkPlan;
	readonly recipe: Recipe;
}

/** One line of progress. */
export type Say = (line: string) => void;

export interface Asked extends Omit<TrainOptions, 'backend' | 'distil'> {
	/** Pictures that are held out. */
	readonly heldOut: number;
	/** Whether the ViT has a distillation token. */
	readonly distilled?: boolean;
	readonly teacher?: Teacher;
}

/** Steps between two lines of progress. */
const EVERY = 50;

/** Teaches one network on the current backend. @returns what came of it, and what it has learned */
export async function train(asked: Asked, say: Say): Promise<{ trained: Trained; training: Training }> {
	const { task, model, size, seed, minutes, teacher } = asked;
	const pictures = taskPictures(task, { count: asked.pictures, size, seed });
	const heldOut = taskPictures(task, { count: asked.heldOut, size, seed, heldOut: true });
	const { plan, recipe } = settingsOf(asked);
	const training = startTraining({ plan, recipe, pictures, heldOut, ...(teacher && { teacher }) });
	const began = performance.now();
	const seconds = () => (performance.now() - began) / 1000;
	await teach(training, recipe.steps, () => seconds() < 60 * minutes, say);
	const result = await training.evaluate();
	const trained = {
		...{ task, model, pictures: asked.pictures, parameters: training.parameterCount, steps: training.steps },
		...resultOf(result, heldOut),
		...{ seconds: Math.round(seconds()), plan, recipe }
	};
	return { trained, training };
}

/** The network and the recipe that a training is by. */
export function settingsOf({ task, model, distilled = false, ...asked }: Settings): {
	plan: NetworkPlan;
	recipe: Recipe;
} {
	const { size, seed, steps = RECIPE.steps, mirror, shift } = asked;
	const warmUp = Math.min(RECIPE.warmUp, Math.ceil(steps / 4));
	const plan = smallPlan(model, classesOf(task).length, { distilled, size });
	return { plan, recipe: { ...RECIPE, seed, steps, warmUp, mirror, shift } };
}

type Settings = Pick<Asked, 'task' | 'model' | 'distilled' | 'size' | 'seed' | 'steps' | 'mirror' | 'shift'>;

function resultOf({ count, right, loss }: Evaluation, { classes }: Pictures) {
	return { heldOut: count, right, accuracy: right / count, loss, chance: 1 / classes.length };
}

/** Takes steps while there is time, and says how it goes. */
async function teach(training: Training, steps: number, isTime: () => boolean, say: Say): Promise<void> {
	let [loss, accuracy, count] = [0, 0, 0];
	while (training.steps < steps && isTime()) {
		const report = await training.step();
		[loss, accuracy, count] = [loss + report.loss, accuracy + report.accuracy, count + 1];
		if (report.step % EVERY !== 0) continue;
		const of = `step ${report.step} of ${steps}: loss ${(loss / count).toFixed(3)}`;
		say(`${of}, ${percent(accuracy / count)} right of what it learns from`);
		[loss, accuracy, count] = [0, 0, 0];
	}
}

/** E.g. `87.5 %`. */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** One sentence of what came of it. */
export function describeTrained({ task, model, parameters, pictures, steps, plan, ...own }: Trained): string {
	const { right, heldOut, accuracy, chance, seconds } = own;
	const what = `A ${model === 'vit' ? 'ViT' : 'CNN'} of ${parameters} parameters, after ${steps} steps (${seconds} s) on ${pictures} pictures of ${plan.size} px of the task ${task}`;
	return `${what}, names ${right} of ${heldOut} held-out pictures right: ${percent(accuracy)} (chance ${percent(chance)}).`;
}
