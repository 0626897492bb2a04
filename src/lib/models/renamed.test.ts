import { describe, expect, it } from 'vitest';
import { MODELS, modelEntry } from './registry';
import { currentId } from './renamed';

describe('currentId', () => {
	it('leads from the first bundled model to the one that took its place', () => {
		expect(currentId('patchwork-s')).toBe('patchwork-t');
		expect(modelEntry('patchwork-s').id).toBe('patchwork-t');
	});

	it('leaves today’s ids, and those of other people’s models, as they are', () => {
		for (const id of [...MODELS.map((model) => model.id), 'someone/patchwork-s', 'constructor', '']) {
			expect(currentId(id)).toBe(id);
		}
	});
});
