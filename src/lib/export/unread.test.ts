import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { useNodeBackend } from '../engine/backends/node';
import type { Edit } from '../engine/edits/edit';
import { Model, type CheckpointFiles } from '../engine/model';
import { pixelValues, timmCheckpoint } from '../engine/testing/checkpoint';
import { VARIANTS, variantCheckpoint } from '../engine/testing/variants';
import { isUnread } from '../run/shown';
import { cut, FakeEngine, model as described, photo, result } from '../run/testing';
import type { NamedArray } from '../views/family';
import { readShown } from '../views/read-shown';
import { attentionArrays } from './attention';

beforeAll(() => useNodeBackend('wasm'));
afterEach(() => vi.unstubAllGlobals());

const TAKEN: Edit = { tap: 'blocks.0.out', tokens: [0, 3, 9], do: 'keep' };

const KINDS: readonly (readonly [string, CheckpointFiles, Edit[]])[] = [
	['a ViT', timmCheckpoint(), []],
	['a run of which tokens were taken out', timmCheckpoint(), [TAKEN]],
	['a run that passes a block by', timmCheckpoint(), [{ tap: 'blocks.1', do: 'skip' }]],
	...VARIANTS.map((one): [string, CheckpointFiles, Edit[]] => [one.name, variantCheckpoint(one), []])
];

it.each(KINDS)('what a page saves of %s is the same, whether it holds it or reads it', async (_, files, edits) => {
	const model = Model.load(files);
	const trace = await model.run(pixelValues(), { edits });
	const engine = new FakeEngine();
	let reads = 0;
	const read = (names: readonly string[]) => (reads++, trace.readAll(names));
	engine.read = (_run, names) => read(names);
	const ran = { ...result(1), edits, model: { ...described('made-up'), config: model.config } };
	const saved = async (device: object, unread: boolean) => {
		vi.stubGlobal('navigator', device);
		const shown = await readShown(engine, { photo: photo('a'), crop: null, edits }, ran, cut);
		expect(isUnread(shown)).toBe(unread);
		reads = 0;
		const arrays: NamedArray[] = [];
		for await (const array of attentionArrays(shown, read)) arrays.push(array);
		return { arrays, reads };
	};
	// Of a device with so little memory that no page has room for a pattern, in GiB.
	const [whole, few] = [await saved({}, false), await saved({ deviceMemory: 1e-6 }, true)];
	expect(few.arrays).toEqual(whole.arrays);
	expect(whole.reads).toBe(0);
	expect(few.reads).toBeGreaterThan(0);
	for (const owner of [trace, model]) owner.dispose();
});
