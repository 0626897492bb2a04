import { gelu } from '../../analysis/gelu';
import { silu } from '../../analysis/silu';
import type { ViTConfig } from '../../engine/vit/config';

/** The curve between the two layers of a feed-forward part: of the hidden values, or of their gates. */
export interface Bend {
	readonly name: 'GELU' | 'SiLU';
	at(x: number): number;
	/** As far to both sides of zero the curve bends; beyond, it is 0 on the left and x on the right, nearly. */
	readonly reach: number;
	/** How far below zero the curve comes. */
	readonly depth: number;
	/** What the curve is of, in the singular. */
	readonly of: 'hidden value' | 'gate';
}

/** GELU is that near to within 0.0002, SiLU to within 0.003. */
const GELU: Bend = { name: 'GELU', at: gelu, reach: 4, depth: 0.17, of: 'hidden value' };
const SILU: Bend = { name: 'SiLU', at: silu, reach: 8, depth: 0.28, of: 'gate' };

export function bendOf({ mlp }: Pick<ViTConfig, 'mlp'>): Bend {
	return mlp === 'swiglu' ? SILU : GELU;
}
