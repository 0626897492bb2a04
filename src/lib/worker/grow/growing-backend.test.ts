import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BackendName } from '../../engine/backends/names';
import { useNodeBackend } from '../../engine/backends/node';
import type { RunningBackend } from '../../engine/backends/start';
import { registerThreadedKernels, unregisterWasmKernels } from '../../engine/ops/wasm/register';
import { startNodeThread, useSharedBackend } from '../../engine/ops/wasm/testing-threads';
import { RECIPE, SMALL_VIT } from '../../engine/train/presets';
import { Grower } from './grower';
import { growingBackend } from './growing-backend';
import type { FromGrower, GrowOrder } from './protocol';

/** Backends that start as they are told, and what was asked of them. */
function backends(starts: (name: BackendName, threads: number) => boolean = () => true) {
	const log: string[] = [];
	let lose: (why: string) => void = () => undefined;
	const start = async (name: BackendName, threads = 1): Promise<RunningBackend> => {
		log.push(`${name} ${threads}`);
		if (!starts(name, threads)) throw new Error('not here');
		const lost = new Promise<string>((resolve) => (lose = resolve));
		return { name, threads, lost, lose: () => lose('test'), stop: () => log.push('stop') };
	};
	return { log, start, lose: () => lose('one of its threads stopped') };
}

describe('what networks grow on', () => {
	it('is started once', async () => {
		const { log, start } = backends();
		const name = growingBackend(start, 3);
		expect([await name(), await name()]).toEqual(['wasm', 'wasm']);
		expect(log).toEqual(['wasm 3']);
	});

	it('is simpler where it does not start', async () => {
		const { log, start } = backends((name) => name === 'cpu');
		expect(await growingBackend(start, 3)()).toBe('cpu');
		expect(log).toEqual(['wasm 3', 'wasm 1', 'cpu 1']);
	});

	it('runs on one thread once its threads were lost', async () => {
		const { log, start, lose } = backends();
		const name = growingBackend(start, 3);
		await name();
		lose();
		await vi.waitFor(() => expect(log).toContain('stop'));
		expect([await name(), await name()]).toEqual(['wasm', 'wasm']);
		expect(log).toEqual(['wasm 3', 'stop', 'wasm 1']);
	});
});

describe('a network whose threads are lost', () => {
	let restore: () => void;
	afterEach(() => {
		unregisterWasmKernels();
		restore();
	});

	it('says so, and goes on with one when it is begun again', async () => {
		await useNodeBackend('wasm');
		restore = await useSharedBackend();
		const pools: { lose(): void }[] = [];
		const start = async (name: BackendName, threads = 1): Promise<RunningBackend> => {
			if (threads === 1) await useNodeBackend('wasm');
			const pool = await registerThreadedKernels(threads, startNodeThread, { leastWork: 1 });
			pools.push(pool);
			return { name, threads, lost: pool.lost, lose: () => pool.lose(), stop: () => pool.close() };
		};
		const said: FromGrower[] = [];
		const grower = new Grower((message) => said.push(message), growingBackend(start, 2));
		const hears = (kind: FromGrower['kind'], times = 1) =>
			vi.waitFor(() => expect(said.filter((one) => one.kind === kind)).toHaveLength(times), { timeout: 20_000 });
		const order: GrowOrder = {
			plan: { ...SMALL_VIT, size: 16, dim: 8, depth: 1, heads: 2, classes: 4 },
			recipe: { ...RECIPE, batch: 4, steps: 4 },
			pictures: { kind: 'drawn', task: 'shape', count: 40, heldOut: 8, seed: 1 }
		};
		grower.receive({ kind: 'begin', run: 1, order });
		await hears('ready');
		pools[0]?.lose();
		grower.receive({ kind: 'go', steps: Infinity, pause: 0 });
		await hears('failed');
		grower.receive({ kind: 'begin', run: 2, order });
		grower.receive({ kind: 'go', steps: Infinity, pause: 0 });
		await hears('stopped');
		expect(said.at(-1)).toMatchObject({ run: 2, done: true, state: { step: 4 } });
		expect(pools).toHaveLength(2);
		expect(tf.getBackend()).toBe('wasm');
	});
});
