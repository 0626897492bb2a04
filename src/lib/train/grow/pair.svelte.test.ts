import { beforeEach, describe, expect, it, vi } from 'vitest';
import { settle } from '../../base/testing';
import type { Evaluation, TrainingState } from '../../engine/train/contract';
import type { FromGrower, GrowLook, GrowOrder, OwnPictures, ToGrower } from '../../worker/grow/protocol';
import { Pair } from './pair.svelte';

const database = vi.hoisted(() => ({ kept: new Map<string, unknown>(), error: null as Error | null }));

/** The database of the browser, which Node lacks, as a map. */
vi.mock('idb-keyval', () => {
	const run = <T>(work: () => T): Promise<T> =>
		database.error ? Promise.reject(database.error) : Promise.resolve(work());
	return {
		createStore: () => 'store',
		get: (key: string) => run(() => database.kept.get(key)),
		set: (key: string, value: unknown) => run(() => database.kept.set(key, value)),
		del: (key: string) => run(() => database.kept.delete(key))
	};
});

const LOOK: GrowLook = { filters: new Float32Array(48), side: 4, positions: null, attention: null };

/** A worker that says what the test says. */
class FakeWorker {
	readonly posted: ToGrower[] = [];
	closed = false;

	constructor(
		readonly name: string,
		readonly receive: (message: FromGrower) => void
	) {}

	post = (message: ToGrower) => void this.posted.push(message);
	close = () => void (this.closed = true);

	get run(): number {
		const begun = this.posted.findLast((message) => message.kind === 'begin');
		return begun?.kind === 'begin' ? begun.run : 0;
	}

	get order(): GrowOrder | undefined {
		const begun = this.posted.findLast((message) => message.kind === 'begin');
		return begun?.kind === 'begin' ? begun.order : undefined;
	}

	state(step: number): TrainingState {
		const { plan, recipe } = this.order ?? expect.fail();
		const values = new Map([['parameters.head.bias', Float32Array.of(step)]]);
		return { plan, recipe, step, parameters: values, means: values, squares: values };
	}

	begins(run = this.run): void {
		this.receive({ run, kind: 'ready', parameters: 100, backend: 'wasm', samples: [], look: LOOK });
	}

	steps(step: number, loss: number, run = this.run): void {
		this.receive({ run, kind: 'step', milliseconds: 10, report: { step, loss, accuracy: 0.5, rate: 0.1 } });
	}

	tests(step: number, right: number): void {
		const evaluation: Evaluation = { step, count: 10, right, loss: 1, confusion: [] };
		this.receive({ run: this.run, kind: 'tested', evaluation, look: LOOK, state: this.state(step) });
	}

	saves(step: number): void {
		this.receive({ run: this.run, kind: 'saved', state: this.state(step) });
	}

	stops(step: number, done = false, run = this.run): void {
		this.receive({ run, kind: 'stopped', state: this.state(step), done });
	}
}

let workers: FakeWorker[];
const make = (name: string) => (receive: (message: FromGrower) => void) => {
	const worker = new FakeWorker(name, receive);
	workers.push(worker);
	return worker;
};
let pair: Pair;
const worker = (name: 'ViT' | 'CNN'): FakeWorker => workers.findLast((one) => one.name === name) ?? expect.fail();

beforeEach(async () => {
	workers = [];
	database.kept.clear();
	database.error = null;
	pair = new Pair(make);
	await pair.open();
	for (const one of workers) one.begins();
});

