import { classMaps, classMapTaps, isMapped, type ClassMap } from '../analysis/class-maps';
import type { ModelConfig } from '../engine/families';
import { lastFew } from '../base/memo';
import { firstPatch } from '../marks/tokens';
import type { Shown } from '../run/shown';
import type { Overlay } from '../run/url';
import { outputNames } from '../worker/top-classes';
import { maximum } from './maps';
import { Making, type Workshop } from './making.svelte';
import type { OverlayEntry, OverlayHost } from './overlays';
import { formatWeight } from './words';

type OfClass = 'relevance' | 'grad-cam' | 'input x gradient';

/** What is said of each map of one class. */
interface Words {
	readonly id: Overlay;
	readonly name: string;
	/** What each number is, and who thought of it. */
	readonly about: string;
	/** Whether numbers below 0 speak against it. */
	readonly isSigned?: boolean;
}

const WORDS: Readonly<Record<OfClass, Words>> = {
	relevance: {
		id: 'relevance',
		name: 'Relevance of a class',
		about:
			'How much the class owes to each patch: attention times its gradient, kept where it speaks for the class, and passed on from block to block (Chefer et al. 2021)'
	},
	'grad-cam': {
		id: 'grad-cam',
		name: 'Grad-CAM of a class',
		about:
			'Features of the patches before the last block, each weighed by how much the class would gain from it; what speaks against the class is left out (Selvaraju et al. 2017)'
	},
	'input x gradient': {
		id: 'input-gradient',
		name: 'Input × gradient of a class',
		about:
			'Each pixel times how much the class would gain from more of it, summed over the patch: above 0 it speaks for the class, below against it (Shrikumar et al. 2016)',
		isSigned: true
	}
};

const OF_CLASS: readonly OfClass[] = ['relevance', 'grad-cam', 'input x gradient'];

const NO_SEQUENCE = 'This map follows one sequence of tokens through whole patterns, and this model has no such.';
const NO_CLASSES = 'This model names no classes, so there is none to draw a map of.';

/** Maps of what counts for one class, by its gradients in the real run. */
export function classOverlays(host: OverlayHost): OverlayEntry[] {
	const known = lastFew<Maps>(3);
	const whyNot = (): string => {
		const { config } = host.shown?.model ?? {};
		if (!config) return '';
		if (!isMapped(config)) return NO_SEQUENCE;
		return host.selection.classIndex === null ? NO_CLASSES : '';
	};
	const maps = () => {
		const { shown, selection } = host;
		const { classIndex: index } = selection;
		if (!shown || index === null || whyNot()) return null;
		return known(String(index), () => mapsOfClass(host.workshop, shown.model.config, index));
	};
	return OF_CLASS.map((map) => entryOf(host, map, maps, whyNot));
}

type Maps = Making<Record<ClassMap, Float32Array>>;

function entryOf(host: OverlayHost, map: OfClass, maps: () => Maps | null, whyNot: () => string): OverlayEntry {
	const { id, name, about, isSigned = false } = WORDS[map];
	const values = () => maps()?.value?.[map] ?? null;
	return {
		id,
		name,
		title: () => name.replace('a class', className(host)),
		made: () => [maps()].filter((making) => making !== null),
		values,
		domain: (values) => {
			const most = maximum(values.map(Math.abs)) || 1;
			return [isSigned ? -most : 0, most];
		},
		sentence: () => whyNot() || `${about}. A scale of its own.`,
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
	return label === undefined || label === null ? 'a class' : `“${label}”`;
}

/** The maps of a class in a run, from its gradients. */
function mapsOfClass(workshop: Workshop, config: ModelConfig, index: number): Maps {
	const names = classMapTaps(config);
	return new Making(
		workshop,
		'Following the class back through the blocks',
		async ({ read, gradients }, { signal, pause }) => {
			const [values, byTap] = await Promise.all([read(names), gradients(index, names, signal)]);
			return classMaps({ values, gradients: byTap }, config, pause);
		}
	);
}

/** Classes to choose from: those that the model names first, and the one that is chosen. */
export function classChoices({ model, result }: Shown, chosen: number | null): { value: number; label: string }[] {
	const names = outputNames(model.labels, model.config);
	const first = result.top.map(({ index }) => index);
	const all = chosen === null || first.includes(chosen) ? first : [...first, chosen];
	return all.map((value) => ({ value, label: names[value] ?? '' }));
}
