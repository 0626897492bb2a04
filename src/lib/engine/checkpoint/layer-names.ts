/**
 * The parameter names of the two worlds that checkpoints come from, side by side. `timm` keeps query, key and value in
 * one matrix; Hugging Face's transformers keeps three.
 */
export type Naming = 'timm' | 'huggingface';

/** Which file tensors make one of our layers. Several names mean: stacked along the outputs. */
export interface LayerNames {
	readonly weight: readonly string[];
	readonly bias: readonly string[];
}

/** The layer whose tensors are `stem.weight` and `stem.bias`, or several of them stacked. */
export function layer(...stems: string[]): LayerNames {
	return { weight: stems.map((stem) => `${stem}.weight`), bias: stems.map((stem) => `${stem}.bias`) };
}
