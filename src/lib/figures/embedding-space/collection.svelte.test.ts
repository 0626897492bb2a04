import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FigureRun } from '../figure';
import type * as Collect from '../../embeddings/collect';
import type { Collection } from './collection.svelte';
import type { Embedded } from '../../embeddings/neighbours';

/** Each photo waits to be let through, so that the tests decide what is done when something else comes. */
const gate = vi.hoisted(() => ({ open: [] as (() => void)[], done: new Map<string, Embedded>() }));

vi.mock('../../photo/decode', () => ({ decodePhoto: () => Promise.resolve({ close: () => undefined }) }));

vi.mock('../../embeddings/collect', () => {
	const pass = (signal?: AbortSignal) =>
		new Promise<void>((resolve, reject) => {
			gate.open.push(resolve);
			signal?.addEventListener('abort', () => {
				gate.open = gate.open.filter((open) => open !== resolve);
				reject(new DOMException('', 'AbortError'));
			});
		});
	const made = (id: string, title: string): Embedded => ({
		id,
		title,
		cls: Float32Array.of(1),
		pixels: Float32Array.of(1)
	});
	const embed: typeof Collect.embed = async (_run, _photo, { id, title }, signal) => {
		await pass(signal);
		if (title === 'broken') throw new Error('no picture');
		return made(id, title);
	};
	const { done } = gate;
	const allSamples: typeof Collect.allSamples = async (run, signal, onembedded) => {
		for (const id of ['a', 'b', 'c']) {
			const key = `${run.model.id} ${id}`;
			if (!done.has(key)) await pass(signal);
			const one = done.get(key) ?? made(id, id);
			done.set(key, one);
			onembedded?.(one, 3);
		}
		return [];
	};
	return { embed, allSamples };
});

const run = (id: string) => ({ model: { id } }) as FigureRun;
const file = (name: string) => new File(['x'], name);

/** Lets one photo through, and waits until all that follows from it has happened. */
async function letOne(): Promise<void> {
	await vi.waitFor(() => expect(gate.open.length).toBeGreaterThan(0));
	gate.open.shift()?.();
	await new Promise((resolve) => setTimeout(resolve));
}

describe('the collection', () => {
	let ids: () => string[];
	let collection: Collection;

	const small = { close: vi.fn() };

	beforeEach(async () => {
		vi.resetModules();
		small.close.mockClear();
		vi.stubGlobal('createImageBitmap', async () => small);
		gate.open = [];
		gate.done.clear();
		const fresh = await import('./collection.svelte');
		collection = new fresh.Collection();
		ids = () => collection.photos.map(({ id }) => id);
	});

	afterEach(() => {
		collection.cancel();
		vi.unstubAllGlobals();
	});

	it('keeps the samples that are done when it is cancelled, and goes on from there', async () => {
		void collection.gather(run('m'));
		await letOne();
		await letOne();
		collection.cancel();
		expect(collection.busy).toBe(false);
		expect(ids()).toEqual(['a', 'b']);
		const rest = collection.gather(run('m'));
		expect(ids()).toEqual(['a', 'b']);
		await letOne();
		await rest;
		expect(ids()).toEqual(['a', 'b', 'c']);
		expect(collection.busy).toBe(false);
	});

	it('puts a photo of the reader first and then runs the samples that are left', async () => {
		void collection.gather(run('m'));
		await letOne();
		const adding = collection.add(run('m'), [file('mine')]);
		expect(ids()).toEqual(['a']);
		await letOne();
		expect(ids()).toEqual(['a', 'added-1']);
		expect(collection.total).toBe(4);
		await letOne();
		await letOne();
		await adding;
		expect(ids()).toEqual(['a', 'added-1', 'b', 'c']);
		expect(collection.pictures).toEqual([['added-1', small]]);
		expect(small.close).not.toHaveBeenCalled();
	});

	it('goes on with the samples after a file that is no picture, lets it go, and says so', async () => {
		void collection.gather(run('m'));
		await letOne();
		const adding = collection.add(run('m'), [file('broken')]);
		await letOne();
		expect(collection.error).toContain('could not be added');
		await letOne();
		await letOne();
		await adding;
		expect(ids()).toEqual(['a', 'b', 'c']);
		expect(collection.total).toBe(3);
		expect(collection.pictures).toEqual([]);
		expect(small.close).toHaveBeenCalledOnce();
	});

	it('leaves the samples alone when a photo is added after they were cancelled', async () => {
		void collection.gather(run('m'));
		await letOne();
		collection.cancel();
		const adding = collection.add(run('m'), [file('mine')]);
		await letOne();
		await adding;
		expect(ids()).toEqual(['a', 'added-1']);
	});

	it('begins anew with another model, whose vectors mean something else', async () => {
		void collection.gather(run('m'));
		await letOne();
		void collection.gather(run('other'));
		expect(ids()).toEqual([]);
	});
});
