#!/usr/bin/env bash
# @tensorflow/tfjs 4.22.0 and @tensorflow/tfjs-backend-wasm 4.22.0 (npm).
#
# On wasm `tf.maxPool3d` and `tf.dilation2d` begin each maximum not with the lowest number that there is, but with the
# least positive one that is normal, 2 ** -126 (which is what C++ means by `numeric_limits<float>::min()`). Where a whole
# window is negative, that is the answer. To a few decimals it reads 0, and behind a ReLU nobody meets it; logits,
# differences between two heat maps and normalised frames come out as if they had been rectified. `tf.maxPool` is right.
#
# Here: a map of -5 everywhere, and one of -5 with a single 3. Seen: on cpu -5 and 3 from all three; on wasm 2 ** -126
# instead of -5 from two of them, and 3 from all.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0
cat >maxima.cjs <<'JS'
const tf = require('@tensorflow/tfjs');
require('@tensorflow/tfjs-backend-wasm');

const operations = {
	maxPool: (values) => tf.maxPool(tf.tensor4d(values, [1, 2, 4, 1]), [2, 4], 1, 'valid'),
	maxPool3d: (values) => tf.maxPool3d(tf.tensor5d(values, [1, 2, 2, 2, 1]), 2, 1, 'valid'),
	dilation2d: (values) => tf.dilation2d(tf.tensor4d(values, [1, 2, 4, 1]), tf.zeros([2, 4, 1]), 1, 'valid')
};
const maps = [Array(8).fill(-5), [-5, -5, -5, 3, -5, -5, -5, -5]];
const written = (value) => (value === 2 ** -126 ? '2 ** -126' : value);

(async () => {
	for (const backend of ['cpu', 'wasm']) {
		await tf.setBackend(backend);
		for (const [name, run] of Object.entries(operations)) {
			const maxima = maps.map((values) => written(run(values).dataSync()[0]));
			console.log(`seen ${backend} ${name}: ${maxima.join(' and ')}`);
		}
	}
})();
JS
seen=$(node maxima.cjs 2>/dev/null | grep '^seen ')
echo "$seen"
[ "$seen" = "seen cpu maxPool: -5 and 3
seen cpu maxPool3d: -5 and 3
seen cpu dilation2d: -5 and 3
seen wasm maxPool: -5 and 3
seen wasm maxPool3d: 2 ** -126 and 3
seen wasm dilation2d: 2 ** -126 and 3" ]
