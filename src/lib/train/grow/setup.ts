import { currentName } from '../../base/renames';
import { cnnBeside } from '../../engine/train/beside';
import type { CnnPlan, Recipe, Task, Teacher, ViTPlan } from '../../engine/train/contract';
import { productsOf } from '../../engine/train/cost';
import { classesOf } from '../../engine/train/pictures/tasks';
import {
	RECIPE,
	SIDES,
	SMALL_CNN,
	SMALL_VIT,
	SOURCE_VIT,
	SOURCE_WIDTHS,
	smallViT,
	TESTS
} from '../../engine/train/presets';
import { TASK_TITLES } from '../../figures/kit/growth/tasks';
import type { GrowOrder, OwnPictures } from '../../worker/grow/protocol';

/** The side of the notebook's pictures: that of the video which the lesson follows. */
export const NOTEBOOK = 144;
/** Sides of pictures, in pixels. Each has networks of its own: our small ones, or those of the notebook. */
export const SIZES = [...SIDES, NOTEBOOK] as const;
export type Size = (typeof SIZES)[number];

/** What the reader chooses before two networks grow. Plain data, kept with what was learned. */
export interface Setup {
	readonly task: Task | 'own';
	readonly size: Size;
	/** Pictures to learn from; of the reader's own, all that there are. */
	readonly pictures: number;
	readonly seed: number;
	/** Whether pictures are mirrored by chance, and moved by a few pixels. */
	readonly mirror: boolean;
	readonly shift: boolean;
	/** What can be taken from the ViT. */
	readonly positions: boolean;
	readonly cls: boolean;
	readonly residuals: boolean;
	readonly norms: boolean;
	readonly heads: number;
	readonly dropout: boolean;
	/** Whether the CNN, when it has learned, teaches the ViT through a distillation token. */
	readonly taught: boolean;
}

export const USUAL: Setup = {
	task: 'shape',
	size: SIDES[0],
	pictures: 5000,
	seed: 1,
	mirror: false,
	shift: false,
	positions: true,
	cls: true,
	residuals: true,
	norms: true,
	heads: SMALL_VIT.heads,
	dropout: false,
	taught: false
};

/** What is of the ViT alone. */
const OF_VIT: readonly string[] = ['positions', 'cls', 'residuals', 'norms', 'heads', 'dropout', 'taught'];

export const PICTURES = [50, 200, 500, 1000, 2000, 5000] as const;
export const HEADS = [1, 2, 4] as const;

/** What readers call the tasks. */
export const TASK_NAMES: Readonly<Record<Setup['task'], string>> = {
	...TASK_TITLES,
	own: 'Your own pictures'
};

/** By how many pixels pictures are moved at most, in eighths of their side. */
const SHIFT = 1 / 8;
const DROPOUT = 0.1;

/** The classes of a setup, by what they are. @param own the reader's own pictures, where there are any */
export const classNames = ({ task }: Setup, own: OwnPictures | null): readonly string[] =>
	task === 'own' ? (own?.classes ?? []) : classesOf(task);

/** The ViT of a setup. */
export function vitPlan(setup: Setup, classes: number): ViTPlan {
	const { size, positions, cls, residuals, norms, heads, dropout, taught } = setup;
	return {
		...(size === NOTEBOOK ? SOURCE_VIT : smallViT(size)),
		...{ positions, residuals, norms, heads, classes },
		pooling: cls ? 'cls' : 'mean',
		dropout: dropout ? DROPOUT : 0,
		distilled: taught && cls
	};
}

/** The CNN beside it, with as many parameters as the ViT has with all that was taken from it. */
export const cnnPlan = (setup: Setup, classes: number): CnnPlan =>
	cnnBeside(vitPlan(setup, classes), setup.size === NOTEBOOK ? SOURCE_WIDTHS : SMALL_CNN.widths);

/** Whether a change leaves what both learn from, and the CNN, as they are: a CNN that teaches can go on doing so. */
export function keepsCnn(setup: Setup, change: Partial<Setup>, classes: number): boolean {
	if (!Object.keys(change).every((key) => OF_VIT.includes(key))) return false;
	const [now, next] = [setup, { ...setup, ...change }].map((one) => cnnPlan(one, classes).widths.join());
	return now === next;
}

/** How many times the work of the usual size a step of each network is. */
export function timesUsual(setup: Setup, classes: number): { readonly vit: number; readonly cnn: number } {
	const times = (plan: typeof vitPlan | typeof cnnPlan) => {
		const [own = NaN, usual = NaN] = [setup.size, USUAL.size].map((size) =>
			productsOf(plan({ ...setup, size }, classes), RECIPE.batch)
		);
		return own / usual;
	};
	return { vit: times(vitPlan), cnn: times(cnnPlan) };
}

export const recipeOf = ({ seed, mirror, shift, size }: Setup): Recipe => ({
	...{ ...RECIPE, seed, mirror },
	shift: shift ? Math.round(size * SHIFT) : 0
});

/** What both networks are ordered to learn. @param own what the reader brought, for that task */
export function ordersOf(
	setup: Setup,
	own: OwnPictures | null,
	teacher: Teacher | null
): { readonly vit: GrowOrder; readonly cnn: GrowOrder } | null {
	const classes = classNames(setup, own).length;
	const { task } = setup;
	if (task === 'own' && !own) return null;
	const pictures =
		task === 'own' && own
			? own
			: ({
					kind: 'drawn',
					task: task === 'own' ? 'shape' : task,
					count: setup.pictures,
					heldOut: TESTS.pictures,
					seed: setup.seed
				} as const);
	const common = { recipe: recipeOf(setup), pictures };
	return {
		vit: { ...common, plan: vitPlan(setup, classes), ...(setup.taught && teacher && { teacher }) },
		cnn: { ...common, plan: cnnPlan(setup, classes) }
	};
}

/** What a setup has otherwise than the usual one, in a few words; `as it comes` for nothing. */
export function differsIn(setup: Setup): string {
	const said = [
		setup.positions ? '' : 'no positions',
		setup.cls ? '' : 'mean for CLS',
		setup.residuals ? '' : 'no residuals',
		setup.norms ? '' : 'no layer norm',
		setup.heads === USUAL.heads ? '' : setup.heads === 1 ? '1 head' : `${setup.heads} heads`,
		setup.dropout ? /* @wc-include */ 'dropout' : '',
		setup.taught ? 'taught by the CNN' : '',
		setup.mirror ? /* @wc-include */ 'mirrored' : '',
		setup.shift ? /* @wc-include */ 'moved' : '',
		setup.size === USUAL.size ? '' : setup.size === NOTEBOOK ? 'the notebook’s sizes' : `${setup.size} px`,
		setup.seed === USUAL.seed ? '' : `seed ${setup.seed}`
	].filter((words) => words !== '');
	return said.length > 0 ? said.join(', ') : 'as it comes';
}

/** The size that pictures were made for. */
export const sizeOf = ({ size }: OwnPictures): Size => SIZES.find((one) => one === size) ?? USUAL.size;

/** A setup that was kept, as it is written today: one that lacks what came later, or has a size by its former name. */
export function currentSetup(kept: Partial<Setup>): Setup {
	const size = Number(currentName('size', String(kept.size ?? USUAL.size)));
	return { ...USUAL, ...kept, size: SIZES.find((one) => one === size) ?? USUAL.size };
}
