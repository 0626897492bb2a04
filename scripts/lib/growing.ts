import { writeFile } from 'node:fs/promises';
import { floatsToHalves } from '../../src/lib/engine/checkpoint/half.ts';
import {
	TASKS,
	type NetworkPlan,
	type Task,
	type Teacher,
	type Training
} from '../../src/lib/engine/train/contract.ts';
import { classesOf, taskPictures } from '../../src/lib/engine/train/pictures/tasks.ts';
import { teacherOf } from '../../src/lib/engine/train/plans.ts';
import { RECIPE, SMALL_VIT, smallPlan, TESTS } from '../../src/lib/engine/train/presets.ts';
import { startTraining } from '../../src/lib/engine/train/training.ts';
import { lookAt } from '../../src/lib/worker/grow/look.ts';
import { PROBES } from '../../src/lib/worker/grow/pictures.ts';
import type { GrowLook } from '../../src/lib/worker/grow/protocol.ts';
import { percent, type Say } from './train-run.ts';

/** What the page begins with: see `src/lib/train/grow/setup.ts`, whose test compares. */
export const PAGE = { pictures: 5000, seed: RECIPE.seed } as const;

/** The task whose networks are looked at while they grow. */
const LOOKED: Task = 'shape';
/** From how many pictures a ViT learns with and without a teacher: few enough that it needs one. */
const TAUGHT = { task: 'shape', pictures: 500 } as const;

/** `[step, share of held-out pictures that are named right]`. */
type Curve = [step: number, share: number][];

interface Asked {
	readonly name: string;
	readonly task: Task;
	readonly plan: NetworkPlan;
	readonly pictures?: number;
	readonly teacher?: Teacher;
	/** Called before the first step, and after each test. */
	readonly look?: (training: Training) => Promise<void>;
}

/**
 * Grows networks as the page does, and writes how right they were at each test: both on every task, the ViT without
 * positions, and one taught by the CNN; and what both looked like meanwhile, in a file of half precision numbers beside.
 * @param path of the file, which ends in `.json`
 */
export async function recordCurves(path: string, say: Say): Promise<void> {
	const looks = new Looks();
	const tasks: Partial<Record<Task, Record<string, Curve>>> = {};
	for (const task of TASKS) {
		const classes = classesOf(task).length;
		const [vit, cnn] = [smallPlan('vit', classes), smallPlan('cnn', classes)];
		const plan: NetworkPlan = { ...SMALL_VIT, classes, positions: false };
		const look = (name: 'vit' | 'cnn') => (task === LOOKED ? { look: looks.of(name) } : {});
		tasks[task] = {
			vit: (await grow({ name: 'ViT', task, plan: vit, ...look('vit') }, say)).curve,
			cnn: (await grow({ name: 'CNN', task, plan: cnn, ...look('cnn') }, say)).curve,
			placeless: (await grow({ name: 'ViT without positions', task, plan }, say)).curve
		};
	}
	const about = { command: 'npm run train -- --curves', date: new Date().toISOString().slice(0, 10), ...PAGE };
	const made = { ...about, tasks, taught: await taughtAndNot(say), looks: looks.index };
	await writeFile(path, `${JSON.stringify(made)}\n`);
	await writeFile(path.replace(/\.json$/, '.f16'), looks.bytes);
	say(`Written: ${path}, of ${TASKS.length} tasks, and what the networks of the task ${LOOKED} looked like beside it.`);
}

/** A ViT that learns from few pictures alone, and one that is told by a CNN, which has learned from the same, what it takes each for. */
async function taughtAndNot(say: Say) {
	const { task, pictures } = TAUGHT;
	const classes = classesOf(task).length;
	const cnn = await grow({ name: 'the teacher, a CNN', task, pictures, plan: smallPlan('cnn', classes) }, say);
	const teacher = teacherOf(cnn.training.save());
	if (!teacher) throw new Error('What was taught is no CNN.');
	const alone = await grow({ name: 'ViT by itself', task, pictures, plan: smallPlan('vit', classes) }, say);
	const plan = smallPlan('vit', classes, { distilled: true });
	const taught = await grow({ name: 'ViT, taught', task, pictures, plan, teacher }, say);
	return { task, pictures, cnn: cnn.curve, alone: alone.curve, taught: taught.curve };
}

async function grow(
	{ name, task, plan, look, ...asked }: Asked,
	say: Say
): Promise<{ curve: Curve; training: Training }> {
	const { pictures: count = PAGE.pictures, teacher } = asked;
	const { seed } = PAGE;
	const pictures = taskPictures(task, { count, size: plan.size, seed });
	const heldOut = taskPictures(task, { count: TESTS.pictures, size: plan.size, seed, heldOut: true });
	const training = startTraining({ plan, recipe: RECIPE, pictures, heldOut, ...(teacher && { teacher }) });
	const curve: Curve = [];
	await look?.(training);
	while (training.steps < RECIPE.steps) {
		const { step } = await training.step();
		if (step % TESTS.every !== 0 && step !== RECIPE.steps) continue;
		const { right, count: tested } = await training.evaluate(TESTS.pictures);
		curve.push([step, right / tested]);
		await look?.(training);
	}
	say(`${task}, ${name}: ${percent(curve.at(-1)?.[1] ?? 0)} after ${training.steps} steps.`);
	return { curve, training };
}

/** What both networks look like, test by test, as one row of numbers a network. */
class Looks {
	readonly #steps: number[] = [];
	readonly #rows = { vit: [] as Float32Array[], cnn: [] as Float32Array[] };

	of(name: 'vit' | 'cnn'): (training: Training) => Promise<void> {
		return async (training) => {
			const { plan, recipe, parameters } = training.save();
			const { seed } = recipe;
			const heldOut = taskPictures(LOOKED, { count: TESTS.pictures, size: plan.size, seed, heldOut: true });
			const probes = Array.from({ length: PROBES }, (_, i) => heldOut.at(i));
			this.#rows[name].push(rowOf(await lookAt(plan, parameters, probes)));
			if (name === 'vit') this.#steps.push(training.steps);
		};
	}

	/** Where in the file things are: the rows of the ViT, step by step, and after them those of the CNN. */
	get index() {
		return { task: LOOKED, steps: this.#steps };
	}

	get bytes(): Uint8Array {
		const halves = [...this.#rows.vit, ...this.#rows.cnn].map((row) => new Uint8Array(floatsToHalves(row).buffer));
		return Buffer.concat(halves);
	}
}

/** Filters, then the cosines of positions, then attention, picture by picture. */
function rowOf({ filters, positions, attention }: GrowLook): Float32Array {
	const parts = [filters, ...(positions ? [positions] : []), ...(attention ?? [])];
	return Float32Array.from(parts.flatMap((part) => Array.from(part)));
}
