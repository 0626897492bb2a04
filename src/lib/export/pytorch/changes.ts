import type { Edit } from '../../engine/edits/edit';
import type { Paths } from './recipes';
import { numbers } from './python';

/** What a script makes of a run's edits: lines, and the edits that it has no hook for. */
export interface Changes {
	readonly lines: readonly string[];
	readonly left: readonly Edit[];
}

/** Of a model whose blocks are all alike: how many they are, and where heads lie in what they hand on side by side. */
export interface Heads {
	readonly blocks: number;
	readonly count: number;
	/** Features of one. */
	readonly width: number;
}

/** What only some hooks need. */
const HELPERS = {
	scale: [
		'def scale_output(module, by):',
		'    """What the module makes is multiplied by a number."""',
		'    module.register_forward_hook(lambda module, inputs, output: output * by)'
	],
	heads: [
		'def scale_heads(module, heads, width, by):',
		'    """What some heads hand on is multiplied by a number; the module reads all of them side by side."""',
		'    def hook(module, inputs):',
		'        joined = inputs[0].clone()',
		'        for head in heads:',
		'            joined[..., head * width : (head + 1) * width] *= by',
		'        return (joined, *inputs[1:])',
		'    module.register_forward_pre_hook(hook)'
	],
	skip: [
		'def skip(block):',
		'    """What the block reads goes on as it came."""',
		'    def hook(module, inputs, output):',
		'        return inputs[0] if torch.is_tensor(output) else (inputs[0], *output[1:])',
		'    block.register_forward_hook(hook)'
	]
} as const;

interface Mapped {
	readonly helper: keyof typeof HELPERS | null;
	readonly line: string;
}

/** What is done by a hook, and what is not. @param heads null where the blocks are not alike: nothing has a hook then */
export function changesOf(edits: readonly Edit[], paths: Paths | null, heads: Heads | null): Changes {
	const mapped = edits.map((edit) => ({ edit, calls: paths && heads ? callsOf(edit, paths, heads) : null }));
	const calls = mapped.flatMap(({ calls }) => calls ?? []);
	const helpers = [...new Set(calls.map(({ helper }) => helper))].filter((helper) => helper !== null);
	return {
		lines: [...helpers.flatMap((helper) => [...HELPERS[helper], '', '']), ...calls.map(({ line }) => line)],
		left: mapped.filter(({ calls }) => calls === null).map(({ edit }) => edit)
	};
}

/** Null for one that there is no hook for. */
function callsOf(edit: Edit, paths: Paths, heads: Heads): Mapped[] | null {
	const by = edit.do === 'zero' ? 0 : edit.do === 'scale' ? edit.by : null;
	if (edit.tokens !== undefined || edit.queries !== undefined || edit.keys !== undefined || edit.channels !== undefined)
		return null;
	if (by === 0 && edit.tap === 'parameters.pos_embed') return zeroed(paths.positions);
	if (by === 0 && edit.tap === 'parameters.cls_token') return zeroed(paths.cls);
	const [, named, part] = /^blocks\.(\d+|\*)(?:\.(.+))?$/.exec(edit.tap) ?? [];
	if (named === undefined) return null;
	const blocks = named === '*' ? Array.from({ length: heads.blocks }, (_, block) => block) : [Number(named)];
	const call = callAt(part, edit, by, paths, heads);
	return call && blocks.map((block) => call(paths.block([block])));
}

const zeroed = (parameter: string): Mapped[] => [{ helper: null, line: `${parameter}.data.zero_()` }];

/** What is done to a block; null for what there is no hook for. */
function callAt(
	part: string | undefined,
	edit: Edit,
	by: number | null,
	{ joined, mlp }: Paths,
	{ count, width }: Heads
): ((block: string) => Mapped) | null {
	if (part === undefined && edit.do === 'skip') return (block) => ({ helper: 'skip', line: `skip(${block})` });
	if (by === null) return null;
	const chosen = edit.head === undefined ? Array.from({ length: count }, (_, head) => head) : [edit.head].flat();
	if (part === 'attn.head_out')
		return (block) => ({
			helper: 'heads',
			line: `scale_heads(${block}.${joined}, [${numbers(chosen)}], ${width}, ${by})`
		});
	const module = part === 'attn.out' ? joined : part === 'mlp.out' ? mlp : null;
	if (module === null || edit.head !== undefined) return null;
	return (block) => ({ helper: 'scale', line: `scale_output(${block}.${module}, ${by})` });
}
