/**
 * The source of one function of a TypeScript file, without its doc comment and with its indentation taken off, or null
 * if the file has no function of that name. It reads the layout that Prettier gives: a function ends at the first
 * closing brace that is indented as its first line is.
 */
export function functionSource(source: string, name: string): string | null {
	const lines = source.split('\n');
	const head = new RegExp(`^(\\s*)(?:export )?(?:default )?(?:async )?function\\*? ${name}\\b`);
	const start = lines.findIndex((line) => head.test(line));
	if (start < 0) return null;
	const indent = head.exec(lines[start] ?? '')?.[1] ?? '';
	const length = lines.slice(start).findIndex((line) => line.startsWith(`${indent}}`)) + 1;
	if (length === 0) return null;
	return lines
		.slice(start, start + length)
		.map((line) => squeezed(line.startsWith(indent) ? line.slice(indent.length) : line))
		.join('\n');
}

/** The engine sets the shapes after its lines far to the right, where a column of prose has no room. */
function squeezed(line: string): string {
	return line.replace(/\s*\/\/\s{2,}(\S.*)$/, ' // $1');
}
