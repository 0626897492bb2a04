import { inSentence } from '../base/language';
import { gradientMapNames, gradientMaps, gradientMapTaps, isMapped, type GradientMap } from '../analysis/class-maps';
import { lastFew } from '../base/memo';
import { firstPatch } from '../marks/tokens';
import type { Shown } from '../run/shown';
import type { Overlay } from '../run/url';
import { outputNames } from '../worker/top-classes';
import { maximum } from './maps';
import { Making, type Workshop } from './making.svelte';
import type { OverlayEntry, OverlayHost } from './overlays';
import { formatWeight } from './words';

/** What is said of a map of one class. */
export interface ClassWords {
	readonly id: Overlay;
	readonly name: string;
	/** What each number is, and who thought of it. */
	about(): string;
	/** Whether numbers below 0 speak against it. */
	readonly isSigned?: boolean;
}

/** Where the numbers of a map of one class come from. */
export interface ClassSource {
	/** What has to be made for the chosen class; null where there is none. */
	making(): Making<unknown> | null;
	/** One a token of the grid that it lies on. */
	values(): Float32Array | null;
	/** Why there are none; empty where there are, and while nothing is shown. */
	whyNot(): string;
	/** The block on whose tokens it lies, where it follows the chosen one. */
	block?(): number | null;
}

/** That of a patch, or of what a model has in its place. @param places what these are called */
export const inputGradientWords = (place: string): ClassWords => ({
	id: 'input-gradient',
	name: 'Input × gradient of a class',
	about: () =>
		`Each pixel times how much the class would gain from more of it, summed over the ${place}: above 0 it speaks for the class, below against it (Shrikumar et al. 2016)`,
	isSigned: true
});

const WORDS: Readonly<Record<GradientMap, ClassWords>> = {
	relevance: {
		id: 'relevance',
		name: 'Relevance of a class',
		about: () =>
			'How much the class owes to each patch: attention times its gradient, kept where it speaks for the class, and passed on from block to block (Chefer et al. 2021)'
	},
	'grad-cam': {
		id: 'grad-cam',
		name: 'Grad-CAM of a class',
		about: () =>
			'Features of the patches before the last block, each weighed by how much the class would gain from it; what speaks against the class is left out (Selvaraju et al. 2017)'
	},
	'input x gradient': inputGradientWords(/* @wc-include */ 'patch')
};

const OF_CLASS: readonly GradientMap[] = ['relevance', 'grad-cam', /* @wc-ignore */ 'input x gradient'];

const NO_SEQUENCE = 'This map follows one sequence of tokens through whole patterns, and this model has no such.';
const NO_CLASSES = 'This model names no classes, so there is none to draw a map of.';

/** Why there is no class to draw a map of; empty where there is one, and while nothing is shown. */
export const whyNoClass = ({ shown, selection }: OverlayHost): string =>
	shown && selection.classIndex === null ? NO_CLASSES : '';

/** Maps of what counts for one class, by its gradients in the real run, of one sequence of tokens. */
export function classOverlays(host: OverlayHost): OverlayEntry[] {
	const known = lastFew<Making<Readonly<Record<GradientMap, Float32Array>>>>(3);
	const whyNot = (): string => {
		const { config } = host.shown?.model ?? {};
		return config && !isMapped(config) ? NO_SEQUENCE : whyNoClass(host);
	};
	const making = () => {
		const { shown, selection } = host;
		const { classIndex: index } = selection;
		if (!shown || index === null || whyNot()) return null;
		return known(String(index), () => mapsOfClass(host.workshop, shown, index));
	};
	return OF_CLASS.map((map) =>
		classOverlay(host, WORDS[map], { making, whyNot, values: () => making()?.value?.[map] ?? null })
	);
}

/** The entry of a map of one class. */
export function classOverlay(host: OverlayHost, words: ClassWords, source: ClassSource): OverlayEntry {
	const { id, name, about, isSigned = false } = words;
	const { values, whyNot, block } = source;
	return {
		id,
		name,
		title: () => {
			const at = block?.();
			return `${name.replace('a class', className(host))}${at == null ? '' : `, ${inSentence(host.blockName(at))}`}`;
		},
		made: () => [source.making()].filter((making) => making !== null),
		...(block && { block, followsBlock: true }),
		values,
		domain: (values) => {
			const most = maximum(values.map(Math.abs)) || 1;
			return [isSigned ? -most : 0, most];
		},
		sentence: () => whyNot() || `${about()}. A scale of its own.`,
		alpha: isSigned ? 'opaque' : 'ramp',
		isSigned,
		say: (token, name) => {
			const value = values()?.[token - firstPatch(host.grid)];
			return value === undefined ? name : `${name}: ${formatWeight(value)}`;
		}
	};
}

/** `“tabby”`, or the number of a class without a name. */
export function className({ shown, selection }: Pick<OverlayHost, 'shown' | 'selection'>): string {
	const { classIndex } = selection;
	if (classIndex === null) return 'a class';
	const label = shown && outputNames(shown.model.labels, shown.model.config)[classIndex];
	return label === undefined || label === null ? 'a class' : /* @wc-include */ `“${label}”`;
}

/** The maps of a class in a run, from its gradients. */
function mapsOfClass(
	workshop: Workshop,
	{ model: { config } }: Shown,
	index: number
): Making<Record<GradientMap, Float32Array>> {
	return new Making(
		workshop,
		'Following the class back through the blocks',
		async ({ read, gradients }, work) => {
			const [values, byTap] = await Promise.all([
				read(gradientMapTaps(config), work),
				gradients(index, gradientMapNames(config), work)
			]);
			return gradientMaps({ values, gradients: byTap }, config);
		},
		/* @wc-include */ 'blocks'
	);
}

/** Classes to choose from: those that the model names first, and the one that is chosen. */
export function classChoices({ model, result }: Shown, chosen: number | null): { value: number; label: string }[] {
	const names = outputNames(model.labels, model.config);
	const first = result.top.map(({ index }) => index);
	const all = chosen === null || first.includes(chosen) ? first : [...first, chosen];
	return all.map((value) => ({ value, label: names[value] ?? '' }));
}
