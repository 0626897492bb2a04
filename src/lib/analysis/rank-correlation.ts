/**
 * Spearman's rank correlation: Pearson's of the ranks, where equal values share the mean of theirs.
 * @param a at least two numbers @param b as many
 * @returns in [-1, 1]; NaN where all values of one side are equal
 * @throws Error where they are not equally many
 */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
	if (a.length !== b.length) throw new Error(`There are ${a.length} numbers on one side and ${b.length} on the other.`);
	const [p, q] = [ranks(a), ranks(b)];
	const middle = (a.length + 1) / 2;
	let [both, ofP, ofQ] = [0, 0, 0];
	for (let i = 0; i < p.length; i++) {
		const [x, y] = [(p[i] ?? 0) - middle, (q[i] ?? 0) - middle];
		both += x * y;
		ofP += x * x;
		ofQ += y * y;
	}
	return both / Math.sqrt(ofP * ofQ);
}

/** From 1, smallest first. */
function ranks(values: ArrayLike<number>): Float64Array {
	const order = Array.from({ length: values.length }, (_, i) => i).sort((i, j) => (values[i] ?? 0) - (values[j] ?? 0));
	const found = new Float64Array(values.length);
	for (let start = 0; start < order.length;) {
		let end = start + 1;
		while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++;
		for (let i = start; i < end; i++) found[order[i] ?? 0] = (start + end + 1) / 2;
		start = end;
	}
	return found;
}
