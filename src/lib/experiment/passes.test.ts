import { expect, it } from 'vitest';
import { passes } from './experiment.svelte';

it('knows which block a change leaves out, whatever names it', () => {
	expect(passes([{ tap: 'blocks.6', do: 'skip' }], 'blocks.6')).toBe(true);
	expect(passes([{ tap: 'blocks.6', do: 'skip' }], 'blocks.16')).toBe(false);
	expect(passes([{ tap: 'stages.*.blocks.0', do: 'skip' }], 'stages.2.blocks.0')).toBe(true);
	expect(passes([{ tap: 'blocks.6.attn.out', do: 'zero' }], 'blocks.6')).toBe(false);
});
