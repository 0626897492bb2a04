/** What the code makes in one line, which is named after the first. */
const TOGETHER = [
	['query', 'key', 'value'],
	['mlp.gate', 'mlp.value']
] as const;

/**
 * Whether an intermediate is the one that the reader points at.
 * @param pointed its name, in which `*` stands for the block that is shown
 */
export function isLit(name: string, pointed: string | null, block: number): boolean {
	if (pointed === null) return false;
	const wanted = pointed.replace('blocks.*', `blocks.${block}`);
	if (wanted === name) return true;
	return TOGETHER.some(
		([first, ...others]) =>
			wanted === `blocks.${block}.${first}` && others.some((other) => name === `blocks.${block}.${other}`)
	);
}

/** Whether any of what a part stands for is pointed at. */
export const isAnyLit = (names: readonly string[], pointed: string | null, block: number): boolean =>
	names.some((name) => isLit(name, pointed, block));