describe('two networks side by side', () => {
	it('begin with the same pictures and recipe, once', async () => {
		await pair.open();
		expect(workers.map(({ name, run }) => [name, run])).toEqual([
			['ViT', 1],
			['CNN', 1]
		]);
		const [vit, cnn] = [worker('ViT').order, worker('CNN').order];
		expect(vit?.pictures).toEqual(cnn?.pictures);
		expect(vit?.recipe).toEqual(cnn?.recipe);
		expect([vit?.plan.kind, cnn?.plan.kind, vit?.plan.classes]).toEqual(['vit', 'cnn', 4]);
		expect([pair.vit.phase, pair.cnn.phase, pair.steps]).toEqual(['still', 'still', 0]);
	});

	it('learn, pause, and go on by one step', () => {
		pair.go();
		expect(pair.learning).toBe(true);
		worker('ViT').steps(1, 2);
		worker('ViT').steps(2, 1);
		expect(pair.vit.losses.map(([step, loss]) => [step, Number(loss.toFixed(3))])).toEqual([
			[1, 2],
			[2, 1.9]
		]);
		pair.stop();
		for (const one of workers) one.stops(2);
		expect(pair.learning).toBe(false);
		pair.step();
		expect(worker('CNN').posted.at(-1)).toEqual({ kind: 'go', steps: 1, pause: 0 });
	});

	it('go slower when they are told, and not before they learn', () => {
		pair.setPace('slow');
		expect(worker('ViT').posted.at(-1)?.kind).toBe('begin');
		pair.go();
		expect(worker('ViT').posted.at(-1)).toMatchObject({ kind: 'go', pause: 250 });
		pair.setPace('fast');
		expect(worker('ViT').posted.at(-1)).toMatchObject({ kind: 'go', pause: 0 });
	});

	it('keep the curves of a run that is begun anew with something else, and hear no more of it', () => {
		pair.go();
		for (const one of workers) one.tests(25, 5);
		pair.choose({ positions: false });
		expect(worker('ViT').order?.plan).toMatchObject({ positions: false });
		expect(pair.past).toMatchObject([{ label: '5000 pictures, as it comes', vit: [[25, 0.5]], cnn: [[25, 0.5]] }]);
		worker('ViT').steps(26, 1, 1);
		worker('ViT').stops(26, false, 1);
		expect([pair.vit.steps, pair.vit.kept, pair.vit.phase]).toEqual([0, null, 'starting']);
		expect(pair.vit.parameters).toBeNull();
		pair.choose({ task: 'texture' });
		expect(pair.past).toEqual([]);
		pair.choose({ task: 'shape' });
		expect(pair.past).toHaveLength(1);
	});

	it('say why one failed, and begin again', () => {
		worker('CNN').receive({ run: null, kind: 'failed', code: 'backend', message: 'It broke down.' });
		expect([pair.cnn.error, pair.cnn.phase]).toEqual(['It broke down.', 'none']);
		pair.retry();
		expect(workers.filter(({ name }) => name === 'ViT')).toHaveLength(1);
		worker('CNN').begins();
		expect([pair.cnn.error, pair.cnn.phase]).toEqual([null, 'still']);
	});
});

describe('a run that made way for another', () => {
	it('can be gone back to with its switches and its curves, and then the other again', () => {
		pair.go();
		for (const one of workers) {
			one.tests(25, 5);
			one.steps(31, 1);
			one.saves(31);
		}
		expect(pair.former).toBeNull();
		pair.choose({ positions: false });
		expect(pair.former).toEqual({ label: '5000 pictures, as it comes', steps: 31 });
		// One that has not learned anything is no run to go back to.
		pair.choose({ norms: false });
		expect(pair.former?.steps).toBe(31);
		for (const one of workers) one.tests(50, 8);
		pair.goBack();
		expect(pair.setup).toMatchObject({ positions: true, norms: true });
		expect(['ViT' as const, 'CNN' as const].map((name) => worker(name).order?.state?.step)).toEqual([31, 31]);
		expect([pair.steps, pair.vit.accuracies]).toEqual([31, [[25, 0.5]]]);
		expect(pair.past).toMatchObject([{ label: '5000 pictures, no positions, no layer norm', vit: [[50, 0.8]] }]);
		expect(pair.former).toEqual({ label: '5000 pictures, no positions, no layer norm', steps: 50 });
		pair.goBack();
		expect(pair.setup).toMatchObject({ positions: false, norms: false });
		expect(pair.past).toMatchObject([{ label: '5000 pictures, as it comes' }]);
	});

	it('is there after a reload, before the other has taken a step', async () => {
		pair.go();
		worker('ViT').saves(13);
		pair.choose({ residuals: false });
		await settle();
		const next = new Pair(make);
		await next.open();
		expect([next.setup.residuals, next.steps, next.former?.steps, next.notice]).toEqual([false, 0, 13, null]);
		next.goBack();
		expect([next.setup.residuals, worker('ViT').order?.state?.step]).toEqual([true, 13]);
	});

	it('is not put in the place of one by what its teacher had learned', () => {
		pair.go();
		for (const one of workers) one.tests(50, 8);
		pair.choose({ taught: true });
		pair.choose({ heads: 1 });
		expect(pair.former?.label).toBe('5000 pictures, as it comes');
	});
});

