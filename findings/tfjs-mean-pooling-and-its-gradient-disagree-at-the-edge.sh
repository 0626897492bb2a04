#!/usr/bin/env bash
# @tensorflow/tfjs 4.22.0 (npm), on its backend in plain JavaScript.
#
# With the padding 'same', a mean pooling whose windows reach beyond the map divides by the places that the map has there,
# and its gradient divides by the size of the whole window. So the gradient is not that of what was computed: of a sum over
# the squares it should be 1 a square, shared among the places of each, and at the right and bottom edges it is a half or a
# quarter of that. A network with such poolings (ResNet's shortcuts over maps of odd sides) learns at its edges by less than
# it should. Ours goes back by its own sums (src/lib/engine/ops/convolution-back.ts).
#
# Here: a map of 3 x 3 ones in squares of 2 x 2. Seen: the means are all 1, so the map was not padded with zeros; the
# gradient's sum over each square is 1 in the first and then 0.5, 0.5 and 0.25; by differences it is 1 in each.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true, "type": "module" }' >package.json
npm install --no-audit --no-fund --silent @tensorflow/tfjs@4.22.0
cat >pool.js <<'JS'
import * as tf from '@tensorflow/tfjs';

await tf.setBackend('cpu');
const pool = (x) => tf.avgPool(x, 2, 2, 'same');
const map = tf.ones([1, 3, 3, 1]);
const SQUARES = [[0, 1, 3, 4], [2, 5], [6, 7], [8]];
const sums = (values) => SQUARES.map((places) => places.reduce((sum, place) => sum + values[place], 0)).join(' ');

console.log('means:', [...pool(map).dataSync()].join(' '));
console.log('gradient:', sums(tf.grad((x) => tf.sum(pool(x)))(map).dataSync()));
const total = (values) => tf.sum(pool(tf.tensor4d(values, [1, 3, 3, 1]))).dataSync()[0];
const differences = Array.from({ length: 9 }, (_, place) => {
	const moved = new Float32Array(9).fill(1);
	moved[place] += 0.5;
	return (total(moved) - total(new Float32Array(9).fill(1))) / 0.5;
});
console.log('differences:', sums(differences));
JS
seen=$(node pool.js 2>/dev/null | grep -E '^(means|gradient|differences)')
echo "$seen"
[[ $seen == "means: 1 1 1 1
gradient: 1 0.5 0.5 0.25
differences: 1 1 1 1" ]]
