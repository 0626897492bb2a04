import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { className, classNames, labelsFromConfig } from './labels';

describe('labelsFromConfig', () => {
	it("reads Hugging Face's id2label in the order of its numbers", () => {
		expect(labelsFromConfig({ id2label: { 1: 'damselfly', 0: 'owl', 10: 'k', ...rest(2, 9) } })).toEqual([
			...['owl', 'damselfly', '2', '3', '4', '5', '6', '7', '8', '9', 'k']
		]);
	});

	it("reads timm's label_names, in words where it has them", () => {
		expect(labelsFromConfig({ label_names: ['n1', 'n2'] })).toEqual(['n1', 'n2']);
		const label_descriptions = { n1: 'great grey owl' };
		expect(labelsFromConfig({ label_names: ['n1', 'n2'], label_descriptions })).toEqual(['great grey owl', 'n2']);
	});

	it('finds timm’s inside pretrained_cfg, and where its older files have them', () => {
		const label_names = ['n1', 'n2'];
		expect(labelsFromConfig({ pretrained_cfg: { label_names } })).toEqual(label_names);
		const label_descriptions = { n2: 'damselfly' };
		expect(labelsFromConfig({ pretrained_cfg: { label_names, label_descriptions } })).toEqual(['n1', 'damselfly']);
		expect(labelsFromConfig({ label_names, pretrained_cfg: { label_descriptions } })).toEqual(['n1', 'damselfly']);
		expect(labelsFromConfig({ label_names: { 1: 'bee', 0: 'ant' } })).toEqual(['ant', 'bee']);
		expect(labelsFromConfig({ architecture: 'vit_x', labels: label_names })).toEqual(label_names);
		expect(labelsFromConfig({ label_names, pretrained_cfg: { label_names: ['other', 'names'] } })).toEqual(label_names);
	});

	it.each([
		[{}],
		[{ label_names: ['LABEL_0', 'LABEL_1'] }],
		[null],
		['text'],
		[{ id2label: {} }],
		[{ id2label: { 0: 'LABEL_0', 1: 'LABEL_1' } }],
		[{ id2label: { 0: 'owl', 2: 'gap' } }],
		[{ id2label: { 0: 7 } }],
		[{ label_names: [] }],
		[{ label_names: [1, 2] }]
	])('finds no names in %o', (config) => {
		expect(labelsFromConfig(config)).toBeNull();
	});
});

describe('classNames', () => {
	it('gives the labels where there is one a class', () => {
		expect(classNames(['owl', 'damselfly'], 2)).toEqual(['owl', 'damselfly']);
	});

	it('numbers the classes otherwise', () => {
		expect(classNames(['owl', 'damselfly'], 3)).toEqual(['class 0', 'class 1', 'class 2']);
		expect(classNames(null, 1)).toEqual(['class 0']);
		expect(classNames(['owl'], 0)).toEqual([]);
	});

	it('puts the number of the class beside a name that stands more than once, in whatever case', () => {
		expect(classNames(['crane', 'Cardigan', 'owl', 'crane', 'cardigan '], 5)).toEqual([
			'crane (class 0)',
			'Cardigan (class 1)',
			'owl',
			'crane (class 3)',
			'cardigan  (class 4)'
		]);
	});

	it('changes nothing that is told apart already', () => {
		const names = classNames(['crane', 'crane'], 2);
		expect(classNames(names, 2)).toEqual(names);
	});

	it('tells apart all of ImageNet, and leaves the others as they are', () => {
		const labels = JSON.parse(readFileSync('static/labels/imagenet-1k.json', 'utf8')) as string[];
		const names = classNames(labels, 1000);
		expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(1000);
		const changed = names.flatMap((name, index) => (name === labels[index] ? [] : [name]));
		expect(changed).toEqual([
			...['crane (class 134)', 'Cardigan (class 264)', 'cardigan (class 474)'],
			...['crane (class 517)', 'maillot (class 638)', 'maillot (class 639)']
		]);
	});
});

describe('className', () => {
	it('is the label, or the number of a class without one', () => {
		expect(className(['owl'], 0)).toBe('owl');
		expect(className(['owl'], 1)).toBe('class 1');
		expect(className(null, 388)).toBe('class 388');
	});
});

/** Entries that name each number after itself. */
function rest(from: number, to: number): Record<number, string> {
	return Object.fromEntries(Array.from({ length: to - from + 1 }, (_, i) => [from + i, String(from + i)]));
}
