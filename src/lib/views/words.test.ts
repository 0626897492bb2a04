import { expect, it } from 'vitest';
import { pixelSize } from './words';

it('a size in pixels, of which the height comes first, says which side is which where they differ', () => {
	expect(pixelSize([224, 224])).toBe('224 × 224 px');
	expect(pixelSize([84, 132])).toBe('132 px wide × 84 px high');
});
