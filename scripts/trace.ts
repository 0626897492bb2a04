/** Runs a checkpoint folder on a photo, or on recorded pixel values, and writes its intermediates by name. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { useNodeBackend } from '../src/lib/engine/backends/node.ts';
import { readSafetensors, toFloat32, writeSafetensors } from '../src/lib/engine/checkpoint/safetensors.ts';
import { Model } from '../src/lib/engine/model.ts';
import { preprocess } from '../src/lib/engine/preprocess.ts';
import { tapSpecs } from '../src/lib/engine/families.ts';
import { PatchworkError } from '../src/lib/base/errors.ts';
import { answerTap } from '../src/lib/worker/answer.ts';
import { readBytes, readCheckpoint } from './lib/checkpoint.ts';
import { nodeBackend, required, runCommand, typedPath } from './lib/cli.ts';
import { decodeFile } from './lib/decode.ts';
import { readEdits } from './lib/edits.ts';
import { answerLines } from './lib/print-answer.ts';

const USAGE =
	'npm run trace -- --model DIR --input PHOTO|pixels.safetensors --out FILE.safetensors [--backend wasm|cpu] [--taps REGEX] [--edit FILE.json]';

function options() {
	const { values } = parseArgs({
		options: {
			model: { type: 'string' },
			input: { type: 'string' },
			out: { type: 'string' },
			backend: { type: 'string', default: 'wasm' },
			taps: { type: 'string', default: '' },
			edit: { type: 'string' }
		}
	});
	return {
		model: required(values.model, 'model', USAGE),
		input: required(values.input, 'input', USAGE),
		out: required(values.out, 'out', USAGE),
		backend: nodeBackend(values.backend, USAGE),
		taps: pattern(values.taps),
		edit: values.edit
	};
}

function pattern(source: string): RegExp {
	try {
		return new RegExp(source);
	} catch (error) {
		throw new PatchworkError('request', `--taps is not a regular expression: ${source}`, { cause: error });
	}
}

/** The model's input: recorded `pixel_values`, or a photo, preprocessed as the model was trained. */
async function pixelValues(input: string, model: Model): Promise<Float32Array> {
	if (!input.endsWith('.safetensors'))
		return preprocess(await decodeFile(input), model.config.preprocess, null).pixelValues;
	const recorded = readSafetensors(await readBytes(input)).get('pixel_values');
	if (!recorded) throw new PatchworkError('request', `${input} has no tensor named 'pixel_values'.`);
	return toFloat32(recorded);
}

await runCommand(async () => {
	const { model: folder, input, out, backend, taps, edit } = options();
	const edits = await readEdits(edit);
	await useNodeBackend(backend);
	const { files, labels } = await readCheckpoint(typedPath(folder));
	const model = Model.load(files);
	const pixels = await pixelValues(typedPath(input), model);
	// The answer is printed below, whether or not it is wanted in the file.
	const answer = answerTap(model.config);
	const trace = await model.run(pixels, { edits, taps: (name) => name === answer || taps.test(name) });
	const wanted = await Promise.all(trace.names.filter((name) => taps.test(name)).map((name) => trace.read(name)));
	await writeFile(
		typedPath(out),
		writeSafetensors(wanted, {
			model: folder,
			input,
			backend,
			...(edits.length > 0 && { edits: JSON.stringify(edits) })
		})
	);
	console.log(
		`${wanted.length} taps of ${tapSpecs(model.config).length} written to ${out}${edits.length > 0 ? `, after ${edits.length} edits` : ''}`
	);
	for (const line of answerLines(await trace.read(answer), { config: model.config, labels })) console.log(line);
	trace.dispose();
	model.dispose();
});
