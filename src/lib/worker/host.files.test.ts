import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { collectGarbage } from '../../../tests/hub/garbage';
import { MemoryFile, MemoryOpfs } from '../../../tests/hub/opfs';
import { makeRepos } from '../../../tests/hub/repos';
import { startHub, type LocalHub } from '../../../tests/hub/server';
import { useNodeBackend } from '../engine/backends/node';
import { timmCheckpoint } from '../engine/testing/checkpoint';
import { PatchworkError } from '../base/errors';
import { fetchModel } from '../models/load';
import { OpfsShelf } from '../models/shelf-opfs';
import type { ModelSource } from '../models/source';
import { ModelStore } from '../models/store';
import { keptWeights, type FileBytes } from '../models/weights';
import { modelFiles, quiet, ready, run, source } from './testing';

beforeEach(() => useNodeBackend('cpu'));

describe('the bytes of the weights', () => {
	it('do not stay in memory beside the tensors', async () => {
		const { host, files } = await ready();
		const held: WeakRef<ArrayBuffer>[] = [];
		files.set('b', async () => {
			const { weights, ...rest } = timmCheckpoint();
			held.push(new WeakRef(weights));
			return { ...modelFiles(), ...rest, weights: keptWeights([weights], async () => []) };
		});
		await host.serve('load', { source: source('b') }, quiet());
		await run(host);
		await collectGarbage();
		expect(held[0]?.deref()).toBeUndefined();
	});

	it('stay where nothing else keeps them', async () => {
		const { host, files } = await ready();
		const held: WeakRef<ArrayBuffer>[] = [];
		files.set('b', async () => {
			const checkpoint = timmCheckpoint();
			held.push(new WeakRef(checkpoint.weights));
			return modelFiles(checkpoint);
		});
		await host.serve('load', { source: source('b') }, quiet());
		await collectGarbage();
		expect(held[0]?.deref()).toBeInstanceOf(ArrayBuffer);
	});

	it('are read again when the GPU is lost, and only then', async () => {
		const { host, files, lose } = await ready('webgl');
		let read = 0;
		const bytes = timmCheckpoint().weights;
		files.set('b', async () => ({ ...modelFiles(), weights: keptWeights([bytes], async () => (read++, [bytes])) }));
		await host.serve('load', { source: source('b') }, quiet());
		const { top } = await run(host);
		expect(read).toBe(0);
		lose('gone');
		expect((await run(host)).top).toEqual(top);
		expect(read).toBe(1);
	});
});

describe('a model whose files are gone when the GPU is lost', () => {
	let back: (files: readonly FileBytes[]) => void;

	/** A host that has run such a model, and then lost its GPU. */
	async function lost() {
		const made = await ready('webgl');
		let files: readonly FileBytes[] | null = null;
		back = (found) => (files = found);
		const gone = async () => files ?? Promise.reject(new PatchworkError('network', 'This device is offline.'));
		const weights = keptWeights([timmCheckpoint().weights], gone);
		made.files.set('b', async () => ({ ...modelFiles(), weights }));
		await made.host.serve('load', { source: source('b') }, quiet());
		await run(made.host);
		made.lose('gone');
		await expect(run(made.host)).rejects.toThrow('This device is offline.');
		return made;
	}

	it('is missed by the next run, in its own sentence, and runs when they are back', async () => {
		const { host, log } = await lost();
		expect(log.reports).toMatchObject([{ name: 'wasm' }]);
		await expect(run(host)).rejects.toThrow('This device is offline.');
		back([timmCheckpoint().weights]);
		expect((await run(host)).top).toHaveLength(5);
	});

	it('makes room for another model', async () => {
		const others = tf.memory().numTensors;
		const { host } = await lost();
		expect(tf.memory().numTensors).toBe(others);
		await host.serve('load', { source: source('a') }, quiet());
		expect((await run(host)).model.id).toBe('a');
	});
});

describe('weights in a store', () => {
	const repos = makeRepos();
	let hub: LocalHub;
	let from: ModelSource;
	beforeAll(async () => {
		hub = await startHub(repos.folders);
		from = { id: 'x', from: { kind: 'hub', repo: 'made-up/parts', endpoint: hub.endpoint } };
	});
	afterEach(() => vi.unstubAllGlobals());
	afterAll(async () => {
		await hub.close();
		repos.remove();
	});

	it('are read tensor by tensor in a worker, and from there again when the GPU is lost', async () => {
		const reads = stubReader();
		const store = new ModelStore([new OpfsShelf(new MemoryOpfs().getDirectory)]);
		const { host, files, lose } = await ready('webgl');
		files.set('x', () => fetchModel(from, { store }));
		const { bytes } = await host.serve('load', { source: from }, quiet());
		expect(Math.max(...reads)).toBeLessThan(bytes / 5);
		expect(reads.reduce((sum, read) => sum + read, 0)).toBeLessThanOrEqual(bytes + 16);
		const { top } = await run(host);
		const asked = hub.seen.length;
		lose('gone');
		expect((await run(host)).top).toEqual(top);
		expect(hub.seen).toHaveLength(asked);
	});
});

/** Gives Node a worker's way to wait for a disk, and tells how much is read at a time with it. */
function stubReader(): number[] {
	const reads: number[] = [];
	class Reader {
		readAsArrayBuffer(blob: Blob): ArrayBuffer {
			if (!(blob instanceof MemoryFile)) throw new TypeError('Only files in memory can be read at once here.');
			reads.push(blob.size);
			return blob.contents.slice().buffer;
		}
	}
	vi.stubGlobal('FileReaderSync', Reader);
	return reads;
}
