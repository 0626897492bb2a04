import type { FigureRun, Tap } from '../figure';
import { outputNames } from '../../worker/top-classes';
import { isSame, KINDS, levelOf, LEVELS, within, type Cell, type Level } from './cells';
import { cellIn, figure, placeOf, type MachineState, type Place } from './figure';
import type { Naming } from './names';

/** What one picture of the machine is drawn from. Everything in it belongs together. */
export interface Scene {
	readonly state: MachineState;
	readonly view: Level;
	readonly run: FigureRun;
	readonly tap: Tap;
	readonly place: Place;
	/** The number that is taken apart; null at the other levels. */
	readonly cell: Cell | null;
	readonly trail: readonly Cell[];
}

export function sceneOf(run: FigureRun, state: MachineState, tap: Tap): Scene {
	const { config } = run.model;
	const cell = state.view === 'number' ? cellIn(config, state, tap) : null;
	return { state, view: state.view, run, tap, place: placeOf(config, state), cell, trail: state.trail };
}

export const namingOf = ({ model: { config, labels } }: FigureRun): Naming => ({
	config,
	outputs: outputNames(labels, config)
});

/** Whether two scenes are one place, so that nothing need fly: other blocks and heads are looked at in place. */
export const isSamePlace = (a: Scene, b: Scene): boolean =>
	a.view === b.view && (a.cell === null || b.cell === null ? a.cell === b.cell : isSame(a.cell, b.cell));

export const depthOf = (view: Level): number => LEVELS.indexOf(view);

type Inside = Pick<Scene, 'view' | 'cell' | 'run' | 'state'>;

/** What enters the first block are the embeddings: whoever has come to them by that block's own part is still inside of it. */
const isEntering = ({ cell, state }: Pick<Scene, 'cell' | 'state'>): boolean =>
	cell?.of === 'embedding' && state.of === 'stream';

/** The level of the number that is taken apart, or that of the picture. */
function levelIn({ view, cell, run, state }: Inside): Level {
	if (!cell) return view;
	return isEntering({ cell, state }) ? 'block' : levelOf(cell, run.model.config);
}

/** What a scene is inside of, from the model on. */
export function levelsAbove(scene: Inside): Level[] {
	const { cell } = scene;
	const innermost = levelIn(scene);
	return LEVELS.slice(0, depthOf(innermost) + Number(cell !== null));
}

/** The level that one comes to from a scene by going out, of those that the run has; null at the top. */
export const outOf = (scene: Inside): Level | null =>
	levelsAbove(scene).findLast((view) => opens(scene, { view })) ?? null;

/** The parts of the whole model in which numbers lie that have no part of their own there. */
const IN_MODEL: Partial<Record<Cell['of'], string>> = {
	patch_embed: 'embedding',
	stream: 'answer',
	final: 'answer',
	logit: 'answer',
	probability: 'answer'
};

/** The part of a less deep picture in which a scene lies: what its part is marked with there. */
export function landmark(outer: Level, scene: Inside & Pick<Scene, 'place'>): string {
	const { cell, place } = scene;
	const inside = levelIn(scene);
	if (outer === 'model' && inside !== 'model') return `block-${place.block}`;
	if (outer === 'block' && (inside === 'head' || cell === null)) return `head-${place.head}`;
	if (!cell) return 'pattern';
	if (outer === 'block' && isEntering(scene)) return 'stream';
	return (outer === 'model' && IN_MODEL[cell.of]) || cell.of;
}

/** A part of the way down, as the line above the picture names it. */
export interface Crumb {
	readonly view: Level;
	readonly name: string;
}

/** The way from the model to what is shown, itself the last. */
export function crumbsOf(scene: Scene, nameOf: (cell: Cell) => string): Crumb[] {
	const { view, cell, place } = scene;
	const names = { model: 'Model', block: `Block ${place.block + 1}`, head: `Head ${place.head + 1}` };
	const above = levelsAbove(scene).flatMap((of) => (of === 'number' ? [] : [{ view: of, name: names[of] }]));
	const own = cell ? nameOf(cell) : view === 'number' ? KINDS.pattern[1] : names[view];
	return [...above, { view, name: own }];
}

/** Whether a run has what a change leads to: a recorded one has only some of it. */
export function opens({ run, state }: Pick<Scene, 'run' | 'state'>, change: Partial<MachineState>): boolean {
	const { kept, model } = run;
	return !kept || figure.taps(model.config, { ...state, ...change }).every((name) => kept.has(name));
}

/** What leads to a change, where that can be made. */
export const opener = (
	scene: Scene,
	set: (change: Partial<MachineState>) => void,
	change: Partial<MachineState>
): (() => void) | null => (opens(scene, change) ? () => set(change) : null);

const INSIDE: Record<Level, Partial<MachineState> | null> = {
	model: { view: 'block' },
	block: { view: 'head' },
	head: walkTo({ of: 'pattern' }, []),
	number: null
};

/**
 * What a reader comes to by going in without choosing: the block, its head, or the largest share of the query. Null where
 * there is nothing further in, or nothing that was recorded.
 */
export function insideOf(scene: Pick<Scene, 'view' | 'run' | 'state'>): Partial<MachineState> | null {
	const change = INSIDE[scene.view];
	return change && opens(scene, change) ? change : null;
}

/** The blocks that a reader may choose where this level, or at the top a block, is looked at: all, or those recorded. */
export function blocksOf(scene: Pick<Scene, 'view' | 'run' | 'state'>): number[] {
	const view = scene.view === 'head' ? 'head' : 'block';
	const all = Array.from({ length: scene.run.model.config.depth }, (_, block) => block);
	return all.filter((block) => opens(scene, { view, block }));
}

/** The change of state that leads to a number. */
export function walkTo(to: Partial<Cell>, trail: readonly Cell[]): Partial<MachineState> {
	return { view: 'number', row: null, column: 'largest', ...to, trail };
}

/** The next number of the same row, or the one before it; null past its ends. */
export function besideOf({ config }: Naming, cell: Cell, by: 1 | -1): Cell | null {
	const beside = { ...cell, column: cell.column + by };
	return isSame(beside, within(config, beside)) ? beside : null;
}

/** Numbers that were walked through are remembered, so many of them. */
const REMEMBERED = 24;

/** Walks on from a number to another, and remembers the first. */
export function walkOn(from: Cell, to: Cell, trail: readonly Cell[]): Partial<MachineState> {
	return walkTo(to, [...trail, from].slice(-REMEMBERED));
}
