/**
 * The circles of a graph: its strongly connected components of more than one node, and nodes with a link to themselves
 * (Tarjan 1972, "Depth-first search and linear graph algorithms").
 *
 * @param graph For each node the nodes that it links to.
 * @returns Each circle's nodes sorted, the circles by their first.
 */
export function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
	const index = new Map<string, number>();
	const lowest = new Map<string, number>();
	const open: string[] = [];
	const found: string[][] = [];

	function visit(node: string): number {
		const own = index.size;
		index.set(node, own);
		open.push(node);
		const reached = (graph.get(node) ?? []).map((next) => reach(next));
		const low = Math.min(own, ...reached);
		lowest.set(node, low);
		if (low === own) close(node);
		return low;
	}

	function reach(next: string): number {
		if (!index.has(next)) return visit(next);
		return open.includes(next) ? (lowest.get(next) ?? index.get(next) ?? 0) : Infinity;
	}

	function close(node: string): void {
		const members = open.splice(open.indexOf(node)).sort();
		if (members.length > 1 || graph.get(node)?.includes(node)) found.push(members);
	}

	for (const node of graph.keys()) if (!index.has(node)) visit(node);
	return found.sort(([a = ''], [b = '']) => a.localeCompare(b));
}
