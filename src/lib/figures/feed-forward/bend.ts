import { GELUS } from '../../analysis/gelu';
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

/** GELU is that near to within 0.0002, its quick approximation and SiLU to within 0.003. */
const GELU = { name: 'GELU', reach: 4, depth: 0.17, of: 'hidden value' } as const;
const QUICK = { ...GELU, reach: 5, depth: 0.164 } as const;
const SILU: Bend = { name: 'SiLU', at: silu, reach: 8, depth: 0.28, of: 'gate' };

/** @param gelu how it is computed, exactly unless it is said */
export function bendOf({ mlp, gelu = 'erf' }: Pick<ViTConfig, 'mlp'> & Partial<Pick<ViTConfig, 'gelu'>>): Bend {
	if (mlp === 'swiglu') return SILU;
	return { ...(gelu === 'sigmoid' ? QUICK : GELU), at: GELUS[gelu] };
}
