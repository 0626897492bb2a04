import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useNodeBackend } from '../../engine/backends/node';
import type { NetworkPlan } from '../../engine/train/contract';
import { RECIPE, SMALL_CNN, SMALL_VIT } from '../../engine/train/presets';
import { Grower } from './grower';
import type { FromGrower, GrowOrder } from './protocol';

const VIT: NetworkPlan = { ...SMALL_VIT, size: 16, dim: 8, depth: 1, heads: 2, classes: 4 };
const CNN: NetworkPlan = { ...SMALL_CNN, size: 16, widths: [4], classes: 4 };
const order = (plan: NetworkPlan, more: Partial<GrowOrder> = {}): GrowOrder => ({
	plan,
	recipe: { ...RECIPE, batch: 4, steps: 10 },
	pictures: { kind: 'drawn', task: 'shape', count: 40, heldOut: 8, seed: 1 },
	...more
});

let said: FromGrower[];
let grower: Grower;

beforeEach(async () => {
	await useNodeBackend('cpu');
	said = [];
	grower = new Grower(
		(message) => said.push(message),
		async () => 'cpu'
	);
});

const kinds = () => said.map(({ kind }) => kind);
const of = <K extends FromGrower['kind']>(kind: K) =>
	said.filter((message): message is Extract<FromGrower, { kind: K }> => message.kind === kind);
/** Between two steps, in milliseconds: longer than what is looked at between two of them takes to come. */
const PAUSE = 150;

/** Waits until something was said so often, or more often. */
const hears = (kind: FromGrower['kind'], times = 1) =>
	vi.waitFor(() => expect(kinds().filter((one) => one === kind).length).toBeGreaterThanOrEqual(times), {
		timeout: 20_000
	});

describe('a network that grows', () => {
	it('shows itself before it has learned anything', async () => {
		grower.receive({ kind: 'begin', run: 1, order: order(VIT) });
		await hears('ready');
		const [ready] = of('ready');
		expect(ready?.run).toBe(1);
		expect(ready?.samples).toHaveLength(8);
		expect(ready?.look.filters).toHaveLength(8 * 4 * 4 * 3);
		expect(ready?.look.positions).toHaveLength(16 * 16);
		expect(ready?.look.attention?.map(({ length }) => length)).toEqual(Array(4).fill(2 * 16));
	});

	it('learns as many steps as it is told, is tested now and then, and says when it is done', async () => {
		const before = tf.memory().numTensors;
		grower.receive({ kind: 'begin', run: 1, order: order(CNN) });
		grower.receive({ kind: 'go', steps: 2, pause: 0 });
		await hears('stopped');
		expect(of('stopped')[0]).toMatchObject({ done: false, state: { step: 2 } });
		grower.receive({ kind: 'go', steps: Infinity, pause: 0 });
		await hears('stopped', 2);
		expect(of('stopped')[1]).toMatchObject({ done: true, state: { step: 10 } });
		expect(of('step').map(({ report }) => report.step)).toEqual(Array.from({ length: 10 }, (_, i) => i + 1));
		expect(of('tested').map(({ evaluation }) => evaluation.step)).toEqual([2, 10]);
		expect(of('tested')[0]?.look).toMatchObject({ side: 3, positions: null, attention: null });
		expect(tf.memory().numTensors).toBe(before);
	});

	it('tells what it has learned so far between two tests, too', async () => {
		const saving = new Grower(
			(message) => said.push(message),
			async () => 'cpu',
			0
		);
		saving.receive({ kind: 'begin', run: 1, order: order(CNN) });
		saving.receive({ kind: 'go', steps: 3, pause: 0 });
		await hears('stopped');
		expect(of('saved').map(({ state }) => state.step)).toEqual([1, 2]);
	});

	it('stops when it is told, and goes on to the bit where it was', async () => {
		grower.receive({ kind: 'begin', run: 1, order: order(VIT) });
		grower.receive({ kind: 'go', steps: Infinity, pause: PAUSE });
		await hears('step', 3);
		grower.receive({ kind: 'stop' });
		await hears('stopped');
		const [{ state } = expect.fail()] = of('stopped');
		expect(state.step).toBeLessThan(10);
		grower.receive({ kind: 'begin', run: 1, order: order(VIT, { state }) });
		grower.receive({ kind: 'go', steps: Infinity, pause: 0 });
		await hears('stopped', 2);
		const continued = of('stopped')[1]?.state;
		grower.receive({ kind: 'begin', run: 1, order: order(VIT) });
		grower.receive({ kind: 'go', steps: Infinity, pause: 0 });
		await hears('stopped', 3);
		expect([...(continued?.parameters ?? [])]).toEqual([...(of('stopped')[2]?.state.parameters ?? [])]);
	});

	it('hears what it is told last, also before it has begun', async () => {
		grower.receive({ kind: 'begin', run: 1, order: order(VIT) });
		grower.receive({ kind: 'go', steps: Infinity, pause: 0 });
		grower.receive({ kind: 'stop' });
		await hears('stopped');
		expect(of('stopped')[0]).toMatchObject({ done: false, state: { step: 0 } });
		grower.receive({ kind: 'go', steps: Infinity, pause: PAUSE });
		await hears('step', 2);
		grower.receive({ kind: 'go', steps: 2, pause: 0 });
		await hears('stopped', 2);
		expect(of('step')).toHaveLength(of('stopped')[1]?.state.step ?? NaN);
		grower.receive({ kind: 'go', steps: Infinity, pause: PAUSE });
		grower.receive({ kind: 'begin', run: 2, order: order(CNN) });
		await hears('ready', 2);
		expect(of('stopped')).toHaveLength(2);
	});

	it('says in a sentence why it cannot begin, and can begin again', async () => {
		grower.receive({ kind: 'begin', run: 1, order: order({ ...VIT, heads: 3 }) });
		await hears('failed');
		expect(of('failed')[0]?.message).toContain('3 heads don’t divide 8 features');
		grower.receive({ kind: 'begin', run: 1, order: order(VIT) });
		await hears('ready');
	});

	it('reads a reader’s own pictures', async () => {
		const picture = (label: number) => ({ bytes: new Uint8Array(3 * 16 * 16).fill(100 * label), label });
		const list = [picture(0), picture(1)];
		const pictures = { kind: 'own', size: 16, classes: ['dark', 'light'], learn: list, heldOut: list } as const;
		grower.receive({ kind: 'begin', run: 1, order: order({ ...CNN, classes: 2 }, { pictures }) });
		await hears('ready');
		const [ready] = of('ready');
		expect(ready?.samples.map(({ label }) => label)).toEqual(['dark', 'light']);
		expect(ready?.samples[1]?.rgba[0]).toBe(100);
	});
});
