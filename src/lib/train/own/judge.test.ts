import { describe, expect, it } from 'vitest';
import { drawsOf, foldsOf } from '../../analysis/held-out';
import { accuracyOf, confusionOf, curveOf, honestWords, verdictsOf } from './judge';

const labels = [0, 0, 0, 1, 1, 1];
const classes = 2;

/** Layers that take every photo for its own class, but for those of which `wrong` says so. */
function shares(layers: number, wrong: (layer: number, photo: number) => boolean) {
	const probabilities = Array.from({ length: layers }, (_, layer) =>
		labels.flatMap((label, photo) => {
			const taken = wrong(layer, photo) ? 1 - label : label;
			return taken === 0 ? [0.75, 0.25] : [0.25, 0.75];
		})
	);
	return { probabilities: Float32Array.from(probabilities.flat()), labels, classes };
}

describe('what photos are taken for', () => {
	const folds = foldsOf(labels);
	// Layer 0 learned from all, and is never asked. Of the others, each is asked about its own photo alone.
	const verdicts = verdictsOf(
		shares(7, (layer, photo) => layer === 0 || photo === 4 || !folds[layer - 1]?.asked.includes(photo)),
		folds,
		1
	);

	it('is said by the layer that has not seen them', () => {
		expect(verdicts.map(({ photo, taken }) => [photo, taken])).toEqual(
			[0, 1, 2, 3, 4, 5].map((i) => [i, i === 4 || i < 3 ? 0 : 1])
		);
		expect(verdicts[4]).toEqual({ photo: 4, label: 1, taken: 0, share: 0.75 });
	});

	it('is counted, and laid out by class', () => {
		expect(accuracyOf(verdicts)).toMatchObject({ right: 5, all: 6, share: 5 / 6 });
		const table = confusionOf(verdicts, classes).map((row) => row.map((cell) => cell.map(({ photo }) => photo)));
		expect(table).toEqual([
			[[0, 1, 2], []],
			[[4], [3, 5]]
		]);
	});
});

describe('a learning curve', () => {
	it('is the mean over the draws of each size, of the photos that were not learned from', () => {
		const draws = drawsOf(labels);
		// With one photo a class the first draw of all gets everything wrong; with two all is right.
		const curve = curveOf(
			shares(draws.length, (layer) => layer === 0),
			draws
		);
		expect(curve).toEqual([
			{ size: 1, mean: 7 / 8, low: 0, high: 1, draws: 8 },
			{ size: 2, mean: 1, low: 1, high: 1, draws: 8 }
		]);
	});
});

describe('the words beside an accuracy', () => {
	const words = (right: number, all: number) => {
		const verdicts = Array.from({ length: all }, (_, i) => ({
			photo: i,
			label: 0,
			taken: i < right ? 0 : 1,
			share: 1
		}));
		return honestWords(accuracyOf(verdicts), 2);
	};

	it('say when luck is not ruled out, when it is known roughly, and when it is known well', () => {
		expect(words(7, 10)).toMatch(/^10 photos are too few to tell this from luck.*50 %, which is what guessing/);
		expect(words(10, 10)).toMatch(/^With 10 photos that is known only roughly.*between 72 % and 100 %/);
		expect(words(190, 200)).toMatch(/^On new photos of the same kind it is probably right between 91 % and 97 %/);
	});
});
