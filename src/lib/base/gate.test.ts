import { describe, expect, it } from 'vitest';
import { Gate } from './gate';

describe('Gate', () => {
	it('lets through while it is open', async () => {
		await expect(new Gate().opened()).resolves.toBeUndefined();
	});

	it('holds up until it is opened, and tells of each change once', async () => {
		const gate = new Gate();
		const seen: boolean[] = [];
		const end = gate.onChange(() => seen.push(gate.paused));
		gate.pause();
		gate.pause();
		let through = false;
		const passing = gate.opened().then(() => (through = true));
		await Promise.resolve();
		expect(through).toBe(false);
		gate.resume();
		await passing;
		end();
		gate.pause();
		expect(seen).toEqual([true, false]);
	});

	it('holds up who was let through and finds it closed again', async () => {
		const gate = new Gate();
		gate.pause();
		let through = false;
		const passing = gate.opened().then(() => (through = true));
		gate.resume();
		gate.pause();
		await new Promise((resolve) => setTimeout(resolve));
		expect(through).toBe(false);
		gate.resume();
		await passing;
	});

	it.each([true, false])('lets nobody wait who has given up (before it closed: %s)', async (early) => {
		const gate = new Gate();
		gate.pause();
		const controller = new AbortController();
		if (early) controller.abort();
		const failure = expect(gate.opened(controller.signal)).rejects;
		controller.abort();
		await failure.toMatchObject({ code: 'cancelled' });
	});
});
