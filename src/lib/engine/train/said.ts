/* What logits come to, in plain numbers. Logits are (pictures, classes), row by row. */

/** The number of the class that each picture is taken for; of several that are alike, the first. */
export function named(logits: Float32Array, classes: number): number[] {
	return rowsOf(logits, classes).map((row) => row.indexOf(Math.max(...row)));
}

/** The sum over all pictures of the cross entropy with their goals, in nats. */
export function crossEntropy(logits: Float32Array, goals: readonly number[], classes: number): number {
	return rowsOf(logits, classes).reduce((sum, row, i) => {
		const largest = Math.max(...row);
		const all = row.reduce((total, logit) => total + Math.exp(logit - largest), 0);
		return sum + Math.log(all) + largest - (row[goals[i] ?? 0] ?? NaN);
	}, 0);
}

/** Heads' logits, number by number, as their mean. */
export function meanOf(logits: readonly Float32Array[]): Float32Array {
	const [first = new Float32Array()] = logits;
	return first.map((_, i) => logits.reduce((sum, own) => sum + (own[i] ?? NaN), 0) / logits.length);
}

/** How many of two lists' numbers are the same in the same place. */
export const alike = (a: readonly number[], b: readonly number[]): number => a.filter((one, i) => one === b[i]).length;

function rowsOf(logits: Float32Array, classes: number): Float32Array[] {
	return Array.from({ length: logits.length / classes }, (_, i) => logits.subarray(i * classes, (i + 1) * classes));
}
