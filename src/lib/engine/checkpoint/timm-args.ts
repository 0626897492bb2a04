import { bad, inJson, quoted, type Json } from './fields';

/** Arguments that only matter in training, or that choose how the same numbers are computed. */
const TRAINING = [
	'drop_rate',
	'pos_drop_rate',
	'patch_drop_rate',
	'proj_drop_rate',
	'attn_drop_rate',
	'drop_path_rate',
	'weight_init',
	'fix_init',
	'pretrained',
	'pretrained_strict',
	'scriptable',
	'exportable',
	'device',
	'dtype',
	// They let a model take other sizes than its own; ours takes those that patches fill in any case.
	'dynamic_img_size',
	'dynamic_img_pad',
	'strict_img_size'
];

/** Which of `model_args` a family reads or finds in the weights, and which it runs with one value only. */
export interface KnownArgs {
	readonly read: readonly string[];
	/** By name: the values that are the same as leaving it out. */
	readonly only: Readonly<Record<string, readonly unknown[]>>;
}

/** What timm takes for an argument that is not given. */
export const UNSET = [null, ''];

/** @throws PatchworkError `config` naming an argument that we don't know, or don't run with its value */
export function checkArgs(args: Json, { read, only }: KnownArgs): void {
	for (const [name, value] of Object.entries(args)) {
		if (read.includes(name) || TRAINING.includes(name)) continue;
		const fine = Object.hasOwn(only, name) ? only[name] : undefined;
		if (!fine) throw bad(`has ${quoted(name)} = ${inJson(value)} in model_args, which we don’t know`);
		if (!fine.includes(value)) throw bad(`has ${quoted(name)} = ${inJson(value)} in model_args, which we don’t run`);
	}
}
