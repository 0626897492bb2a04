import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../../src/lib/engine/backends/node';
import { readSafetensors, toFloat32 } from '../../src/lib/engine/checkpoint/safetensors';
import type { Edit, Tokens } from '../../src/lib/engine/edits/edit';
import { parseEdits } from '../../src/lib/engine/edits/parse';
import { Model } from '../../src/lib/engine/model';
import type { Trace } from '../../src/lib/engine/trace';
import { checkpointIn } from './cases';
import { hasShared, SHARED, sharedBytes } from './recorded';

const FOLDER = 'parity/real-vit-tiny-edits';
const PATCHES = 196;
const SIDE = 14;

/** An edit in the words of the recording. */
interface Recorded {
	readonly tap: string;
	readonly do: string;
	readonly head?: number;
	readonly token?: number;
	readonly tokens?: Tokens;
	readonly order?: number[];
	readonly by?: number;
	readonly of?: string;
	readonly patch?: Readonly<Record<string, number>>;
	readonly patches?: number[];
}

interface Case {
	readonly id: string;
	readonly edit: readonly Recorded[];
}

const tokensOf = (patches: readonly number[] = []) => patches.map((patch) => patch + 1);
const TRANSPOSED = Array.from({ length: PATCHES }, (_, i) => (i % SIDE) * SIDE + Math.floor(i / SIDE));

/**
 * The recording's forms and ours, one line each; `other` is the run of the other photo.
 * @returns null for a form that is not known, which fails
 */
function ours(one: Recorded, photo: string): Edit[] | null {
	const { tap } = one;
	const tokens = one.tokens === undefined ? {} : { tokens: one.tokens };
	const head = one.head === undefined ? {} : { head: one.head };
	const forms: Record<string, () => Edit[]> = {
		'positions zero': () => [{ tap: 'parameters.pos_embed', do: 'zero', ...tokens }],
		'positions transpose': () => [{ tap: 'parameters.pos_embed', do: 'permute', order: TRANSPOSED, ...tokens }],
		'patch_embed permute': () => [{ tap, do: 'permute', order: one.order ?? [] }],
		'embeddings permute': () => [{ tap, do: 'permute', order: one.order ?? [], ...tokens }],
		'cls zero': () => [{ tap: 'parameters.cls_token', do: 'zero' }],
		'cls mean-of': () => [{ tap: 'parameters.cls_token', do: 'mean', over: 'tokens', of: { tap: one.of ?? '' } }],
		'blocks.N skip': () => [{ tap, do: 'skip' }],
		'blocks.N.attn.out zero': () => [{ tap, do: 'zero' }],
		'blocks.N.mlp.out zero': () => [{ tap, do: 'zero' }],
		'blocks.N.attn.head_out zero': () => [{ tap, do: 'zero', ...head }],
		'blocks.N.attn.head_out mean-over-photos': () => [{ tap, do: 'mean', over: 'photos', runs: ['other'], ...head }],
		'blocks.N.attn.weights uniform': () => [{ tap, do: 'uniform' }],
		'blocks.N.attn.scores divide': () => [{ tap, do: 'scale', by: 1 / (one.by ?? NaN) }],
		// A score so low leaves a key a weight of exactly 0; the softmax shares the rest among the others.
		'blocks.N.attn.weights hide-key': () => [
			{ tap: tap.replace('weights', 'scores'), keys: one.token ?? -1, do: 'set', to: -1e30 }
		],
		'blocks.N.value zero': () => [{ tap, do: 'zero', tokens: one.token ?? -1 }],
		'embeddings keep': () => [{ tap, do: 'keep', tokens: ['cls', ...tokensOf(one.patches)] }],
		'pixel_values zero': () => [{ tap, do: 'zero', tokens: tokensOf(one.patches) }],
		'blocks.N.out replace-by-other-photo': () => [{ tap, do: 'replace', run: 'other', tokens: one.token ?? -1 }],
		// A head that reads CLS reads the mean where that has taken the place of CLS.
		'pooled mean-of': () => [
			{ tap: one.of ?? '', tokens: 'cls', do: 'mean', over: 'tokens', of: { tokens: 'patches' } }
		],
		'blocks.N.out mean-of-other-patches': () => {
			const patch = one.patch?.[photo] ?? -1;
			const others = Array.from({ length: PATCHES }, (_, i) => i).filter((i) => i !== patch);
			return [{ tap, tokens: patch + 1, do: 'mean', over: 'tokens', of: { tokens: tokensOf(others) } }];
		}
	};
	return forms[`${one.tap.replace(/blocks\.(\d+|\*)/, 'blocks.N')} ${one.do}`]?.() ?? null;
}

