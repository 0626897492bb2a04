import type { Component } from 'svelte';
import { render } from 'svelte/server';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { meanOverWindowHeads } from '../analysis/window-attention';
import type { App } from '../app/app.svelte';
import { chapters } from '../content/index.server';
import { parameterSpecs, tapSpecs, transformerBlocks, type ModelConfig } from '../engine/families';
import type * as engineFamilies from '../engine/families';
import { blocksOf, type SwinConfig } from '../engine/swin/config';
import { random } from '../engine/testing/checkpoint';
import { drawCapabilities, MADE_UP, madeUpConfig, madeUpTap, type Capabilities } from '../engine/testing/made-up';
import { SMALL_CONFIG } from '../engine/testing/small';
import type { Attributes } from '../figures/figure';
import { blockTokens } from '../figures/kit/block-tokens';
import { smallRun } from '../figures/kit/testing';
import { needsOf } from '../figures/kit/ways';
import { stopIn } from '../figures/kit/where';
import { placeOf } from '../marks/tokens';
import type { Shown } from '../run/shown';
import { result } from '../run/testing';
import type * as viewFamilies from '../views/families';
import { madeUpRun } from '../views/testing/made-up.svelte';
import { weightsInWindows, windowTap, type ShownWindows } from '../views/windows/patterns';
import { differences } from './differs';
import FigureFrame from './FigureFrame.svelte';
import { FIGURES } from './figures';
import { Lesson, type Scene } from './lesson.svelte';
import { scenesOf } from './scenes';

/** The family is on the lists here, and nowhere else. */
vi.mock('../engine/families', async (original) => {
	const { listed } = await import('../engine/testing/made-up');
	return listed(await original<typeof engineFamilies>());
});
vi.mock('../views/families', async (original) => {
	const actual = await original<typeof viewFamilies>();
	const { isMadeUp } = await import('../engine/testing/made-up');
	const { madeUpViewFamily } = await import('../views/testing/made-up.svelte');
	const viewFamilyOf = (config: ModelConfig) => (isMadeUp(config) ? madeUpViewFamily : actual.viewFamilyOf(config));
	return { ...actual, viewFamilyOf };
});

/** As on a server: all of the markup, with the numbers in it. Canvases stay empty. */
const COMPONENTS = import.meta.glob<{ default: Component<Record<string, unknown>> }>('../figures/*/Figure.svelte', {
	eager: true
});
const SPECIMENS = import.meta.glob<{ specimens: readonly Attributes[] }>('../figures/*/specimens.ts', { eager: true });

/** What each sentence says of a model, which must be so. */
const SAYS: readonly (readonly [sentence: RegExp, isTrue: (of: Capabilities) => boolean])[] = [
	[/^attends in windows,/, ({ has }) => has.includes('windows')],
	[/^has no attention between all of its tokens,/, ({ has }) => !has.includes('patterns')],
	[/^does not keep one sequence of tokens/, ({ has }) => !has.includes('sequence')],
	[/^is not made of blocks with attention and a feed-forward/, ({ has }) => !has.includes('blocks')],
	[/^has no CLS token,/, ({ prefix }) => prefix[0] !== 'CLS'],
	[/^adds no learned positions/, ({ has }) => !has.includes('positions')],
	[/^does not cut the photo into whole patches,/, ({ has }) => !has.includes('patches')],
	[/^does not make its embeddings by one product/, ({ has }) => !has.includes('projection')]
];

/** Predictions whose answers need the engine; they are tested with their figures. */
const RUNS_THE_MODEL = ['pipeline', 'positions', 'embedding-space'];

/** What a number becomes that could not be computed. */
const NO_NUMBER = /\b(NaN|undefined|Infinity|null)\b/;

function canvas() {
	const context = { drawImage: () => undefined, putImageData: () => undefined };
	return { width: 1, height: 1, getContext: () => context };
}

beforeEach(() => {
	vi.stubGlobal('location', new URL('https://example.org/'));
	vi.stubGlobal('document', { createElement: canvas });
	vi.stubGlobal('ImageData', Array);
});

/** Made-up values for every tap and parameter of a model, the same whenever they are read. */
function valuesOf(config: ModelConfig, next: () => number) {
	const specs = new Map([...tapSpecs(config), ...parameterSpecs(config)].map((spec) => [spec.name, spec]));
	const made = new Map<string, ReturnType<typeof madeUpTap>>();
	return (names: readonly string[]) => {
		const taps = names.map((name) => {
			const tap = made.get(name) ?? madeUpTap(specs.get(name) ?? expect.fail(`There is no '${name}'.`), next);
			made.set(name, tap);
			return tap;
		});
		return Promise.resolve(taps);
	};
}

