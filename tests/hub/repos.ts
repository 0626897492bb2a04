import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeSafetensors, type TensorToWrite } from '../../src/lib/engine/checkpoint/safetensors';
import { timmCheckpoint, timmTensors } from '../../src/lib/engine/testing/checkpoint';
import type { CheckpointFiles } from '../../src/lib/engine/model';
import {
	clipModel,
	dino3Checkpoint,
	DINO3_VARIANTS,
	SIGLIP_VARIANT,
	towerCheckpoint
} from '../../src/lib/engine/testing/towers';
import { SHARED } from '../parity/recorded';
import { makeFolder } from './folders';

const { config } = timmCheckpoint();
const tensors = timmTensors();
const file = (some: readonly TensorToWrite[]): Uint8Array => writeSafetensors(some);

/** A checkpoint cut into two parts, as the hub's large ones are. */
function inParts(): Record<string, unknown> {
	const half = tensors.length >> 1;
	const names = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'];
	const place = (i: number) => names[i < half ? 0 : 1];
	return {
		'config.json': config,
		'model.safetensors.index.json': {
			metadata: {},
			weight_map: Object.fromEntries(tensors.map(({ name }, i) => [name, place(i)]))
		},
		[names[0] ?? '']: file(tensors.slice(0, half)),
		[names[1] ?? '']: file(tensors.slice(half))
	};
}

/** What lies in a repository of such a checkpoint. */
const filesOf = ({ config, weights }: CheckpointFiles) => ({
	'config.json': config,
	'model.safetensors': new Uint8Array(weights)
});

const [dino3Variant] = DINO3_VARIANTS;
const dino3 = dino3Variant ? dino3Checkpoint(dino3Variant) : timmCheckpoint();

const text = (value: string) => new TextEncoder().encode(value);

/** Repositories with made-up checkpoints: some that run, and one for everything that can be wrong with one. */
const CONTENTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
	'made-up/timm': { 'config.json': config, 'model.safetensors': file(tensors) },
	'made-up/parts': inParts(),
	'made-up/dinov3': filesOf(dino3),
	'made-up/clip': filesOf(clipModel()),
	'made-up/siglip': filesOf(towerCheckpoint(SIGLIP_VARIANT, 'vision_model.')),
	'made-up/part-missing': { ...inParts(), 'model-00002-of-00002.safetensors': undefined },
	'made-up/bad-index': { 'config.json': config, 'model.safetensors.index.json': { weight_map: [] } },
	'made-up/gated': { 'config.json': config, 'model.safetensors': file(tensors) },
	'made-up/convnext': { 'config.json': { architecture: 'convnext_tiny' }, 'model.safetensors': file(tensors) },
	'made-up/bert': { 'config.json': { model_type: 'bert' }, 'model.safetensors': file(tensors) },
	'made-up/nameless': { 'config.json': { hidden_size: 3 }, 'model.safetensors': file(tensors) },
	'made-up/pickle': { 'config.json': config, 'pytorch_model.bin': text('PK') },
	'made-up/keras': { 'config.json': config, 'tf_model.h5': text('HDF') },
	'made-up/empty': { 'README.md': {} },
	'made-up/no-config': { 'model.safetensors': file(tensors) },
	'made-up/not-json': { 'config.json': text('{'), 'model.safetensors': file(tensors) },
	'made-up/not-weights': {
		'config.json': config,
		'model.safetensors': text('version https://git-lfs.github.com/spec/v1')
	}
};

/** The checkpoints that other people made, under the names that the tests give them; those that are here. */
const OTHERS: Readonly<Record<string, string>> = Object.fromEntries(
	['deit-distilled', 'dino-vit', 'dinov2', 'dinov2-registers', 'swin', 'vit-patch16', 'vit-patch8-nobias']
		.map((name) => [`parity/${name}`, join(SHARED, 'parity', name)])
		.concat([['timm/vit_tiny', join(SHARED, 'models/vit-tiny')]])
		.filter(([, folder = '']) => existsSync(join(folder, 'model.safetensors')))
);

/** Folders of every repository above, to be given to a local hub, and what removes those that were made for it. */
export function makeRepos(): { folders: Record<string, string>; others: readonly string[]; remove: () => void } {
	const made = Object.entries(CONTENTS).map(([repo, contents]) => {
		const there = Object.entries(contents).filter(([, content]) => content !== undefined);
		return [repo, makeFolder(Object.fromEntries(there))] as const;
	});
	return {
		folders: { ...Object.fromEntries(made.map(([repo, { path }]) => [repo, path])), ...OTHERS },
		others: Object.keys(OTHERS),
		remove: () => made.forEach(([, folder]) => folder.remove())
	};
}
