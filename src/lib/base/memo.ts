/**
 * Remembers what was made for the last few keys; the one asked for least recently goes first.
 * @param keep how many
 * @returns gives what there is for a key, or makes it
 */
export function lastFew<Value>(keep: number): (key: string, make: () => Value) => Value {
	const made = new Map<string, Value>();
	return (key, make) => {
		const value = made.get(key) ?? make();
		made.delete(key);
		made.set(key, value);
		const [oldest] = made.keys();
		if (made.size > keep && oldest !== undefined) made.delete(oldest);
		return value;
	};
}
