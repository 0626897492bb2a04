/** Code as it is shown, and for each of its lines the tap that the line makes, or null. */
export interface TappedCode {
	readonly code: string;
	readonly taps: readonly (string | null)[];
}

/** What `tapQkv(block, …)` notes first; see the engine's trace. */
const FIRST_OF_QKV = 'query';

/** Finds the taps that lines of the engine's own code note: `trace.tap('norm', …)`. */
export function tapsOfTypeScript(code: string): TappedCode {
	return { code, taps: code.split('\n').map(tapOfLine) };
}

function tapOfLine(line: string): string | null {
	if (/\btrace\.tapQkv\(/.test(line)) return `blocks.*.${FIRST_OF_QKV}`;
	const name = /\btrace\.tap(?:Heads)?\(\s*(['`])(.+?)\1/.exec(line)?.[2];
	// In the engine a template's only blank is the block's name, such as `blocks.3`.
	return name?.replace(/\$\{\w+\}/, 'blocks.*') ?? null;
}

/** Takes comments such as `# tap: blocks.*.norm1` off the ends of lines: each names what its line makes. */
export function tapsOfComments(text: string): TappedCode {
	const lines = text.split('\n').map((line) => {
		const match = /^(.*?)\s*(?:#|\/\/) tap: (\S+)\s*$/.exec(line);
		return { shown: match?.[1] ?? line, tap: match?.[2] ?? null };
	});
	return { code: lines.map(({ shown }) => shown).join('\n'), taps: lines.map(({ tap }) => tap) };
}
