import type { AnyFigure, FigureComponent } from '../figures/figure';

const definitions = import.meta.glob<{ figure: AnyFigure }>('../figures/*/figure.ts', { eager: true });
const components = import.meta.glob<{ default: FigureComponent }>('../figures/*/Figure.svelte');

/** The pure part of every figure, by its name. */
export const FIGURES: ReadonlyMap<string, AnyFigure> = new Map(
	Object.entries(definitions).map(([path, { figure }]) => {
		const folder = path.split('/').at(-2);
		if (figure.name !== folder) throw new Error(`The figure in the folder '${folder}' calls itself '${figure.name}'.`);
		return [figure.name, figure];
	})
);

/** @throws Error for a name that no folder has; the build has checked those of the prose */
export function figureNamed(name: string): AnyFigure {
	const figure = FIGURES.get(name);
	if (!figure) throw new Error(`There is no figure named '${name}'.`);
	return figure;
}

/** Fetches the drawing part of a figure. */
export async function loadFigure(name: string): Promise<FigureComponent> {
	const load = components[`../figures/${name}/Figure.svelte`];
	if (!load) throw new Error(`The figure '${name}' has no Figure.svelte.`);
	return (await load()).default;
}
