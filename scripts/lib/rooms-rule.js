import { dirname, join, relative, resolve, sep } from 'node:path';
import { faultOf } from './rooms.js';

const SRC = resolve('src');

/** A path from `src` with slashes, whichever the system's are. @param {string} path absolute */
const fromSrc = (path) => relative(SRC, path).split(sep).join('/');

/** An ESLint rule (version 10) that reports an import upward in the order of rooms, types and dynamic ones included. */
export const upwardImports = {
	meta: { type: 'problem', schema: [], docs: { description: 'a room imports only from rooms before it' } },
	/** @param {import('eslint').Rule.RuleContext} context */
	create(context) {
		/** @param {import('estree').Node & { source?: import('estree').Node | null }} node */
		const check = (node) => {
			const { source } = node;
			if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
			const specifier = source.value;
			const target = specifier.startsWith('$lib/')
				? join(SRC, 'lib', specifier.slice('$lib/'.length))
				: specifier.startsWith('.')
					? resolve(dirname(context.filename), specifier)
					: null;
			const fault = target && faultOf(fromSrc(context.filename), fromSrc(target));
			if (fault) context.report({ node, message: fault });
		};
		return {
			ImportDeclaration: check,
			ImportExpression: check,
			ExportNamedDeclaration: check,
			ExportAllDeclaration: check,
			TSImportType: check
		};
	}
};
