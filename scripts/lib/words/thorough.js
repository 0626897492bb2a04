/** @typedef {import('wuchale/adapter-vanilla').Transformer} Transformer */
/** @typedef {{ type: string, [part: string]: unknown }} Node */

/**
 * Wuchale 0.23 passes over what is thrown, what fields of classes begin with, and what parameters are where nothing is
 * given. Here all of these may be for the reader, but for a plain `Error`, which is for programmers.
 * @param {Transformer} transformer
 */
export function thorough(transformer) {
	const { visitClassDeclaration, visitFunctionDeclaration, visitFunctionExpression, visitArrowFunctionExpression } =
		/** @type {Record<string, (node: Node) => unknown[]>} */ (/** @type {unknown} */ (transformer));
	const visit = /** @type {(node: unknown) => unknown[]} */ (transformer.visit);
	const nodes = (/** @type {unknown} */ list) => /** @type {Node[]} */ (list);

	/** @param {Node} node */
	const defaults = ({ params }) =>
		nodes(params).flatMap((one) => (one.type === 'AssignmentPattern' ? visit(one['right']) : []));
	const withDefaults =
		(/** @type {((node: Node) => unknown[]) | undefined} */ before) => (/** @type {Node} */ node) => [
			...defaults(node),
			...(before?.(node) ?? [])
		];
	const member = (/** @type {Node} */ one) => {
		if (one.type === 'PropertyDefinition') return one['value'] ? visit(one['value']) : [];
		return one.type === 'MethodDefinition' ? defaults(/** @type {Node} */ (one['value'])) : [];
	};

	return Object.assign(transformer, {
		visitThrowStatement: (/** @type {{ argument: Node }} */ { argument }) => {
			const callee = /** @type {Node | undefined} */ (argument['callee']);
			return argument.type === 'NewExpression' && callee?.['name'] === 'Error' ? [] : visit(argument);
		},
		visitClassDeclaration: (/** @type {Node} */ node) => [
			...(visitClassDeclaration?.(node) ?? []),
			...nodes(/** @type {Node} */ (node['body'])['body']).flatMap(member)
		],
		visitFunctionDeclaration: withDefaults(visitFunctionDeclaration),
		visitFunctionExpression: withDefaults(visitFunctionExpression),
		visitArrowFunctionExpression: withDefaults(visitArrowFunctionExpression)
	});
}
