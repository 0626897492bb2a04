import { writeFile } from 'node:fs/promises';
import { TASKS, type Task } from '../../src/lib/engine/train/contract.ts';
import { classesOf, taskPictures } from '../../src/lib/engine/train/pictures/tasks.ts';
import { RECIPE, smallPlan, TESTS } from '../../src/lib/engine/train/presets.ts';
import { startTraining } from '../../src/lib/engine/train/training.ts';
import { MODELS, type ModelKind } from './train-options.ts';
import { percent, type Say } from './train-run.ts';

/** What the page begins with: see `src/lib/train/grow/setup.ts`, whose test compares. */
export const PAGE = { pictures: 5000, seed: RECIPE.seed } as const;

/** `[step, share of held-out pictures that are named right]`. */
type Curve = [step: number, share: number][];

/** Grows both networks on every task as the page does, and writes how right they were at each test. @param path of the file */
export async function recordCurves(path: string, say: Say): Promise<void> {
	const tasks: Partial<Record<Task, Record<ModelKind, Curve>>> = {};
	for (const task of TASKS)
		tasks[task] = { vit: await curveOf(task, 'vit', say), cnn: await curveOf(task, 'cnn', say) };
	const made = { command: 'npm run train -- --curves', date: new Date().toISOString().slice(0, 10), ...PAGE, tasks };
	await writeFile(path, `${JSON.stringify(made)}\n`);
	say(`Written: ${path}, of ${MODELS.length} networks on ${TASKS.length} tasks.`);
}

async function curveOf(task: Task, model: ModelKind, say: Say): Promise<Curve> {
	const { pictures: count, seed } = PAGE;
	const plan = smallPlan(model, classesOf(task).length);
	const pictures = taskPictures(task, { count, size: plan.size, seed });
	const heldOut = taskPictures(task, { count: TESTS.pictures, size: plan.size, seed, heldOut: true });
	const training = startTraining({ plan, recipe: RECIPE, pictures, heldOut });
	const curve: Curve = [];
	while (training.steps < RECIPE.steps) {
		const { step } = await training.step();
		if (step % TESTS.every !== 0 && step !== RECIPE.steps) continue;
		const { right, count: tested } = await training.evaluate(TESTS.pictures);
		curve.push([step, right / tested]);
	}
	say(`${task}, ${model}: ${percent(curve.at(-1)?.[1] ?? 0)} after ${training.steps} steps.`);
	return curve;
}
