import type { ShapeOf } from './fields';
import type { StoredTensor } from './safetensors';

/** What the table at the start of a weights file says of a tensor. */
export type TensorEntry = Pick<StoredTensor, 'name' | 'dtype' | 'shape'>;

/** The tensors of a checkpoint by the names that its model gives them: see `canonical.ts`. */
export type TensorTable<T extends TensorEntry = TensorEntry> = ReadonlyMap<string, T>;

export function shapesIn(table: TensorTable): ShapeOf {
	return (name) => table.get(name)?.shape;
}
