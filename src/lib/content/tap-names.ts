/**
 * Whether a name that prose uses is a tap or parameter: one of `names` as it is or, with `*` in place of a block's
 * number, of some block.
 */
export function namesTap(name: string, names: ReadonlySet<string>): boolean {
	if (!name.includes('*')) return names.has(name);
	const parts = name.split('.');
	return [...names].some((known) => matches(parts, known.split('.')));
}

function matches(pattern: readonly string[], parts: readonly string[]): boolean {
	if (pattern.length !== parts.length) return false;
	return pattern.every((part, i) => {
		const found = parts[i] ?? '';
		return part === '*' ? /^\d+$/.test(found) : part === found;
	});
}
