import { isRecord } from '../../base/json';

/** A source of made-up numbers: `below(n)` is a whole number in [0, n). */
export interface Dice {
	below(n: number): number;
	pick<T>(items: readonly T[]): T;
}

/** @param next numbers in [-1, 1) */
export function diceOf(next: () => number): Dice {
	const below = (n: number) => Math.min(n - 1, Math.floor(((next() + 1) / 2) * n));
	const pick = <T>(items: readonly T[]): T => {
		if (items.length === 0) throw new Error('There is nothing to pick from.');
		return items[below(items.length)] as T;
	};
	return { below, pick };
}

/** What a damaged or hostile file may hold in place of a value. */
const JUNK: readonly unknown[] = [
	null,
	true,
	false,
	0,
	-1,
	-0,
	0.5,
	1,
	2,
	3,
	7,
	16,
	224,
	518,
	1e6,
	1e9,
	1e15,
	2 ** 53,
	1e308,
	-1e308,
	1e-320,
	'',
	'NaN',
	'Infinity',
	'gelu',
	'bicubic',
	'__proto__',
	'constructor',
	'a'.repeat(10_000),
	'\u0000\ud800',
	[],
	[[]],
	[0],
	[1, 2],
	[1, 2, 3],
	[-1, -1],
	[1e9, 1e9],
	[1e9, 1e9, 1e9, 1e9],
	[null, null, null],
	['3', '224', '224'],
	[3, 224, 224],
	{},
	{ height: 224, width: 224 },
	{ height: -1, width: 1e9 },
	{ shortest_edge: 256 },
	{ shortest_edge: 1e9 },
	{ a: { b: { c: [{ d: null }] } } }
];

interface Place {
	readonly holder: Record<string, unknown> | unknown[];
	readonly key: string;
}

/** Every place in a JSON value that something else can be put into. */
function placesIn(value: unknown): Place[] {
	if (!isRecord(value) && !Array.isArray(value)) return [];
	return Object.keys(value).flatMap((key) => {
		const inner: unknown = (value as Record<string, unknown>)[key];
		return [{ holder: value as Place['holder'], key }, ...placesIn(inner)];
	});
}

function put({ holder, key }: Place, value: unknown): void {
	Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

/** A copy of a JSON value with one to three places changed: other values, values swapped, or keys that are gone. */
export function mutatedJson(json: unknown, dice: Dice): unknown {
	if (dice.below(40) === 0) return dice.pick(JUNK);
	const copy = structuredClone(json);
	for (let i = dice.below(3); i >= 0; i--) {
		const places = placesIn(copy);
		if (places.length === 0) return copy;
		const place = dice.pick(places);
		const kind = dice.below(6);
		if (kind === 0) Reflect.deleteProperty(place.holder, place.key);
		else if (kind === 1)
			put({ holder: place.holder, key: dice.pick(['extra', '__proto__', 'x'.repeat(3000)]) }, dice.pick(JUNK));
		else if (kind === 2) put(place, nudged((place.holder as Record<string, unknown>)[place.key], dice));
		else put(place, structuredClone(dice.pick(JUNK)));
	}
	return copy;
}

/** A value near the one that stood there. */
function nudged(value: unknown, dice: Dice): unknown {
	if (typeof value === 'number') return dice.pick([value + 1, value - 1, -value, value * 2, value / 2, String(value)]);
	if (typeof value === 'string') return dice.pick([`${value}x`, value.slice(1), value.toUpperCase()]);
	return Array.isArray(value) ? [...(value as unknown[]), 1] : value;
}

/** The text of a file with a few characters changed, cut off, or doubled. */
export function mutatedText(text: string, dice: Dice): string {
	const at = dice.below(text.length);
	return dice.pick([
		text.slice(0, at),
		text.slice(at),
		text.slice(0, at) + dice.pick(['"', '{', ']', ',', '1e999', '\u0000', '\\']) + text.slice(at + 1),
		text.slice(0, at) + text.slice(Math.max(0, at - 20))
	]);
}

/** A safetensors file's header and data. */
export interface Parts {
	readonly header: Record<string, unknown>;
	readonly data: Uint8Array;
}

export function partsOf(file: ArrayBuffer): Parts {
	const length = Number(new DataView(file).getBigUint64(0, true));
	const header: unknown = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 8, length)));
	if (!isRecord(header)) throw new Error('This file has no header.');
	return { header, data: new Uint8Array(file, 8 + length) };
}

/** @param length what the file says its header's length is; the truth by default */
function fileOfParts({ header, data }: Parts | { header: unknown; data: Uint8Array }, length?: bigint): ArrayBuffer {
	const json = new TextEncoder().encode(JSON.stringify(header) ?? '');
	const file = new Uint8Array(8 + json.length + data.length);
	new DataView(file.buffer).setBigUint64(0, length ?? BigInt(json.length), true);
	file.set(json, 8);
	file.set(data, 8 + json.length);
	return file.buffer;
}

/** The bytes of a file after one change of a random kind. */
export function mutatedFile(file: ArrayBuffer, dice: Dice): ArrayBuffer {
	const parts = partsOf(file);
	const names = Object.keys(parts.header);
	switch (dice.below(7)) {
		case 0:
			return file.slice(0, dice.below(file.byteLength));
		case 1: {
			const bytes = new Uint8Array(file.slice(0));
			const end = dice.pick([8, 200, file.byteLength - parts.data.length, bytes.length]);
			for (let i = dice.below(4); i >= 0; i--) bytes[dice.below(end)] = dice.below(256);
			return bytes.buffer;
		}
		case 2:
			return fileOfParts(parts, dice.pick([0n, 1n, 2n ** 53n, 2n ** 64n - 1n, 100_000_000n, BigInt(file.byteLength)]));
		case 3:
			return fileOfParts({ ...parts, data: new Uint8Array([...parts.data.subarray(0, 64), ...parts.data]) });
		case 4: {
			// A tensor under another's name, or under a new one.
			const { [dice.pick(names)]: moved, ...rest } = parts.header;
			return fileOfParts({ ...parts, header: { ...rest, [dice.pick([...names, 'new', 'y'.repeat(2000)])]: moved } });
		}
		case 5: {
			// Two tensors whose bytes or shapes are swapped.
			const [a, b] = [dice.pick(names), dice.pick(names)];
			return fileOfParts({ ...parts, header: { ...parts.header, [a]: parts.header[b], [b]: parts.header[a] } });
		}
		default:
			return fileOfParts({ header: mutatedJson(parts.header, dice), data: parts.data });
	}
}
