import { describe, expect, it } from 'vitest';
import { pictureVector } from '../../analysis/picture-vector';
import { headInput } from './head-input';
import { madeUpRun } from './testing';
import { EVERY_KIND } from '../../engine/testing/kinds';
import { embeddingName, tapsOf } from '../../embeddings/vectors';

describe('what a photo is compared by', () => {
	it.each(EVERY_KIND)('is what the head of %s reads', async (_, files) => {
		const { config, tap } = await madeUpRun(tapsOf, files);
		const [end] = tapsOf(config);
		expect([...pictureVector(tap(end), config)]).toEqual([...headInput(tap, config)]);
		expect(embeddingName(config).includes('mean')).toBe(config.pooling !== 'cls');
	});
});
