/**
 * Teaches a small ViT or a small CNN from nothing what pictures show that are drawn by a seed, as the page does: one
 * training with its progress, or the table of how many pictures each kind of network needs.
 */
import { useNodeBackend } from '../src/lib/engine/backends/node.ts';
import type { Teacher } from '../src/lib/engine/train/contract.ts';
import { teacherOf } from '../src/lib/engine/train/plans.ts';
import { runCommand } from './lib/cli.ts';
import { fillTable } from './lib/data-hunger.ts';
import { recordCurves } from './lib/growing.ts';
import { trainOptions, type TrainOptions } from './lib/train-options.ts';
import { describeTrained, train, type Trained } from './lib/train-run.ts';

/** Held-out pictures. */
const HELD_OUT = 1000;

const say = (line: string) => console.log(line);

/** The CNN that a ViT learns from, taught on the same pictures. */
async function teach(asked: TrainOptions): Promise<{ trained: Trained; teacher: Teacher }> {
	say('First the teacher, a CNN.');
	const { trained, training } = await train({ ...asked, model: 'cnn', heldOut: HELD_OUT }, say);
	say(describeTrained(trained));
	const teacher = teacherOf(training.save());
	if (!teacher) throw new Error('What was taught is no CNN.');
	return { trained, teacher };
}

await runCommand(async () => {
	const asked = trainOptions(process.argv.slice(2));
	await useNodeBackend('training' in asked ? asked.training.backend : 'wasm');
	if ('curves' in asked) return recordCurves(asked.curves, say);
	if ('table' in asked) return fillTable(asked.table, say);
	const { training: options } = asked;
	const taught = options.distil ? await teach(options) : null;
	const { trained } = await train(
		{ ...options, heldOut: HELD_OUT, distilled: options.distil, ...(taught && { teacher: taught.teacher }) },
		say
	);
	say(describeTrained(trained));
	say(JSON.stringify({ ...trained, ...(taught && { teacher: taught.trained }) }));
});
