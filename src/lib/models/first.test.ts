import { expect, it } from 'vitest';
import { firstModel } from './first';
import { MODELS } from './registry';

const site = 'https://site.example/patchwork/';
const bundled = MODELS.find((model) => model.bundled);
const best = MODELS.toSorted((a, b) => b.quality - a.quality)[0];
if (!bundled || !best || bundled === best) throw new Error('A model comes with the site, and it is not the best.');

const listing = (...ids: string[]) => {
	const index = Object.fromEntries(ids.map((id) => [id, []]));
	return { index, fetch: async () => new Response(JSON.stringify(index)) };
};

it('is the one that comes with the site, from its folder', async () => {
	const { index, fetch } = listing('patchwork-t', 'patchwork-c');
	const first = await firstModel(site, fetch);
	expect(first?.index).toEqual(index);
	expect(first?.source.from).toEqual({ kind: 'site', folder: `${site}models/${first?.source.id}/` });
});

it('is none where the site has a better one, which is large', async () => {
	expect(await firstModel(site, listing(best.id).fetch)).toBeNull();
});

it('needs the site’s list', async () => {
	await expect(firstModel(site, async () => new Response(null, { status: 500 }))).rejects.toThrow();
});

it('has its files on their way, and no other', async () => {
	const asked: string[] = [];
	const paths = ['config.json', 'labels.json', 'model.safetensors', 'curves.json'];
	const index = { [bundled.id]: paths.map((path) => ({ path, bytes: 1, sha256: '' })) };
	const first = await firstModel(site, async (url) => {
		asked.push(String(url).slice(site.length));
		return new Response(JSON.stringify(index));
	});
	const folder = `models/${first?.source.id}`;
	expect(asked).toEqual([
		'models.json',
		...['config.json', 'labels.json', 'model.safetensors'].map((path) => `${folder}/${path}`)
	]);
	await first?.fetch(`${site}${folder}/model.safetensors`);
	expect(asked).toHaveLength(4);
});
