import { existsSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isRecord } from '../json';
import { defaultModel, modelEntry, MODELS, sourceOf, type ModelEntry } from './registry';

const site = 'https://site.example/patchwork/';
const endpoint = 'https://hub.example';

describe('the registry', () => {
	it.each(MODELS.filter((model: ModelEntry) => model.bundled))('says the truth about $id', ({ id, ...entry }) => {
		const folder = `static/models/${id}`;
		const config: unknown = JSON.parse(readFileSync(`${folder}/config.json`, 'utf8'));
		expect(statSync(`${folder}/model.safetensors`).size).toBe(entry.bytes);
		expect(isRecord(config) && config['model_args']).toMatchObject({ depth: entry.blocks, num_heads: entry.heads });
	});

	it('names labels that the site has', () => {
		const named = MODELS.flatMap((model: ModelEntry) => model.labels ?? []);
		expect(named.filter((path) => !existsSync(`static/${path}`))).toEqual([]);
	});

	it("has the thousand names of ImageNet-1k in a file that is no model's own", () => {
		const { labels } = modelEntry('vit-tiny');
		const names: unknown = JSON.parse(readFileSync(`static/${labels}`, 'utf8'));
		expect(labels).not.toMatch(/^models\//);
		expect(names).toMatchObject({ length: 1000, 0: 'tench', 574: 'golf ball', 999: 'toilet tissue' });
	});

	it('finds entries by id and names the choices otherwise', () => {
		expect(modelEntry('vit-tiny').blocks).toBe(12);
		expect(() => modelEntry('resnet')).toThrow('There is no model called "resnet": choose vit-tiny or patchwork-s.');
	});
});

describe('defaultModel', () => {
	it('takes the better one that is there', () => {
		expect(defaultModel(['patchwork-s', 'vit-tiny']).id).toBe('vit-tiny');
		expect(defaultModel(['patchwork-s']).id).toBe('patchwork-s');
		expect(defaultModel(['something-else']).id).toBe('patchwork-s');
	});
});

describe('sourceOf', () => {
	const tiny = modelEntry('vit-tiny');

	it('takes the site where it has the model', () => {
		const source = sourceOf(tiny, { site, available: ['vit-tiny'], endpoint });
		expect(source.from).toEqual({ kind: 'site', folder: `${site}models/vit-tiny/` });
		expect(source.labels).toBe(`${site}labels/imagenet-1k.json`);
	});

	it('takes the hub where it has not', () => {
		expect(sourceOf(tiny, { site, available: ['patchwork-s'], endpoint }).from).toEqual({
			kind: 'hub',
			repo: 'timm/vit_tiny_patch16_224.augreg_in21k_ft_in1k',
			endpoint
		});
	});

	it('says so where nobody has', () => {
		const nowhere = { ...tiny, repo: null };
		expect(() => sourceOf(nowhere, { site, available: [], endpoint })).toThrow('choose another model');
	});
});
