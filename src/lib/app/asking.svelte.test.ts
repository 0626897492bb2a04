import { describe, expect, it } from 'vitest';
import { modelEntry } from '../models/registry';
import { Asking } from './asking.svelte';

const [small, large, larger] = ['vit-tiny', 'dino-s16', 'vit-base'].map(modelEntry);
if (!small || !large || !larger) throw new Error('These are in the registry.');

describe('Asking', () => {
	it('does not ask about 50 MB or less', async () => {
		const asking = new Asking();
		expect(await asking.ask(small)).toBe(true);
		expect(asking.about).toBeNull();
	});

	it.each([true, false])('waits for what the reader says (%s)', async (yes) => {
		const asking = new Asking();
		const answer = asking.ask(large);
		expect(asking.about).toBe(large);
		asking.answer(yes);
		expect(await answer).toBe(yes);
		expect(asking.about).toBeNull();
	});

	it('takes another question for a no to the one before', async () => {
		const asking = new Asking();
		const first = asking.ask(large);
		const second = asking.ask(larger);
		expect(await first).toBe(false);
		expect(asking.about).toBe(larger);
		asking.answer(true);
		expect(await second).toBe(true);
	});
});