describe.runIf(hasShared(FOLDER) && hasShared('models/vit-tiny'))('edits of the real ViT-Tiny', () => {
	const { edits: cases, photos } = hasShared(FOLDER)
		? (JSON.parse(readFileSync(`${SHARED}${FOLDER}/edits.json`, 'utf8')) as { edits: Case[]; photos: string[] })
		: { edits: [], photos: [] };
	let model: Model;
	let expected: ReturnType<typeof readSafetensors>;
	const pixels = new Map<string, Float32Array>();
	const untouched = new Map<string, Trace>();

	beforeAll(async () => {
		await useNodeBackend('wasm');
		model = Model.load(await checkpointIn('models/vit-tiny'));
		expected = readSafetensors(await sharedBytes(`${FOLDER}/expected.safetensors`));
		for (const photo of photos) {
			const recorded = readSafetensors(await sharedBytes(`parity/real-vit-tiny/${photo}.safetensors`));
			const own = recorded.get('pixel_values');
			if (own) pixels.set(photo, toFloat32(own));
			untouched.set(photo, await model.run(pixels.get(photo) ?? new Float32Array()));
		}
		return () => {
			for (const owner of [...untouched.values(), model]) owner.dispose();
		};
	});

	/** What a run says, and CLS's row of the last pattern, mean over the heads. */
	async function measured(trace: Trace): Promise<{ logits: Float32Array; pattern: number[] | null }> {
		const { data: logits } = await trace.read('logits');
		if (!trace.names.includes('blocks.11.attn.pattern')) return { logits, pattern: null };
		const { data, shape } = await trace.read('blocks.11.attn.pattern');
		const [, heads = 0, n = 0] = shape;
		const mean = (key: number) =>
			Array.from({ length: heads }, (_, head) => data[head * n * n + key] ?? NaN).reduce((a, b) => a + b, 0) / heads;
		return { logits, pattern: Array.from({ length: n }, (_, key) => mean(key)) };
	}

	/** The largest difference, of the largest number of the recording. */
	function gap(got: ArrayLike<number>, name: string): number {
		const stored = expected.get(name);
		const truth = stored ? [...toFloat32(stored)] : [];
		expect(got.length, name).toBe(truth.length);
		return Math.max(...truth.map((v, i) => Math.abs(v - (got[i] ?? NaN)))) / Math.max(...truth.map(Math.abs));
	}

	it('are all in the table', () => {
		expect(cases.filter(({ edit }) => edit.length > 0)).toHaveLength(27);
		for (const { id, edit } of cases) for (const one of edit) expect(ours(one, photos[0] ?? ''), id).not.toBeNull();
	});

	it.each(cases.flatMap(({ id, edit }) => photos.map((photo) => ({ id, edit, photo }))))(
		'$id gives PyTorch’s logits and pattern for $photo',
		async ({ id, edit, photo }) => {
			const other = photos.find((one) => one !== photo) ?? '';
			const runs = new Map([...untouched].filter(([name]) => name === other).map(([, trace]) => ['other', trace]));
			const edits = parseEdits(JSON.parse(JSON.stringify(edit.flatMap((one) => ours(one, photo) ?? []))));
			const taps = (name: string) => name === 'logits' || name === 'blocks.11.attn.pattern';
			const begun = untouched.get(photo);
			for (const from of begun ? [{ untouched: begun }, {}] : []) {
				const trace = await model.run(pixels.get(photo) ?? new Float32Array(), { edits, runs, taps, ...from });
				const { logits, pattern } = await measured(trace);
				trace.dispose();
				expect(gap(logits, `${id}.${photo}.logits`)).toBeLessThan(1e-4);
				expect(pattern === null).toBe(id === 'block-11-skipped');
				if (pattern) expect(gap(pattern, `${id}.${photo}.pattern11`)).toBeLessThan(1e-4);
			}
		}
	);
});
