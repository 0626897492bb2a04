import { describe, expect, it } from 'vitest';
import { modelFiles } from './from-files';
import { joined, stillMissing } from './local-files';

const files = (...names: string[]) => names.map((name) => new File([name], name));
const namesOf = (some: readonly File[]) => some.map(({ name }) => name);

describe('files that the reader picked', () => {
	it('are taken with weights under another name, where there is no doubt', async () => {
		const own = modelFiles(files('config.json', 'notes.txt', 'my-finetune.safetensors'));
		expect(namesOf(own)).toEqual(['config.json', 'model.safetensors']);
		expect(await own[1]?.text()).toBe('my-finetune.safetensors');
	});

	it('are taken by their names where there is doubt', () => {
		const names = ['config.json', 'expected.safetensors', 'model.safetensors'];
		expect(namesOf(modelFiles(files(...names)))).toEqual(names);
		expect(() => modelFiles(files('config.json', 'a.safetensors', 'b.safetensors'))).toThrow(
			/has no model\.safetensors/
		);
	});

	it.each([
		[['config.json'], 'config.json is here; now add model.safetensors.'],
		[['config.json', 'labels.json'], 'config.json is here; now add model.safetensors.'],
		[['my-finetune.safetensors'], 'my-finetune.safetensors is here; now add config.json.'],
		[
			['model.safetensors.index.json'],
			'model.safetensors.index.json is here; now add config.json and the weights that it lists.'
		],
		[
			['config.json', 'model-00001-of-00003.safetensors'],
			'config.json is here; now add model.safetensors.index.json and the other 2 of its weights.'
		],
		[
			['config.json', 'model.safetensors.index.json', 'a-00001-of-00002.safetensors', 'a-00002-of-00002.safetensors'],
			null
		],
		[['config.json', 'model.safetensors'], null],
		[['config.json', 'pytorch_model.bin'], null],
		[['cat.jpg'], null]
	])('%j lack %j', (names, says) => expect(stillMissing(files(...names))).toBe(says));

	it('are joined with those before, of which they take the place', async () => {
		const [config, labels] = files('config.json', 'labels.json');
		const later = new File(['later'], 'config.json');
		const before = [config, labels].filter((file) => file !== undefined);
		expect(namesOf(joined(before, files('model.safetensors')))).toEqual([
			'config.json',
			'labels.json',
			'model.safetensors'
		]);
		const again = joined(before, [later]);
		expect(namesOf(again)).toEqual(['labels.json', 'config.json']);
		expect(await again[1]?.text()).toBe('later');
	});

	it('are joined part by part, and later weights take the place of earlier ones', () => {
		const first = files('config.json', 'model-00001-of-00002.safetensors');
		const all = joined(first, files('model-00002-of-00002.safetensors', 'model.safetensors.index.json'));
		expect([all.length, stillMissing(all)]).toEqual([4, null]);
		expect(namesOf(joined(files('config.json', 'a.safetensors'), files('b.safetensors')))).toEqual([
			'config.json',
			'b.safetensors'
		]);
	});

	it('are a model by themselves where nothing is missing', () => {
		const whole = files('config.json', 'a.safetensors');
		expect(joined(files('labels.json'), whole)).toBe(whole);
	});
});
