import { siteRoot } from '../base/site';
import type { TapData } from '../engine/tap';
import { decodePhoto } from '../photo/decode';
import { takeSample } from '../photo/samples';
import type { Shown } from '../run/shown';
import type { ModelView } from '../views/model-view';
import type { Sources, Under } from '../views/making.svelte';
import type { App } from './app.svelte';

/** The last taps of all samples, and what they are of: another photo by the same model needs them again. */
let known: { readonly key: string; readonly taps: readonly TapData[][] } | null = null;

/** What the overlays of a run ask of the app that it belongs to. @param run it, or another of the same engine */
export function sourcesOf({ session, samples }: Pick<App, 'session' | 'samples'>, { result, model }: Shown): Sources {
	const { run } = result;
	return {
		read: (names, options) => session.read(run, names, options),
		gradients: (of, names, { signal, report }) => session.gradients(run, of, names, { signal, onProgress: report }),
		tried: async (edits, names, signal) =>
			(await session.aside(run, { photo: null, edits: [...result.edits, ...edits], names, signal })).taps,
		async samples(names, { signal, report }: Under) {
			// Two models of the reader's own may be called the same, and every run tells of its model anew.
			const key = JSON.stringify([model.id, model.bytes, model.config, names]);
			if (known?.key === key) return known.taps;
			const taps: TapData[][] = [];
			for (const sample of samples) {
				report({ loaded: taps.length, total: samples.length });
				const { bitmap } = await takeSample(sample, siteRoot(), decodePhoto, signal);
				try {
					const aside = await session.aside(run, { photo: bitmap, edits: [], names, signal });
					taps.push([...aside.taps]);
				} finally {
					bitmap.close();
				}
			}
			known = { key, taps };
			return taps;
		}
	};
}

/** Has what the overlay of a view draws made, and then what else the view does. Call it in an effect. @param shown what the view is of @returns how to stop */
export function makeOverlay(view: ModelView, app: Pick<App, 'session' | 'samples'>, shown: Shown | null) {
	return shown
		? view.workshop.follow([...(view.overlay.made?.() ?? []), ...view.made], sourcesOf(app, shown))
		: undefined;
}
