import type { CnnPlan, Recipe, Task, Teacher, ViTPlan } from '../../engine/train/contract';
import { classesOf } from '../../engine/train/pictures/tasks';
import { RECIPE, SMALL_CNN, SMALL_VIT, SOURCE_VIT, TESTS } from '../../engine/train/presets';
import { TASK_TITLES } from '../../figures/kit/growth/tasks';
import type { GrowOrder, OwnPictures } from '../../worker/grow/protocol';

export const SIZES = ['small', 'notebook'] as const;
/** How large the networks and their pictures are: our own, or those of the notebook of the video that the lesson follows. */
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
	size: 'small',
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

/** What can be changed without the CNN, or what both learn from, becoming another. */
export const OF_VIT: readonly string[] = ['positions', 'cls', 'residuals', 'norms', 'heads', 'dropout', 'taught'];

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

/** The notebook's ViT, and a CNN of ours that is so wide that it has as many parameters. */
const NOTEBOOK = {
	vit: SOURCE_VIT,
	cnn: { size: SOURCE_VIT.size, widths: [54, 108, 216] }
} as const;

/** The classes of a setup, by what they are. @param own the reader's own pictures, where there are any */
export const classNames = ({ task }: Setup, own: OwnPictures | null): readonly string[] =>
	task === 'own' ? (own?.classes ?? []) : classesOf(task);

export function vitPlan(setup: Setup, classes: number): ViTPlan {
	const { size, positions, cls, residuals, norms, heads, dropout, taught } = setup;
	return {
		...SMALL_VIT,
		...(size === 'notebook' && NOTEBOOK.vit),
		...{ positions, residuals, norms, heads, classes },
		pooling: cls ? 'cls' : 'mean',
		dropout: dropout ? DROPOUT : 0,
		distilled: taught && cls
	};
}

export const cnnPlan = ({ size }: Setup, classes: number): CnnPlan => ({
	...SMALL_CNN,
	...(size === 'notebook' && NOTEBOOK.cnn),
	classes
});

export const recipeOf = ({ seed, mirror, shift, size }: Setup): Recipe => {
	const side = size === 'notebook' ? NOTEBOOK.vit.size : SMALL_VIT.size;
	return { ...RECIPE, seed, mirror, shift: shift ? Math.round(side * SHIFT) : 0 };
};

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
		setup.size === 'small' ? '' : 'the notebook’s sizes',
		setup.seed === USUAL.seed ? '' : `seed ${setup.seed}`
	].filter((words) => words !== '');
	return said.length > 0 ? said.join(', ') : 'as it comes';
}

/** The sizes that pictures were made for. */
export const sizeOf = ({ size }: OwnPictures): Size => (size === SMALL_VIT.size ? 'small' : 'notebook');
