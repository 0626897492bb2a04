import type { Code as Fence } from 'mdast';
import type { Highlighter } from 'shiki';
import { tapsOfComments, tapsOfTypeScript, type TappedCode } from './code-taps.server';
import { fault, listed } from './fault.server';
import { LANGUAGES, highlight, isLanguage } from './highlight.server';
import type { Known } from './known.server';
import { functionSource } from './source-function.server';
import { namesTap } from './tap-names';

/**
 * A code fence as HTML. With `from=path function=name` after the language, the function's own source takes the place of
 * what stands in the fence. @throws ContentError
 */
export function renderFence(highlighter: Highlighter, fence: Fence, known: Known, file: string): string {
	const language = fence.lang ?? 'text';
	if (!isLanguage(language)) {
		throw fault(file, fence, `unknown language '${language}': code is shown in ${listed(LANGUAGES)}`);
	}
	const meta = readMeta(fence, file);
	const { code, taps } = meta ? importCode(meta, known, fence, file) : tapsOfComments(fence.value);
	for (const tap of taps) {
		if (tap !== null && !namesTap(tap, known.taps)) throw fault(file, fence, `unknown tap '${tap}' in the code`);
	}
	return highlight(highlighter, { code, language, taps, caption: meta?.from ?? null });
}

interface Meta {
	readonly from: string;
	readonly function: string;
}

function readMeta(fence: Fence, file: string): Meta | null {
	if (!fence.meta) return null;
	const entries = fence.meta
		.trim()
		.split(/\s+/)
		.map((part) => part.split('=', 2));
	const { from, function: name, ...rest } = Object.fromEntries(entries) as Record<string, string | undefined>;
	if (from && name && Object.keys(rest).length === 0) return { from, function: name };
	throw fault(file, fence, `'${fence.meta}' after the language is not 'from=path function=name'`);
}

function importCode(meta: Meta, known: Known, fence: Fence, file: string): TappedCode {
	const source = known.sources[meta.from];
	if (source === undefined) throw fault(file, fence, `there is no source file '${meta.from}' to take code from`);
	const code = functionSource(source, meta.function);
	if (code === null) throw fault(file, fence, `'${meta.from}' has no function '${meta.function}'`);
	return tapsOfTypeScript(code);
}
