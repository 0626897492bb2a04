#!/usr/bin/env bash
# @huggingface/transformers 4.3.2 (npm), with onnx-proto 8.0.1 to write the model that is run.
#
# Its image-classification pipeline takes the softmax of whatever the head says. `problem_type` and the number of outputs,
# by which the Python pipeline of the same name chooses between softmax and sigmoids, are not looked at there (its text
# classification does look). A detector with one output is therefore always sure, and the classes of a multi-label model
# share 100 % among them.
#
# Here: a model whose logits are the mean of the picture's red, green and blue, normalised, on a grey photo of 0.6 (each
# logit is 0.2, a probability of 0.55 by itself) and with one output on the same. Seen: 1 and 1/3.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --ignore-scripts --no-audit --no-fund --silent @huggingface/transformers@4.3.2 onnx-proto@8.0.1
cat >classify.mjs <<'JS'
import { mkdirSync, writeFileSync } from 'node:fs';
import proto from 'onnx-proto';
import { env, pipeline, RawImage } from '@huggingface/transformers';

const { onnx } = proto;
env.allowRemoteModels = false;
env.localModelPath = './models';
const FLOAT = 1;
const value = (name, ...dims) => ({
	name,
	type: { tensorType: { elemType: FLOAT, shape: { dim: dims.map((d) => (typeof d === 'string' ? { dimParam: d } : { dimValue: d })) } } }
});

/** Logits that are means of the pixels: of each colour, or of all of them. */
function write(folder, outputs, config) {
	const axes = outputs === 1 ? [1, 2, 3] : [2, 3];
	const ints = (name, list) => ({ name, type: 7, ints: list });
	const int = (name, i) => ({ name, type: 2, i });
	const graph = {
		name: 'means',
		input: [value('pixel_values', 'batch', 3, 8, 8)],
		output: [value('logits', 'batch', outputs)],
		node: [
			{ opType: 'ReduceMean', input: ['pixel_values'], output: ['mean'], attribute: [ints('axes', axes), int('keepdims', 1)] },
			{ opType: 'Flatten', input: ['mean'], output: ['logits'], attribute: [int('axis', 1)] }
		]
	};
	const model = { irVersion: 8, opsetImport: [{ domain: '', version: 13 }], graph };
	mkdirSync(`models/${folder}/onnx`, { recursive: true });
	writeFileSync(`models/${folder}/onnx/model.onnx`, onnx.ModelProto.encode(onnx.ModelProto.fromObject(model)).finish());
	writeFileSync(`models/${folder}/config.json`, JSON.stringify({ model_type: 'vit', ...config }));
	const processor = { image_processor_type: 'ViTImageProcessor', size: { height: 8, width: 8 }, resample: 2 };
	const pixels = { do_resize: true, do_rescale: true, do_normalize: true, image_mean: [0.5, 0.5, 0.5], image_std: [0.5, 0.5, 0.5] };
	writeFileSync(`models/${folder}/preprocessor_config.json`, JSON.stringify({ ...processor, ...pixels }));
}

write('one', 1, { id2label: { 0: 'tumour' } });
write('many', 3, { id2label: { 0: 'red', 1: 'green', 2: 'blue' }, problem_type: 'multi_label_classification' });
const grey = new RawImage(new Uint8ClampedArray(8 * 8 * 3).fill(153), 8, 8, 3);
for (const model of ['one', 'many']) {
	const classify = await pipeline('image-classification', model, { dtype: 'fp32' });
	const scores = await classify(grey, { top_k: null });
	console.log(`${model}: ${scores.map(({ label, score }) => `${label} ${score.toFixed(3)}`).join(', ')}`);
}
JS
seen=$(node classify.mjs 2>/dev/null)
echo "$seen"
[[ $seen == *"one: tumour 1.000"* ]]
[[ $seen == *"red 0.333"* && $seen == *"green 0.333"* && $seen == *"blue 0.333"* ]]
