#!/usr/bin/env bash
# @tensorflow/tfjs 4.22.0 and @tensorflow/tfjs-backend-wasm 4.22.0 (npm).
#
# `tf.fused.matMul` with a bias of one number a column adds it to every row, on wasm too, as long as each side is one matrix
# and neither is asked for transposed. With `transposeA`, with `transposeB` or with more than one matrix, wasm adds it to
# the first row of each result, and all rows after that get the bias's last number in every column. Nothing warns. PyTorch
# keeps a linear layer's weight as (outputs, inputs), so `transposeB` is the plain way to run a checkpoint as it is, and
# tokens come in batches: either way the first row (in a ViT, the class token of a photo) has the right bias, and that of
# all others is wrong. `tf.matMul` with `tf.add` is right everywhere, and ours never asks for the fused one.
#
# Here: zeros times zeros, and the bias 1 2 3, so that each row should be 1 2 3. Seen: on cpu it is, in every way; on wasm
# it is in the first way and the last, and in the three between 1 2 3 is followed by 3 3 3.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0
cat >bias.cjs <<'JS'
const tf = require('@tensorflow/tfjs');
require('@tensorflow/tfjs-backend-wasm');

const ways = {
	'as they are': (bias) => tf.fused.matMul({ a: tf.zeros([2, 4]), b: tf.zeros([4, 3]), bias }),
	transposeA: (bias) => tf.fused.matMul({ a: tf.zeros([4, 2]), b: tf.zeros([4, 3]), transposeA: true, bias }),
	transposeB: (bias) => tf.fused.matMul({ a: tf.zeros([2, 4]), b: tf.zeros([3, 4]), transposeB: true, bias }),
	'batch of two': (bias) => tf.fused.matMul({ a: tf.zeros([2, 2, 4]), b: tf.zeros([4, 3]), bias }),
	'not fused': (bias) => tf.add(tf.matMul(tf.zeros([2, 2, 4]), tf.zeros([3, 4]), false, true), bias)
};

(async () => {
	for (const backend of ['cpu', 'wasm']) {
		await tf.setBackend(backend);
		for (const [name, run] of Object.entries(ways)) {
			const rows = run(tf.tensor1d([1, 2, 3])).reshape([-1, 3]).arraySync();
			console.log(`seen ${backend}, ${name}: ${rows.map((row) => row.join(' ')).join(', ')}`);
		}
	}
})();
JS
seen=$(node bias.cjs 2>/dev/null | grep '^seen ')
echo "$seen"
[ "$seen" = "seen cpu, as they are: 1 2 3, 1 2 3
seen cpu, transposeA: 1 2 3, 1 2 3
seen cpu, transposeB: 1 2 3, 1 2 3
seen cpu, batch of two: 1 2 3, 1 2 3, 1 2 3, 1 2 3
seen cpu, not fused: 1 2 3, 1 2 3, 1 2 3, 1 2 3
seen wasm, as they are: 1 2 3, 1 2 3
seen wasm, transposeA: 1 2 3, 3 3 3
seen wasm, transposeB: 1 2 3, 3 3 3
seen wasm, batch of two: 1 2 3, 3 3 3, 1 2 3, 3 3 3
seen wasm, not fused: 1 2 3, 1 2 3, 1 2 3, 1 2 3" ]
