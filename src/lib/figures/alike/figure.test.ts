import { describe, expect, it } from 'vitest';
import { blockName } from '../kit/block-name';
import { figure, VIEWS } from './figure';

describe('the attributes', () => {
	it('name a view, and unknown ones are refused', () => {
		expect(figure.parse({})).toEqual({ view: 'between' });
		expect(VIEWS.map((view) => figure.parse({ view }).view)).toEqual([...VIEWS]);
		expect(() => figure.parse({ view: 'other' })).toThrow(/view/);
		expect(() => figure.parse({ head: '1' })).toThrow(/head/);
	});
});

describe('the names of blocks', () => {
	it('count from 1, stage by stage where there are stages', () => {
		expect(blockName('blocks.3.out')).toBe('Block 4');
		expect(blockName('stages.1.blocks.0')).toBe('Stage 2, block 1');
		expect(blockName('embeddings')).toBe('What enters block 1');
		expect(blockName('head')).toBe('The last layer');
	});
});
