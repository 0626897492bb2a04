import { UNEVEN_CONFIG } from '../engine/testing/small';
import { tapSpecs, parameterSpecs } from '../engine/families';
import type { Figure } from '../figures/figure';
import type { Known } from './known.server';

/** A figure with one number that can be set, where 1 has the reader guess, and one reveal. */
const tiles: Figure<{ size: number }> = {
	name: 'tiles',
	title: 'Tiles',
	parse({ size = '8', ...rest }) {
		const [unknown] = Object.keys(rest);
		if (unknown !== undefined) throw new Error(`there is no '${unknown}'.`);
		return { size: Number(size) };
	},
	taps: () => ['patches'],
	guesses: ({ size }) => size === 1,
	reveals: { largest: { taps: () => ['logits'], answer: () => ({ choice: 0, sentence: 'It is.' }) } }
};

/** A figure that asks for a tap which no model has. */
const broken: Figure<object> = {
	name: 'broken',
	title: 'Broken',
	parse: () => ({}),
	taps: () => ['blocks.9.out'],
	reveals: {}
};

/** What the prose of tests may name. */
export const KNOWN: Known = {
	config: UNEVEN_CONFIG,
	parameters: 5_717_416,
	taps: new Set([...tapSpecs(UNEVEN_CONFIG), ...parameterSpecs(UNEVEN_CONFIG)].map(({ name }) => name)),
	figures: { tiles, broken },
	terms: new Set(['cls', 'token']),
	references: new Map([
		[
			'vaswani2017',
			{
				id: 'vaswani2017',
				short: 'Vaswani et al. 2017',
				title: 'Attention Is All You Need',
				url: 'https://arxiv.org/abs/1706.03762'
			}
		]
	]),
	sources: { 'src/model.ts': engineLike() },
	pages: new Set(['inspect'])
};

function engineLike(): string {
	return [
		'/** Runs it. */',
		'export function run(name: string): Tensor {',
		'	const a = trace.tap(`${name}.norm1`, layerNorm(x)); //            n d',
		'	const b = trace.tapQkv(name, linear(a));',
		'	if (a < b) {',
		'		trace.tapHeads(`${name}.attn.head_out`, b);',
		'	}',
		"	return trace.tap('norm', a);",
		'}',
		'',
		'export function wrong(): void {',
		"	trace.tap('nothing', a);",
		'}'
	].join('\n');
}