/** A run of a made-up network, with the attention of its windows where it has some. */
async function shownOf(made: Capabilities, config: ModelConfig, next: () => number): Promise<Shown> {
	const [height, width] = config.imageSize;
	const vector = config.scores === 'vector' ? Float32Array.from({ length: 4 }, next) : null;
	const top = vector ? [] : ['a', 'b', 'c'].map((label, index) => ({ index, label, score: 0.5 - 0.1 * index }));
	const seen = { width, height, data: new Uint8ClampedArray(4 * width * height) };
	const model = { ...result(1).model, id: MADE_UP, config };
	const layers = made.has.includes('windows') ? await windowsOf(config as SwinConfig, next) : [];
	return { ...madeUpRun(made, next), model, result: { ...result(1), model, top, vector, seen }, layers };
}

async function windowsOf(config: SwinConfig, next: () => number): Promise<ShownWindows[]> {
	const taps = await valuesOf(config, next)(blocksOf(config).map(windowTap));
	return weightsInWindows(taps, config).map((heads) => ({ heads, mean: meanOverWindowHeads(heads) }));
}

/** The lesson while a run is shown, or before there is any. */
function lessonOf(shown: Shown | null, next: () => number, recorded = true): Lesson {
	const values = shown && valuesOf(shown.model.config, next);
	// What is tried aside is answered as the run itself was.
	const aside = () => Promise.resolve({ ...shown?.result, taps: [] });
	const session = { shown, aside, read: (_: number, names: readonly string[]) => values?.(names) };
	const lesson = new Lesson({ session } as unknown as App);
	const run = { ...smallRun(SMALL_CONFIG, [{ index: 1, label: 'b', score: 0.5 }]), recorded: true };
	const seen = { width: 12, height: 8, data: new Uint8ClampedArray(4 * 12 * 8) };
	const picture = { width: 12, height: 8, close: () => undefined };
	if (recorded) lesson.use({ run: { ...run, seen, picture }, files: [], read: valuesOf(SMALL_CONFIG, next) });
	return lesson;
}

/** Draws what the lesson shows, and gives its text. */
async function draw({ wanted, reading, state, own }: Lesson, figure: string): Promise<string> {
	const drawing = COMPONENTS[`../figures/${figure}/Figure.svelte`]?.default;
	if (!wanted || !reading || !drawing) return expect.fail(`There is nothing to draw ${figure} from.`);
	const tap = await wanted.taps.load(wanted.names);
	const { body } = render(drawing, { props: { run: reading.run, state, tap, set: () => undefined, own } });
	return body.replace(/<!--.*?-->|<[^>]*>/gs, ' ').trim();
}

const CHAPTERS = await chapters();

/** Every state that a step or prediction asks for, or the gallery. */
const SCENES: readonly Scene[] = [
	...CHAPTERS.flatMap(scenesOf),
	...Object.entries(SPECIMENS).flatMap(([path, { specimens }]) =>
		specimens.map((attributes, i) => {
			const figure = path.split('/').at(-2) ?? '';
			return { id: `specimen-${i}`, figure, attributes, tap: 'embeddings', covered: false };
		})
	)
];

/** Every prediction, as its chapter asks it and in every other state of its figure. */
const PREDICTIONS = SCENES.flatMap(({ id, figure, attributes }) => {
	const asked = RUNS_THE_MODEL.includes(figure) ? [] : Object.keys(FIGURES.get(figure)?.reveals ?? {});
	return asked.map((reveal) => ({ id: `${id}-${reveal}`, figure, attributes, reveal }));
});

/** How often each figure was drawn from a made-up network, and how often from the recorded run in its place. */
const counts = new Map([...FIGURES.keys()].map((name) => [name, { live: 0, recorded: 0 }]));

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);

