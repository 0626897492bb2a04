import { describe, expect, it } from 'vitest';
import { after, choose } from './choose';
import type { BackendName, ProbeResult } from './names';

const probe = (name: BackendName, milliseconds: number | null, threads = 1): ProbeResult => ({
	name,
	milliseconds,
	threads,
	note: milliseconds === null ? 'absent' : ''
});

describe('the choice of a backend', () => {
	it('goes to the fastest by far, whatever it is', () => {
		expect(choose([probe('wasm', 8), probe('webgl', 5), probe('webgpu', 1.2)]).name).toBe('webgpu');
		expect(choose([probe('wasm', 8), probe('webgl', 90), probe('webgpu', 480)]).name).toBe('wasm');
	});

	it('stays on wasm when another is hardly faster', () => {
		expect(choose([probe('wasm', 8), probe('webgl', 7)]).name).toBe('wasm');
	});

	it('takes threads when they pay', () => {
		expect(choose([probe('wasm', 8), probe('wasm', 3, 4)])).toMatchObject({ name: 'wasm', threads: 4 });
		expect(choose([probe('wasm', 3), probe('wasm', 8, 4)])).toMatchObject({ name: 'wasm', threads: 1 });
	});

	it('passes over those that did not run', () => {
		expect(choose([probe('wasm', null), probe('webgl', 90), probe('webgpu', null)]).name).toBe('webgl');
		expect(choose([probe('wasm', null)]).name).toBe('cpu');
	});

	it('says what was measured', () => {
		const { reason, probes } = choose([probe('wasm', 8), probe('webgl', 90), probe('webgpu', null)]);
		expect(reason).toBe('One encoder block took 8.0 ms on wasm against 90.0 ms on webgl.');
		expect(probes).toHaveLength(3);
	});
});

it('a backend that fails is followed by the next simpler one', () => {
	expect(after('webgpu')).toEqual(['webgl', 'wasm', 'cpu']);
	expect(after('cpu')).toEqual([]);
});
