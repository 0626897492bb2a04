import { describe, expect, it } from 'vitest';
import { someBytes } from '../../../tests/hub/folders';
import { MemoryOpfs } from '../../../tests/hub/opfs';
import { Scratch, type Locks } from './scratch';
import { OpfsShelf } from './shelf-opfs';

/** The locks of all tabs of a browser, of which one can be closed. */
function makeLocks() {
	const names: string[] = [];
	const request = (name: string, work: () => Promise<unknown>) => (names.push(name), work());
	const locks = { request, query: async () => ({ held: names.map((name) => ({ name })) }) } as unknown as Locks;
	return { locks, closeFirst: () => names.shift() };
}

const bytes = async (file: Blob | null) => file && new Uint8Array(await file.arrayBuffer());

describe('Scratch', () => {
	it('gives back what was put, of the last two', async () => {
		const scratch = new Scratch(new OpfsShelf(new MemoryOpfs().getDirectory), makeLocks().locks);
		const [first, second] = [await scratch.put(someBytes(10).buffer), await scratch.put(someBytes(20).buffer)];
		expect(await bytes(await first())).toEqual(someBytes(10));
		const third = await scratch.put(someBytes(30).buffer);
		expect(await first()).toBeNull();
		expect(await bytes(await second())).toEqual(someBytes(20));
		expect(await bytes(await third())).toEqual(someBytes(30));
	});

	it("removes what visits left that are over, and leaves other tabs' files", async () => {
		const disk = new MemoryOpfs();
		const { locks, closeFirst } = makeLocks();
		const visit = () => new Scratch(new OpfsShelf(disk.getDirectory), locks);
		const over = await visit().put(someBytes(10).buffer);
		const other = await visit().put(someBytes(20).buffer);
		closeFirst();
		const mine = await visit().put(someBytes(30).buffer);
		expect(await over()).toBeNull();
		expect((await other())?.size).toBe(20);
		expect((await mine())?.size).toBe(30);
	});

	it.each([{ quota: 5 }, { blocked: true }])('puts nothing anywhere where the disk is %o', async (state) => {
		const disk: MemoryOpfs = Object.assign(new MemoryOpfs(), state);
		const spare = await new Scratch(new OpfsShelf(disk.getDirectory), makeLocks().locks).put(someBytes(10).buffer);
		expect(await spare()).toBeNull();
	});

	it('does without a disk', async () => {
		expect(await (await new Scratch(null).put(someBytes(10).buffer))()).toBeNull();
	});
});
