import type { Stage, StageComponent } from '../figures/kit/figure';

const definitions = import.meta.glob<{ stage: Stage }>('../figures/*/figure.ts', { eager: true });
const components = import.meta.glob<{ default: StageComponent }>('../figures/*/Figure.svelte');

/** The pure part of every figure, by its name. */
export const STAGES: ReadonlyMap<string, Stage> = new Map(
	Object.entries(definitions).map(([path, { stage }]) => {
		const folder = path.split('/').at(-2);
		if (stage.name !== folder) throw new Error(`The stage in the folder '${folder}' calls itself '${stage.name}'.`);
		return [stage.name, stage];
	})
);

/** @throws Error for a name that no folder has; the build has checked those of the prose */
export function stageNamed(name: string): Stage {
	const stage = STAGES.get(name);
	if (!stage) throw new Error(`There is no stage named '${name}'.`);
	return stage;
}

/** Fetches the drawing part of a figure. */
export async function loadStage(name: string): Promise<StageComponent> {
	const load = components[`../figures/${name}/Figure.svelte`];
	if (!load) throw new Error(`The stage '${name}' has no Stage.svelte.`);
	return (await load()).default;
}
