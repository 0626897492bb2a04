import { PatchworkError } from '../base/errors';

/** A repository of the hub, at one of its revisions. */
export interface RepoName {
	/** `owner/name`. */
	readonly repo: string;
	/** A branch, a tag or a commit; the main branch without it. */
	readonly revision?: string;
}

/** What the hub allows in names: letters, digits, `-`, `_` and `.`, none of the last three first or last. */
const PART = /^\w(?:[\w.-]{0,94}\w)?$/;
/** Branches may have slashes in their names. */
const REVISION = /^[\w.-]+(?:\/[\w.-]+)*$/;

/** An address without its scheme, as people copy it: a host has a dot, or a port, and what follows is `owner/name`. */
const BARE = /^(?:[\w-]+\.)+[\w-]+(?::\d+)?\/[^/@]+\/[^/]|^(?:www\.)?(?:huggingface\.co|hf\.co)(?:\/|$)/i;

/**
 * Reads what people write, or copy, to name a repository: `owner/name`, `owner/name@revision`, or the address of one
 * of its pages on a hub, with `https://` or without.
 * @throws PatchworkError `request` for anything else
 */
export function parseRepo(text: string): RepoName {
	const typed = text.trim();
	const address = BARE.test(typed) ? `https://${typed}` : typed;
	const named = URL.canParse(address) ? fromAddress(new URL(address)) : fromName(typed);
	const { repo, revision = 'main' } = named;
	const parts = repo.split('/');
	const dots = [...parts, ...revision.split('/')].some((part) => /^\.+$|\.\./.test(part));
	if (dots || parts.length !== 2 || !parts.every((part) => PART.test(part)) || !REVISION.test(revision)) {
		throw new PatchworkError(
			'request',
			`"${typed}" is no name of a repository: write it like timm/vit_tiny_patch16_224.augreg_in21k_ft_in1k.`
		);
	}
	return revision === 'main' ? { repo } : { repo, revision };
}

function fromName(text: string): RepoName {
	const at = text.indexOf('@');
	return at < 0 ? { repo: text } : { repo: text.slice(0, at), revision: text.slice(at + 1) };
}

function fromAddress({ pathname }: URL): RepoName {
	const [owner = '', name = '', view, ...rest] = decodeURI(pathname).split('/').slice(1);
	const repo = `${owner}/${name}`;
	if (view === 'tree') return { repo, revision: rest.join('/').replace(/\/+$/, '') };
	// Behind a single file's address the branch ends at the first slash, as nearly every branch does.
	return view === 'blob' || view === 'resolve' ? { repo, revision: rest[0] } : { repo };
}

/** The name under which a repository's files are kept: `owner/name`, or `owner/name@revision`. */
export function storeKey({ repo, revision = 'main' }: RepoName): string {
	return revision === 'main' ? repo : `${repo}@${revision}`;
}