describe.each(SEEDS)('the lesson with a made-up family, %i', (seed) => {
	const from = random(seed + 1);
	/** In [0, 1). */
	const next = () => (from() + 1) / 2;
	const made = drawCapabilities(next);
	const config = madeUpConfig(made);

	/** Whether exactly one sentence is known to say this, and is true. */
	const isTrue = (why: string) => SAYS.filter(([sentence]) => sentence.test(why)).map(([, holds]) => holds(made));

	it('draws every figure in every state of the chapters, or says truly why not', async () => {
		const lesson = lessonOf(await shownOf(made, config, next), next);
		for (const scene of SCENES) {
			const where = `${scene.figure}#${scene.id}`;
			lesson.show(scene);
			const { unfit, reading, told } = lesson;
			expect(reading?.run.recorded, where).toBe(unfit !== null);
			expect(told?.run.model.config.depth, where).toBeGreaterThan(0);
			const count = counts.get(scene.figure);
			if (count) count[unfit ? 'recorded' : 'live']++;
			if (unfit) expect(isTrue(unfit.why), `${where} ${unfit.why}`).toEqual([true]);
			// The recorded run is drawn below, where it is the only one.
			if (unfit) continue;
			const text = await draw(lesson, scene.figure);
			expect(text, where).not.toBe('');
			expect(text, where).not.toMatch(NO_NUMBER);
		}
	});

	it('knows where the reader is', async () => {
		const lesson = lessonOf(await shownOf(made, config, next), next);
		for (const scene of SCENES) {
			lesson.show(scene);
			const { focus, reading } = lesson;
			if (focus === null || !reading) continue;
			const blocks = reading.run.recorded ? SMALL_CONFIG.depth : made.stages.reduce((sum, of) => sum + of.blocks, 0);
			const stop = stopIn(reading.run.model.config, focus);
			expect(stop).toMatch(/^(photo|patches|embeddings|head|block-\d+)$/);
			expect(Number(/\d+$/.exec(stop)?.[0] ?? 0)).toBeLessThan(blocks);
		}
		expect(lesson.focus).not.toBe('');
	});

	it('answers its predictions, or lets the recorded run answer', async () => {
		const lesson = lessonOf(await shownOf(made, config, next), next);
		for (const prediction of PREDICTIONS) {
			const { choice, sentence } = await lesson.reveal(prediction);
			expect(sentence, prediction.id).not.toMatch(NO_NUMBER);
			const none =
				/names no classes|no class can come first|one class only|None of these|has no other|cuts the photo into/;
			if (choice === null) expect(sentence).toMatch(none);
		}
	});

	it('finds each patch again in the token that lies over its middle, through all stages', () => {
		const [{ rows, columns }] = made.stages;
		const first = Math.max(1, made.prefix.length);
		const staged = made.has.includes('sequence') ? [] : transformerBlocks(config);
		const lost = staged.flatMap(({ cell }, block) =>
			Array.from({ length: rows * columns }, (_, patch) => patch).filter((patch) => {
				const { token, grid, choiceOf } = blockTokens(config, block, first + patch);
				const place = placeOf(token, grid);
				const liesIn = (at: number, patchAt: number, end: number) => {
					const middle = (patchAt + 0.5) * config.patchSize;
					return at * cell <= middle && (middle < (at + 1) * cell || at === end - 1);
				};
				if (!place || choiceOf(token) !== first + patch) return true;
				const down = liesIn(place.row, Math.floor(patch / columns), grid.rows);
				return !down || !liesIn(place.column, patch % columns, grid.columns);
			})
		);
		expect(lost).toEqual([]);
	});

	it('says what is otherwise, and why nothing is drawn while there is no recording', async () => {
		expect(differences(config)[0]).toBe('it is made up');
		const lesson = lessonOf(await shownOf(made, config, next), next, false);
		for (const scene of SCENES) {
			lesson.show(scene);
			const { unfit } = lesson;
			const { body } = render(FigureFrame, { props: { lesson } });
			expect(body.includes(unfit?.why ?? 'The figure appears'), scene.figure).toBe(true);
		}
	});
});

describe('what takes its place', () => {
	it.each([...FIGURES.keys()])('%s is drawn from the recorded run', async (name) => {
		const from = random(1);
		const lesson = lessonOf(null, () => (from() + 1) / 2);
		for (const scene of SCENES.filter(({ figure }) => figure === name)) {
			lesson.show(scene);
			expect(lesson.reading?.run.recorded).toBe(true);
			const text = await draw(lesson, name);
			expect(text, scene.id).not.toBe('');
			expect(text, scene.id).not.toMatch(NO_NUMBER);
		}
	});
});

// Of a figure that no seed ever drew, nothing would be proved.
it('each figure is drawn from some of them, and is not from others if it needs anything', () => {
	for (const [name, { live, recorded }] of counts) {
		expect(live, `${name} is drawn`).toBeGreaterThan(0);
		const states = SCENES.filter(({ figure }) => figure === name);
		const isOfAny = states.every(({ attributes }) => {
			const figure = FIGURES.get(name) ?? expect.fail(name);
			return needsOf(figure, figure.parse(attributes)).length === 0;
		});
		expect(recorded > 0, `${name} is not drawn`).toBe(!isOfAny);
	}
});
