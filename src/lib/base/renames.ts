/** The version of the names in exported files: 1 had `attn.weights` and `weights.…`, see {@link currentTap}. */
export const NAMES = 2;

/**
 * What things were once called, with what they are called now: the one table by which old links, kept lists and exported
 * files are read. Whoever renames something that a reader can have kept adds a line here, and one to {@link NAMES} if it
 * is in exported files.
 */
const RENAMES = {
	/** Ids of models. */
	model: { 'patchwork-s': 'patchwork-t' },
	/** Parameters of a page's address. */
	parameter: { stage: 'overlay' },
	/** Fields of the list of the reader's own models. */
	field: { stages: 'groups' },
	/** Sizes of the networks that grow, which were names before they were the sides of pictures, in pixels. */
	size: { small: '32', notebook: '144' }
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The name by which a thing is known today; one that never had another comes back as it is. */
export function currentName(kind: keyof typeof RENAMES, name: string): string {
	return new Map<string, string>(Object.entries(RENAMES[kind])).get(name) ?? name;
}

/** Parts of the names of taps and parameters, with what they are now. */
const TAP_PARTS = [
	[/(?<=\.)attn\.weights$/, 'attn.pattern'],
	[/^weights\.(?=.)/, 'parameters.']
] as const;

/** The name by which a tap or a parameter is known today, as {@link currentName}. */
export function currentTap(name: string): string {
	return TAP_PARTS.reduce((named, [part, now]) => named.replace(part, now), name);
}

/** An address's parameters under the names of today; one that is there under both names keeps the newer. */
export function currentParameters(query: URLSearchParams): URLSearchParams {
	const next = new URLSearchParams();
	for (const [key, value] of query) {
		const name = currentName('parameter', key);
		if (name === key || !query.has(name)) next.append(name, value);
	}
	return next;
}
