import { describe, expect, it } from 'vitest';
import { after, choose, fellBack } from './choose';
import type { BackendName, ProbeResult } from './names';

const probe = (name: BackendName, milliseconds: number | null, threads = 1): ProbeResult => ({
	name,
	milliseconds,
	threads,
	note: milliseconds === null ? 'absent' : ''
});

const pick = (probes: ProbeResult[], current: BackendName = 'wasm') => choose(probes, current)?.name;

describe('the choice of a backend', () => {
	it('goes to the fastest by far, whatever it is', () => {
		expect(pick([probe('wasm', 8), probe('webgl', 5), probe('webgpu', 1.2)])).toBe('webgpu');
		expect(pick([probe('wasm', 8), probe('webgl', 90), probe('webgpu', 480)])).toBe('wasm');
	});

	it('stays on wasm when another is hardly faster', () => {
		expect(pick([probe('wasm', 8), probe('webgl', 7)])).toBe('wasm');
	});

	it('takes threads when they pay', () => {
		expect(choose([probe('wasm', 8), probe('wasm', 3, 4)], 'wasm')).toMatchObject({ name: 'wasm', threads: 4 });
		expect(choose([probe('wasm', 3), probe('wasm', 8, 4)], 'wasm')).toMatchObject({ name: 'wasm', threads: 1 });
	});

	it('stays where it is when that could not be measured', () => {
		expect(choose([probe('wasm', null), probe('webgl', 90), probe('webgpu', null)], 'wasm')).toBeNull();
		expect(choose([probe('wasm', null), probe('webgl', null)], 'cpu')).toBeNull();
	});

	it('leaves cpu for whatever runs', () => {
		expect(pick([probe('wasm', null), probe('webgl', 90)], 'cpu')).toBe('webgl');
	});

	it('says what was measured', () => {
		const report = choose([probe('wasm', 8), probe('webgl', 90), probe('webgpu', null)], 'wasm');
		expect(report?.reason).toBe('One encoder block took 8.0 ms on wasm against 90.0 ms on webgl.');
		expect(report?.probes).toHaveLength(3);
	});
});

describe('what follows a backend that fails', () => {
	const names = (failed: BackendName, ...rest: [ReadonlySet<string>, readonly ProbeResult[]]) =>
		after({ name: failed, threads: 1 }, ...rest).map(({ name }) => name);

	it('is the next simpler one, as long as nothing was measured', () => {
		expect(names('webgpu', new Set(), [])).toEqual(['webgl', 'wasm', 'cpu']);
		expect(names('cpu', new Set(), [])).toEqual([]);
	});

	it('is the fastest that was measured: a software GPU comes after wasm', () => {
		const probes = [probe('wasm', 8), probe('wasm', 5, 4), probe('webgl', 90), probe('webgpu', 2)];
		expect(after({ name: 'webgpu', threads: 1 }, new Set(), probes).slice(0, 2)).toMatchObject([
			{ name: 'wasm', threads: 4 },
			{ name: 'wasm', threads: 1 }
		]);
		expect(names('webgpu', new Set(), probes).slice(2)).toEqual(['webgl', 'cpu']);
	});

	it('is never one that failed before', () => {
		expect(names('webgl', new Set(['wasm']), [probe('wasm', 8)])).toEqual(['cpu']);
	});

	it('is one thread where threads fail, and no other number of them', () => {
		const probes = [probe('wasm', 8), probe('wasm', 5, 4), probe('wasm', 6, 2), probe('webgl', 90)];
		const next = after({ name: 'wasm', threads: 4 }, new Set(), probes);
		expect(next.map(({ name, threads }) => [name, threads])).toEqual([
			['wasm', 1],
			['webgl', 1],
			['cpu', 1]
		]);
		expect(after({ name: 'wasm', threads: 4 }, new Set(), [])[0]).toEqual({ name: 'wasm', threads: 1 });
		const { reason } = fellBack({ name: 'wasm', threads: 4 }, 'a thread stopped', { name: 'wasm', threads: 1 }, []);
		expect(reason).toBe('wasm with 4 threads could not go on (a thread stopped), so wasm with 1 thread took over.');
	});
});