describe('the CNN as a teacher', () => {
	it('can teach once it has learned, and stays as it is', () => {
		expect(pair.canTeach).toBe(false);
		pair.go();
		for (const one of workers) one.tests(50, 8);
		expect(pair.canTeach).toBe(true);
		pair.choose({ taught: true });
		const { plan, teacher } = worker('ViT').order ?? expect.fail();
		expect(plan).toMatchObject({ distilled: true });
		expect(teacher?.parameters.get('parameters.head.bias')?.[0]).toBe(50);
		expect(worker('CNN').order?.state?.step).toBe(50);
		expect(pair.cnn.accuracies).toEqual([[50, 0.8]]);
		for (const one of workers) one.begins();
		pair.go();
		expect([pair.vit.phase, pair.cnn.phase]).toEqual(['learning', 'still']);
		pair.choose({ heads: 1 });
		expect(worker('ViT').order?.teacher).toBeDefined();
	});

	it('teaches nothing else than it has learned', () => {
		pair.go();
		for (const one of workers) one.tests(50, 8);
		pair.choose({ taught: true });
		pair.choose({ task: 'texture' });
		expect(pair.setup.taught).toBe(false);
		expect(worker('ViT').order?.teacher).toBeUndefined();
		expect(worker('CNN').order?.state).toBeUndefined();
	});

	it('teaches no ViT that another CNN would stand beside', () => {
		pair.go();
		for (const one of workers) one.tests(50, 8);
		pair.choose({ taught: true });
		pair.choose({ positions: false });
		expect(pair.setup).toMatchObject({ taught: false, positions: false });
		expect(worker('CNN').order?.state).toBeUndefined();
		expect(worker('CNN').order?.plan).not.toMatchObject({ widths: [16, 32, 64] });
	});

	it('is there after a reload, with what it has taught', async () => {
		pair.go();
		for (const one of workers) one.tests(50, 8);
		pair.choose({ taught: true });
		worker('ViT').begins();
		pair.go();
		worker('ViT').tests(25, 6);
		await pair.keep(true);
		const next = new Pair(make);
		await next.open();
		expect(next.setup.taught).toBe(true);
		expect(worker('ViT').order).toMatchObject({ plan: { distilled: true }, state: { step: 25 } });
		expect(worker('ViT').order?.teacher?.parameters.get('parameters.head.bias')?.[0]).toBe(50);
	});
});

describe('what is kept', () => {
	it('is gone on with by the next visit', async () => {
		pair.go();
		worker('ViT').steps(25, 1);
		for (const one of workers) one.tests(25, 7);
		worker('ViT').saves(31);
		await pair.keep(true);
		pair.close();
		expect(workers.every(({ closed }) => closed)).toBe(true);
		const next = new Pair(make);
		await next.open();
		expect(worker('ViT').order?.state?.step).toBe(31);
		expect(next.vit.accuracies).toEqual([[25, 0.7]]);
		expect(next.notice).toContain('the ViT as it was at step 31, the CNN at step 25');
		next.reset();
		expect(next.notice).toBeNull();
	});

	it('is said not to be where there is no room, and the networks go on', async () => {
		pair.go();
		worker('ViT').tests(25, 7);
		database.error = new DOMException('', 'QuotaExceededError');
		await pair.keep(true);
		expect(pair.notice).toContain('no room');
		expect(pair.learning).toBe(true);
		pair.dismiss();
		expect(pair.notice).toBeNull();
	});

	it('holds a reader’s own pictures, too', async () => {
		const picture = { bytes: new Uint8Array(3 * 32 * 32), label: 0 };
		const own: OwnPictures = { kind: 'own', size: 32, classes: ['a', 'b'], learn: [picture], heldOut: [picture] };
		pair.take(own);
		expect(worker('CNN').order).toMatchObject({ pictures: own, plan: { classes: 2 } });
		expect(pair.heldOut).toBe(1);
		worker('CNN').begins();
		pair.go();
		worker('CNN').tests(25, 7);
		await pair.keep(true);
		const next = new Pair(make);
		await next.open();
		expect(next.classes).toEqual(['a', 'b']);
		expect(worker('CNN').order?.pictures).toEqual(own);
		next.choose({ task: 'shape' });
		expect(worker('CNN').order?.pictures).toMatchObject({ kind: 'drawn', count: 5000 });
		expect(next.heldOut).toBe(400);
		next.choose({ size: 64 });
		next.choose({ task: 'own' });
		expect(worker('CNN').order).toMatchObject({ pictures: own, plan: { size: 32 } });
	});

	it('goes on at its size, and as the network that it was', async () => {
		pair.choose({ size: 48 });
		worker('CNN').begins();
		worker('CNN').tests(25, 7);
		await settle();
		await pair.keep(true);
		// As it was kept by another version: with another number of channels than one would begin with now.
		const kept = database.kept.get('pair') as { cnn: { state: { plan: object } } };
		kept.cnn.state.plan = { ...kept.cnn.state.plan, widths: [9, 9, 9] };
		const next = new Pair(make);
		await next.open();
		expect(next.setup.size).toBe(48);
		expect(worker('ViT').order?.plan).toMatchObject({ size: 48, patch: 6 });
		expect(worker('CNN').order?.plan).toMatchObject({ size: 48, widths: [9, 9, 9] });
	});

	it('comes no more once the page was left', async () => {
		const next = new Pair(make);
		const opening = next.open();
		next.close();
		await opening;
		expect([next.vit.phase, next.cnn.phase]).toEqual(['none', 'none']);
	});
});
