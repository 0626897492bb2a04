import { expect, it } from 'vitest';
import { rearrange, reduce, repeat, type Tensor } from './apply';

/** Numbers in [0, 1), the same in every run (Park and Miller's generator). */
function generator(seed: number): () => number {
	let state = seed;
	return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

interface Trial {
	readonly pattern: string;
	readonly input: Tensor;
	/** All lengths by name. */
	readonly sizes: Record<string, number>;
	readonly left: readonly (readonly string[])[];
	readonly right: readonly (readonly string[])[];
}

type Coordinates = ReadonlyMap<string, number>;

/** A pattern made at random: some axes only on the left, or only on the right, as the operation allows. */
function trial(random: () => number, op: 'rearrange' | 'reduce' | 'repeat'): Trial {
	const count = 1 + Math.floor(random() * 5);
	const names = ['a', 'b', 'c', 'd', 'e'].slice(0, count);
	const extra = op === 'repeat' ? ['r', 's'].filter(() => random() < 0.7) : [];
	const sizes = Object.fromEntries([...names, ...extra].map((name) => [name, 1 + Math.floor(random() * 3)]));
	const kept = names.filter(() => op !== 'reduce' || random() < 0.6);
	const left = grouped(random, shuffled(random, names));
	const right = grouped(random, shuffled(random, [...kept, ...extra]));
	const shape = left.map((group) => group.reduce((size, name) => size * (sizes[name] ?? 0), 1));
	const size = shape.reduce((product, length) => product * length, 1);
	const data = Float32Array.from({ length: size }, () => Math.floor(random() * 64) - 32);
	return { pattern: `${write(left)} -> ${write(right)}`, input: { shape, data }, sizes, left, right };
}

const write = (groups: readonly (readonly string[])[]) =>
	groups.map((group) => (group.length === 1 ? group[0] : `(${group.join(' ')})`)).join(' ');

function shuffled(random: () => number, names: readonly string[]): string[] {
	return names
		.map((name) => ({ name, key: random() }))
		.sort((a, b) => a.key - b.key)
		.map(({ name }) => name);
}

function grouped(random: () => number, names: readonly string[]): string[][] {
	const groups: string[][] = [];
	for (const name of names) {
		if (random() < 0.15) groups.push([]);
		const last = groups.at(-1);
		if (last && random() < 0.4) last.push(name);
		else groups.push([name]);
	}
	return groups;
}

/** The slow way round: every combination of all axes' places, and which element of input and output it is. */
function sums({ input, sizes, left, right }: Trial): Float32Array {
	const length = right.flat().reduce((size, name) => size * (sizes[name] ?? 0), 1);
	const output = new Float32Array(length);
	for (const at of combinations(sizes)) {
		const to = index(at, right.flat(), sizes);
		output[to] = (output[to] ?? 0) + (input.data[index(at, left.flat(), sizes)] ?? NaN);
	}
	return output;
}

function combinations(sizes: Record<string, number>): Coordinates[] {
	return Object.entries(sizes).reduce<Coordinates[]>(
		(all, [name, length]) => all.flatMap((at) => Array.from({ length }, (_, i) => new Map([...at, [name, i]]))),
		[new Map()]
	);
}

const index = (at: Coordinates, names: readonly string[], sizes: Record<string, number>) =>
	names.reduce((i, name) => i * (sizes[name] ?? 0) + (at.get(name) ?? NaN), 0);

it.each(['rearrange', 'reduce', 'repeat'] as const)('%s does what going through all elements does', (op) => {
	const random = generator(20);
	for (let i = 0; i < 300; i++) {
		const made = trial(random, op);
		const { input, pattern, sizes, right } = made;
		const output =
			op === 'reduce'
				? reduce(input, pattern, 'sum', sizes)
				: (op === 'repeat' ? repeat : rearrange)(input, pattern, sizes);
		const shape = right.map((group) => group.reduce((size, name) => size * (sizes[name] ?? 0), 1));
		expect(output.shape, pattern).toEqual(shape);
		expect(output.data, pattern).toEqual(sums(made));
	}
});
