import { expect, it } from 'vitest';
import { skips } from './names';

it('knows which block a change leaves out, whatever names it', () => {
	expect(skips([{ tap: 'blocks.6', do: 'skip' }], 'blocks.6')).toBe(true);
	expect(skips([{ tap: 'blocks.6', do: 'skip' }], 'blocks.16')).toBe(false);
	expect(skips([{ tap: 'stages.*.blocks.0', do: 'skip' }], 'stages.2.blocks.0')).toBe(true);
	expect(skips([{ tap: 'blocks.6.attn.out', do: 'zero' }], 'blocks.6')).toBe(false);
});
