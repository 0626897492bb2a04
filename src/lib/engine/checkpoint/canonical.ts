import { PatchworkError } from '../../base/errors';
import { READERS } from '../readers';
import type { TensorEntry } from './table';

/**
 * What others put before a model's names: torch.compile, torch's DataParallel, and transformers' wrapper around a model of
 * timm. timm (1.0.29, `clean_state_dict`) strips the first two, transformers (5.18) the last.
 */
const WRAPPERS = /^(?:_orig_mod\.|module\.|timm_model\.)+/;

/**
 * transformers' names for the encoder inside a model with a task's head: its `model_type`. One file may have them before
 * some names only.
 */
const ENCODERS = new RegExp(`^(?:${READERS.flatMap(({ transformers }) => transformers).join('|')})\\.`);

/** A tensor's name without what stands before it in some files. */
export function plainName(name: string): string {
	return unwrapped(name).replace(ENCODERS, '');
}

/** A tensor's name as the library itself writes it: without what is wrapped around the model. */
export function unwrapped(name: string): string {
	return name.replace(WRAPPERS, '');
}

/**
 * A checkpoint's tensors without the prefixes that say nothing of the model. Each keeps the name that the file has.
 * @throws PatchworkError `checkpoint` where two names differ in nothing else
 */
export function canonical<T extends TensorEntry>(table: ReadonlyMap<string, T>): Map<string, T> {
	const plain = new Map<string, T>();
	for (const [name, entry] of table) {
		const known = plainName(name);
		const other = plain.get(known);
		if (other) {
			throw new PatchworkError(
				'checkpoint',
				`The weights file has both '${other.name}' and '${name}', and only one of them can be meant. Choose another model.`
			);
		}
		plain.set(known, entry);
	}
	return plain;
}
