import type { Reduction } from '../check';
import type { Sizes } from '../error';

/** A pattern that is refused. */
export interface Refusal {
	readonly op: 'rearrange' | 'repeat' | Reduction;
	readonly pattern: string;
	readonly shape: readonly number[];
	readonly sizes: Sizes;
	/** What the sentence says. */
	readonly says: RegExp;
	/** The part of the pattern that is to blame, `|` on both sides of it in the pattern; null where none is. */
	readonly marked: string | null;
}

type Row = [op: Refusal['op'], marked: string, shape: number[], sizes: Sizes, says: RegExp];

const ROWS: Row[] = [
	// The arrow.
	['rearrange', 'a b', [2, 3], {}, /no arrow: write '->'/],
	['rearrange', '', [2, 3], {}, /no arrow/],
	['rearrange', 'a b |→| b a', [2, 3], {}, /no arrow/],
	['rearrange', 'a b |=>| b a', [2, 3], {}, /no arrow/],
	['rearrange', 'a b |-| > b a', [2, 3], {}, /no arrow/],
	['rearrange', 'a b -> a |->| b', [2, 3], {}, /more than one arrow/],
	['rearrange', 'a |>| b -> a b', [2, 3], {}, /'>' has no meaning here: the arrow/],
	// Characters.
	['rearrange', 'a b|!| -> a b', [2, 3], {}, /'!' has no meaning/],
	['rearrange', 'a|,| b -> b a', [2, 3], {}, /put a space between axes/],
	['rearrange', '|[|a b] -> a b', [6], { a: 2 }, /group axes with \( and \)/],
	['rearrange', 'a|\t|b -> b a', [2, 3], {}, /Only plain spaces/],
	['rearrange', 'a|\n|b -> b a', [2, 3], {}, /Only plain spaces/],
	['rearrange', '|…| a -> a', [2, 3], {}, /Axis … stands only on the left/],
	['rearrange', '... a -> a |…|', [2, 3], {}, /not the three dots on the left: write '...' here too/],
	['rearrange', 'a b -> a b |…|', [2, 3], {}, /single axis that stands only on the right/],
	['repeat', 'a -> a |…|', [2], {}, /single axis that stands only on the right/],
	['sum', 'a -> a |…|', [2], {}, /single axis that stands only on the right/],
	['rearrange', '… a -> a |...|', [2, 3], {}, /stands for nothing: put '...' on the left/],
	['rearrange', '|… a| -> a …', [2, 3, 4], {}, /names 2 axes, but the input has 3: .* let '...' stand for them/],
	['rearrange', '… |…| -> …', [2, 3], {}, /left side has two ellipses/],
	['rearrange', '... |…| -> ...', [2, 3], {}, /left side has two ellipses/],
	['rearrange', '|a…| b -> b a…', [2, 3], {}, /'…' can only stand alone/],
	['rearrange', '|……| b -> b ……', [2, 3], {}, /'…' can only stand alone/],
	['rearrange', '|...|… b -> b ...', [2, 3], {}, /space between the ellipsis/],
	['rearrange', '… a -> a …', [2, 3], { '…': 2 }, /'…' is no name/],
	['rearrange', 'a b -> b |*| a', [2, 3], {}, /'\*' has no meaning/],
	['rearrange', 'a |😀| -> a', [2, 3], {}, /'😀' has no meaning/],
	// Dots.
	['rearrange', 'a |..| -> a ..', [2, 3], {}, /exactly three/],
	['rearrange', 'a |....| -> a', [2, 3], {}, /exactly three/],
	['rearrange', 'a |.|b -> a', [2, 3], {}, /exactly three/],
	['rearrange', 'a ... |...| -> a', [2, 3], {}, /left side has two ellipses/],
	['sum', 'a ... -> ... (|...| a)', [2, 3], {}, /right side has two ellipses/],
	['rearrange', 'a|...| -> a ...', [2, 3], {}, /space between the ellipsis/],
	['rearrange', '(|...|) b -> b (...)', [2, 3], {}, /ellipsis on the left cannot stand in parentheses/],
	['rearrange', 'a b -> a b |...|', [2, 3], {}, /stands for nothing/],
	['repeat', 'a b -> a b (|...|)', [2, 3], {}, /stands for nothing/],
	['rearrange', 'a |...| -> a', [2, 3], {}, /The ellipsis stands only on the left/],
	['repeat', 'a |...| -> a', [2, 3], {}, /The ellipsis stands only on the left/],
	// Parentheses.
	['rearrange', '|(|a b -> a b', [2, 3], {}, /never closed/],
	['rearrange', 'a b -> |(|a b', [2, 3], {}, /never closed/],
	['rearrange', 'a b|)| -> a b', [2, 3], {}, /closes nothing/],
	['rearrange', '(a b)|)| -> a b', [6], { a: 2 }, /closes nothing/],
	['rearrange', '(|(|a) b) c -> a b c', [2, 3], {}, /take the inner pair away/],
	['rearrange', 'c (h p |(|w q) -> c h w', [3, 4, 4], {}, /before this one is still open: add its '\)'/],
	// Names.
	['rearrange', '|1a| b -> 1a b', [2, 3], {}, /'1a' is no name .* start it with a letter/],
	['rearrange', '|_| b -> _ b', [2, 3], {}, /underscore/],
	['rearrange', '|a_| b -> a_ b', [2, 3], {}, /underscore/],
	['rearrange', '|_a| b -> _a b', [2, 3], {}, /underscore/],
	['rearrange', '|²| b -> ² b', [2, 3], {}, /'²' is no name/],
	['rearrange', 'a |a| -> a', [2, 3], {}, /Axis a stands twice on the left/],
	['rearrange', 'a b -> a |a|', [2, 3], {}, /Axis a stands twice on the right/],
	['rearrange', '(a |a|) -> a', [4], {}, /Axis a stands twice on the left/],
	['sum', 'a |0| -> a', [2, 3], {}, /length of at least 1/],
	// The two sides.
	['rearrange', 'a |b| -> a', [2, 3], {}, /Axis b stands only on the left: put it on the right too, or use reduce/],
	['rearrange', 'a b -> a b |c|', [2, 3], {}, /Axis c stands only on the right: take it away, or use repeat/],
	['rearrange', 'a b -> a b |c|', [2, 3], { c: 4 }, /Axis c stands only on the right/],
	['rearrange', '(a |b|) -> a', [6], { a: 2 }, /Axis b stands only on the left/],
	['rearrange', 'a b -> |A| b', [2, 3], {}, /Axis a stands only on the left and A only on the right/],
	['rearrange', 'a |3| -> a 3', [2, 3], {}, /no number but 1 .* name the axis/],
	['rearrange', 'a b -> (a |2|) b', [2, 3], {}, /no number but 1/],
	['sum', 'a b -> a b |c|', [2, 3], {}, /Axis c stands only on the right/],
	['sum', 'a b -> a |2|', [2, 3], {}, /The axis of length 2 stands only on the right/],
	['sum', 'a 3 -> a |3|', [2, 3], {}, /The axis of length 3 stands only on the right/],
	['repeat', 'a |b| -> a', [2, 3], {}, /Axis b stands only on the left/],
	['repeat', 'a |3| -> a 3', [2, 3], {}, /length 3 stands only on the left: name it/],
	['repeat', 'a b -> a b |r|', [2, 3], {}, /length must be given: add a size for r/],
	['repeat', '... -> ... (|r1| r2)', [2, 3], { r2: 2 }, /add a size for r1/],
	// The shape.
	['rearrange', '|a| -> a', [2, 3], {}, /names 1 axis, but the input has 2: name the others too/],
	['rearrange', '|a b c| -> a b c', [2, 3], {}, /names 3 axes, but the input has 2: take some away/],
	['rearrange', '|a b c ...| -> a b c ...', [2, 3], {}, /names at least 3 axes, but the input has 2/],
	['rearrange', '| |-> 1', [2], {}, /names 0 axes, but the input has 1/],
	['rearrange', 'a 1 -> a', [2, 3], {}, /Axis 2 of the input has length 3, but a 1 or \(\)/],
	['rearrange', '() a -> a', [2, 3], {}, /Axis 1 of the input has length 2, but a 1 or \(\)/],
	['sum', 'a |4| -> a', [2, 3], {}, /Axis 2 of the input has length 3, but the pattern says 4: write 3/],
	['sum', '(|2 4|) -> ', [6], {}, /length 6, but 2 × 4 = 8: change/],
	// Sizes.
	['rearrange', '(|a b|) -> a b', [5], { a: 2 }, /length 5, which a = 2 does not divide: .* such as 1 or 5/],
	['max', 'c (|h 3|) -> c h', [2, 8], {}, /length 8, which 3 does not divide: .* 2 or 4/],
	['rearrange', '(|a b|) -> a b', [6], { a: 12 }, /a = 12 does not divide: .* such as 6/],
	['rearrange', '(|a b|) -> a b', [6], {}, /lengths of a and b cannot both be inferred .* give the size of one/],
	['rearrange', '(|a b c|) -> a b c', [6], { a: 2 }, /lengths of b and c cannot both/],
	['rearrange', '(|a b c|) -> a b c', [6], {}, /all but one of them/],
	['rearrange', '(|a b|) -> a b', [6], { a: 2, b: 4 }, /length 6, but a × b = 2 × 4 = 8: change/],
	['rearrange', '|a| b -> b a', [2, 3], { a: 5 }, /Axis 1 of the input has length 2, but a = 5: make the size 2/],
	['rearrange', 'a b -> b a', [2, 3], { c: 3 }, /size is given for c \(3\), but no axis/],
	['repeat', 'a |b| -> a', [2, 3], { r: 2 }, /Axis b stands only on the left/],
	['rearrange', '(|a| b) -> a b', [4], { a: 2.5 }, /a = 2.5 is no length/],
	['rearrange', '(|a| b) -> a b', [4], { a: -2 }, /a = -2 is no length/],
	['rearrange', '(|a| b) -> a b', [4], { a: NaN }, /a = NaN is no length/],
	['rearrange', '(|a b|) -> a b', [4], { a: 0 }, /size of 0 leaves the length of b open/],
	['rearrange', '(|a b|) -> a b', [4], { a: 0, b: 3 }, /length 4, but a × b = 0 × 3 = 0/],
	['rearrange', '(|a b|) -> a b', [0], { a: 0 }, /size of 0 leaves the length of b open/],
	['rearrange', 'a b -> b a', [2, 3], { _a: 2 }, /'_a' is no name/],
	['rearrange', 'a b -> b a', [2, 3], { '...': 2 }, /'...' is no name/],
	['repeat', 'a b -> a b |r|', [2, 3], { r: -1 }, /r = -1 is no length/],
	['repeat', 'a b -> a b |constructor|', [2, 3], {}, /add a size for constructor/],
	['repeat', 'a b -> a b 99999999999', [2, 3], {}, /more than fit into memory/],
	['max', 'a b -> a', [2, 0], {}, /no max of no elements/],
	['min', '... ->', [0], {}, /no min of no elements/]
];

export const REFUSALS: readonly Refusal[] = ROWS.map(([op, marked, shape, sizes, says]) => {
	return { op, pattern: marked.replaceAll('|', ''), shape, sizes, says, marked: marked.includes('|') ? marked : null };
});
