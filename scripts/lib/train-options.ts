import { parseArgs } from 'node:util';
import { PatchworkError } from '../../src/lib/base/errors.ts';
import { TASKS, type Task } from '../../src/lib/engine/train/contract.ts';
import { SIDES, type Side } from '../../src/lib/engine/train/presets.ts';
import { nodeBackend, required, typedPath, wholeNumber } from './cli.ts';

const USAGE =
	'npm run train -- --task NAME --model vit|cnn [--pictures N] [--size 32|48|64] [--seed N] [--steps N | --minutes N] [--mirror] [--shift PX] [--distil] [--backend wasm|cpu], npm run train -- --table [--out FILE.json], or npm run train -- --curves [--out FILE.json]';

export const MODELS = ['vit', 'cnn'] as const;
export type ModelKind = (typeof MODELS)[number];

/** One training. */
export interface TrainOptions {
	readonly task: Task;
	readonly model: ModelKind;
	/** How many pictures it learns from. */
	readonly pictures: number;
	/** Their side, in pixels. */
	readonly size: Side;
	readonly seed: number;
	/** Of the whole schedule; by default the recipe's. */
	readonly steps: number | undefined;
	/** After so many it stops, wherever the schedule is. */
	readonly minutes: number;
	readonly mirror: boolean;
	readonly shift: number;
	/** Whether a ViT learns from a CNN that was taught before it, through a distillation token. */
	readonly distil: boolean;
	readonly backend: 'wasm' | 'cpu';
}

/** What a command line asks for: one training, the table of all, or the curves that the page shows first. */
export type Asked = { readonly table: string } | { readonly curves: string } | { readonly training: TrainOptions };

/** Where the pages read the table, and the curves. */
export const TABLE = 'static/recorded/data-hunger.json';
export const CURVES = 'static/recorded/growing.json';

/**
 * @param args of the command line, without the program
 * @throws PatchworkError `request` that shows the usage, or says what there is
 */
export function trainOptions(args: readonly string[]): Asked {
	const text = { type: 'string' } as const;
	const flag = { type: 'boolean', default: false } as const;
	const { values } = parseArgs({
		args: [...args],
		options: {
			...{ task: text, model: text, steps: text, minutes: text, out: text },
			...{ table: flag, curves: flag, mirror: flag, distil: flag },
			pictures: { type: 'string', default: '1000' },
			size: { type: 'string', default: '32' },
			seed: { type: 'string', default: '1' },
			shift: { type: 'string', default: '0' },
			backend: { type: 'string', default: 'wasm' }
		}
	});
	if (values.table) return { table: values.out === undefined ? TABLE : typedPath(values.out) };
	if (values.curves) return { curves: values.out === undefined ? CURVES : typedPath(values.out) };
	const model = oneOf(MODELS, required(values.model, 'model', USAGE), 'model');
	if (values.distil && model !== 'vit')
		throw new PatchworkError('request', `--distil teaches a ViT; ask for --model vit. Usage: ${USAGE}`);
	return {
		training: {
			task: oneOf(TASKS, required(values.task, 'task', USAGE), 'task'),
			model,
			pictures: wholeNumber('pictures', values.pictures, 1, USAGE),
			size: sideOf(values.size),
			seed: wholeNumber('seed', values.seed, 0, USAGE),
			steps: values.steps === undefined ? undefined : wholeNumber('steps', values.steps, 1, USAGE),
			minutes: values.minutes === undefined ? Infinity : positive(values.minutes),
			mirror: values.mirror,
			shift: wholeNumber('shift', values.shift, 0, USAGE),
			distil: values.distil,
			backend: nodeBackend(values.backend, USAGE)
		}
	};
}

function oneOf<T extends string>(names: readonly T[], value: string, option: string): T {
	const found = names.find((name) => name === value);
	if (found !== undefined) return found;
	throw new PatchworkError(
		'request',
		`There is no ${option} "${value}": there are ${names.join(', ')}. Usage: ${USAGE}`
	);
}

function sideOf(value: string): Side {
	const found = SIDES.find((side) => String(side) === value);
	if (found !== undefined) return found;
	throw new PatchworkError('request', `--size takes ${SIDES.join(', ')}, in pixels, not "${value}". Usage: ${USAGE}`);
}

function positive(value: string): number {
	const number = Number(value);
	if (Number.isFinite(number) && number > 0) return number;
	throw new PatchworkError('request', `--minutes takes a number above 0, not "${value}". Usage: ${USAGE}`);
}
