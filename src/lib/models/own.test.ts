import { describe, expect, it } from 'vitest';
import { PLAIN_SWIN, type SwinConfig } from '../engine/swin/config';
import { SMALL_CONFIG } from '../engine/testing/small';
import type { ModelDescription } from './describe';
import { groupsOf } from '../engine/families';
import { freeName, keptEntry, named, ownEntry, ownSource, parseEntries, type Found } from './own';

const description: ModelDescription = {
	title: 'someone/small',
	bytes: 1000,
	weightFiles: 1,
	architecture: 'dinov2_with_registers',
	config: { ...SMALL_CONFIG, registers: 2 },
	parameters: 10,
	licence: 'mit',
	ask: false,
	keepable: true
};
const fromHub: Found = {
	description,
	source: { id: 'someone/small', from: { kind: 'hub', repo: 'someone/small', endpoint: 'https://hub.example' } }
};
const fromDisk: Found = {
	description: { ...description, title: 'These files', licence: null },
	source: { id: 'local/these-files', from: { kind: 'files', files: [], keepAs: 'local/these-files' } }
};

const swin: SwinConfig = {
	family: 'swin',
	...PLAIN_SWIN,
	rules: 'huggingface',
	imageSize: [64, 64],
	patchSize: 4,
	channels: 3,
	layerNormEps: 1e-5,
	classes: 6,
	preprocess: SMALL_CONFIG.preprocess,
	stages: [
		{ depth: 2, heads: 2, dim: 24, mlpDim: 48, window: 4 },
		{ depth: 6, heads: 4, dim: 48, mlpDim: 96, window: 4 }
	],
	qkvBias: true,
	patchNorm: true
};

describe('a model of the reader’s own', () => {
	it('is described by its own files', () => {
		expect(ownEntry(fromHub.description, fromHub.source)).toMatchObject({
			id: 'someone/small',
			repo: 'someone/small',
			family: 'dinov2_with_registers',
			licence: 'mit',
			prefix: ['CLS', 'Register 1', 'Register 2'],
			groups: [{ blocks: 2, heads: 2, tokens: 9 }],
			own: true,
			quality: 0,
			classes: 3,
			scores: 'softmax'
		});
	});

	it('may be a Swin, with a map for each stage', () => {
		expect(groupsOf(swin)).toEqual([
			{ blocks: 2, heads: 2, tokens: 256, grid: [16, 16] },
			{ blocks: 6, heads: 4, tokens: 64, grid: [8, 8] }
		]);
		expect(ownEntry({ ...description, config: swin }, fromHub.source).prefix).toEqual([]);
	});

	it('is told by its name alone where nothing else is known', () => {
		const stored = { repo: 'local/mine', bytes: 7, local: true };
		expect(keptEntry(stored)).toMatchObject({ id: 'local/mine', title: 'mine', repo: null, bytes: 7, groups: [] });
		expect(keptEntry({ repo: 'a/b', bytes: 7, local: false })).toMatchObject({ title: 'a/b', repo: 'a/b' });
	});

	it('is found again by its id', () => {
		const endpoint = 'https://hub.example';
		expect(ownSource('local/mine', endpoint).from).toEqual({ kind: 'kept', repo: 'local/mine' });
		expect(ownSource('a/b', endpoint).from).toEqual({ kind: 'hub', repo: 'a/b', endpoint });
		expect(ownSource('a/b@v2', endpoint).from).toEqual({ kind: 'hub', repo: 'a/b', revision: 'v2', endpoint });
		expect(() => ownSource('nonsense', endpoint)).toThrow('no name of a repository');
	});
});

describe('the name of a model from the disk', () => {
	it('is as it was wanted, and no other model’s', () => {
		expect(freeName('my swin', [])).toBe('my-swin');
		expect(freeName(' / ', [])).toBe('model');
		expect(freeName('vit-base', ['local/vit-base', 'local/vit-base-2', 'a/b'])).toBe('vit-base-3');
	});

	it('is what it is kept under', () => {
		const { description: told, source } = named(fromDisk, ' ../my model! ');
		expect(told.title).toBe('my-model-');
		expect(source).toMatchObject({ id: 'local/my-model-', from: { keepAs: 'local/my-model-' } });
	});

	it('stays where there is none, and for a repository', () => {
		expect(named(fromDisk, ' / ')).toEqual(fromDisk);
		expect(named(fromHub, 'mine')).toEqual(fromHub);
	});
});

describe('what was written down', () => {
	const entry = ownEntry(fromHub.description, fromHub.source);

	it('is read as it was written', () => {
		expect(parseEntries(JSON.stringify([entry]))).toEqual([entry]);
	});

	it.each([
		null,
		'',
		'{',
		'{}',
		'[1, null, {}]',
		JSON.stringify([{ ...entry, groups: [{ blocks: '2' }] }]),
		JSON.stringify([{ ...entry, scores: 'guess' }])
	])('is left out where it is nothing of the kind (%s)', (text) => expect(parseEntries(text)).toEqual([]));

	it('may be from when its groups of blocks were called stages', () => {
		const { groups, ...older } = entry;
		expect(parseEntries(JSON.stringify([{ ...older, stages: groups }]))).toEqual([entry]);
	});

	it('may be from before entries said what their scores are', () => {
		const { scores, ...older } = entry;
		expect(scores).toBe('softmax');
		expect(parseEntries(JSON.stringify([older]))).toEqual([older]);
	});

	it('cannot pretend to be a model of the registry', () => {
		const [read] = parseEntries(JSON.stringify([{ ...entry, bundled: true, verified: true, quality: 9 }]));
		expect(read).toMatchObject({ bundled: false, verified: false, quality: 0, own: true });
	});
});
