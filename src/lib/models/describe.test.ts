import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeRepos } from '../../../tests/hub/repos';
import { startHub, type LocalHub } from '../../../tests/hub/server';
import { SIZES, timmConfig } from '../engine/testing/checkpoint';
import { describeFiles, describeRepo } from './describe';
import { modelFiles } from './from-files';

const repos = makeRepos();
let hub: LocalHub;

beforeEach(async () => {
	hub = await startHub(repos.folders, { traits: { 'made-up/timm': { licence: 'apache-2.0', revisions: ['v2'] } } });
});
afterEach(() => hub.close());
afterAll(() => repos.remove());

/** Files that somebody drops, of a repository's folder. */
function dropped(repo: string): File[] {
	const folder = repos.folders[repo] ?? '';
	return readdirSync(folder).map((name) => new File([readFileSync(join(folder, name))], name));
}

describe('describeRepo', () => {
	it('tells what a model is, and fetches no weights for it', async () => {
		const found = await describeRepo({ endpoint: hub.endpoint, repo: 'made-up/timm' });
		expect(found).toMatchObject({
			title: 'made-up/timm',
			weightFiles: 1,
			architecture: 'vit_made_up',
			licence: 'apache-2.0',
			ask: false,
			keepable: true,
			config: { family: 'vit', depth: SIZES.depth, heads: SIZES.heads, dim: SIZES.dim, classes: SIZES.classes }
		});
		expect(found.bytes).toBeGreaterThan(4 * found.parameters);
		const asked = hub.seen.filter(({ path }) => path.endsWith('.safetensors'));
		expect(asked.map(({ range }) => range)).not.toContain(null);
	});

	it('reads a checkpoint in several parts as one', async () => {
		const [whole, parts] = await Promise.all(
			['made-up/timm', 'made-up/parts'].map((repo) => describeRepo({ endpoint: hub.endpoint, repo }))
		);
		expect(parts).toMatchObject({
			weightFiles: 2,
			parameters: whole?.parameters,
			config: whole?.config,
			licence: null
		});
	});

	it('looks at the revision that is asked for', async () => {
		await describeRepo({ endpoint: hub.endpoint, repo: 'made-up/timm', revision: 'v2' });
		expect(hub.seen.map(({ path }) => path)).toContain('/made-up/timm/resolve/v2/config.json');
	});

	it('cuts a server off that sends the whole file', async () => {
		hub.faults.noRange = true;
		expect(await describeRepo({ endpoint: hub.endpoint, repo: 'made-up/timm' })).toMatchObject({ weightFiles: 1 });
	});

	it('says beforehand that this browser has no room to keep it', async () => {
		vi.stubGlobal('navigator', { storage: { estimate: async () => ({ quota: 1000, usage: 900 }) } });
		expect(await describeRepo({ endpoint: hub.endpoint, repo: 'made-up/timm' })).toMatchObject({ keepable: false });
		vi.unstubAllGlobals();
	});

	it('can be cancelled', async () => {
		const signal = AbortSignal.abort();
		const failure = expect(describeRepo({ endpoint: hub.endpoint, repo: 'made-up/timm' }, { signal })).rejects;
		await failure.toMatchObject({ code: 'cancelled' });
	});

	it('knows the checkpoints that other people made', async (context) => {
		context.skip(repos.others.length === 0, 'needs reference material that is not part of the project');
		for (const repo of repos.others) {
			const found = await describeRepo({ endpoint: hub.endpoint, repo });
			expect(found.parameters, repo).toBeGreaterThan(1000);
			expect(await describeFiles(dropped(repo)), repo).toMatchObject({ config: found.config, bytes: found.bytes });
		}
	});
});

describe('files that are dropped', () => {
	it('are refused where the config is of another model', async (context) => {
		context.skip(repos.others.length === 0, 'needs reference material that is not part of the project');
		for (const one of repos.others) {
			for (const other of repos.others.filter((repo) => repo !== one)) {
				const files = [
					...dropped(one).filter(({ name }) => name !== 'config.json'),
					...dropped(other).filter(({ name }) => name === 'config.json')
				];
				const pair = `the weights of ${one} with the config of ${other}`;
				await expect(describeFiles(files), pair).rejects.toThrow(/don’t belong together: config\.json says .* have/);
			}
		}
	});

	it('are told apart by their names, and described like a repository', async () => {
		const files = dropped('made-up/timm');
		expect(await describeFiles(files)).toMatchObject({ architecture: 'vit_made_up', weightFiles: 1, licence: null });
		expect(modelFiles(files).map(({ name }) => name)).toContain('model.safetensors');
	});

	it('are called as timm does, as where they came from, or by their sizes', async () => {
		const titleWith = async (config: object) => {
			const weights = dropped('made-up/timm').filter(({ name }) => name !== 'config.json');
			return (await describeFiles([...weights, new File([JSON.stringify(config)], 'config.json')])).title;
		};
		expect(await titleWith(timmConfig())).toBe('vit_made_up');
		const huggingface = { model_type: 'vit', image_size: 20, num_attention_heads: 3 };
		expect(await titleWith({ ...huggingface, _name_or_path: 'someone/my-vit/' })).toBe('my-vit');
		expect(await titleWith({ ...huggingface, _name_or_path: '' })).toBe('vit-2-blocks-3-heads-15-wide');
	});

	it('are called by the sizes of a Swin too', async (context) => {
		context.skip(repos.others.length === 0, 'needs reference material that is not part of the project');
		expect((await describeFiles(dropped('parity/swin'))).title).toBe('swin-2-2-blocks-24-wide');
	});

	it.each([
		['made-up/pickle', /^What you chose has its weights only as pytorch_model\.bin/],
		['made-up/no-config', /^What you chose has no config\.json/],
		['made-up/empty', /^What you chose has no model\.safetensors/]
	])('of %s are refused in one sentence', (repo, says) => {
		expect(() => modelFiles(dropped(repo))).toThrow(says);
	});
});
