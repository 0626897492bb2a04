#!/usr/bin/env bash
# @tensorflow/tfjs 4.22.0 and @tensorflow/tfjs-backend-wasm 4.22.0 (npm).
#
# Where a stride does not divide a map, `dimRoundingMode: 'ceil'` keeps the windows that reach beyond its right and bottom
# edges, as PyTorch's `ceil_mode` does (SqueezeNet and GoogLeNet pool so). On wasm it changes the result's shape alone: the
# kernel finds its own size, rounds it down, and writes that smaller map closely packed into the larger tensor. So the first
# row is followed by the second within what should be one row, the places shift more with every row, and the last ones are
# never written. Max and mean pooling and convolutions all do so; 'round' does where it rounds up. Nothing warns, and the
# shape is the right one, so that the layers after it fit.
#
# Here: the numbers 0 to 24 in a map of 5 x 5, in windows of 2 x 2 by steps of 2. Seen: on cpu the nine values of 3 x 3; on
# wasm the same shape, which begins with the four values of 2 x 2.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0
cat >edges.cjs <<'JS'
const tf = require('@tensorflow/tfjs');
require('@tensorflow/tfjs-backend-wasm');

const operations = {
	maxPool: (map, rounding) => tf.maxPool(map, 2, 2, 0, rounding),
	avgPool: (map, rounding) => tf.avgPool(map, 2, 2, 0, rounding),
	conv2d: (map, rounding) => tf.conv2d(map, tf.ones([2, 2, 1, 1]), 2, 0, 'NHWC', 1, rounding)
};

(async () => {
	for (const backend of ['cpu', 'wasm']) {
		await tf.setBackend(backend);
		for (const [name, run] of Object.entries(operations)) {
			const result = run(tf.range(0, 25).reshape([1, 5, 5, 1]), 'ceil');
			// What wasm leaves unwritten is not looked at.
			const values = [...result.dataSync()].slice(0, backend === 'cpu' ? 9 : 4);
			console.log(`seen ${backend} ${name}: ${result.shape.slice(1, 3).join(' x ')} of ${values.join(' ')}`);
		}
	}
})();
JS
seen=$(node edges.cjs 2>/dev/null | grep '^seen ')
echo "$seen"
[ "$seen" = "seen cpu maxPool: 3 x 3 of 6 8 9 16 18 19 21 23 24
seen cpu avgPool: 3 x 3 of 3 5 6.5 13 15 16.5 20.5 22.5 24
seen cpu conv2d: 3 x 3 of 12 20 13 52 60 33 41 45 24
seen wasm maxPool: 3 x 3 of 6 8 16 18
seen wasm avgPool: 3 x 3 of 3 5 13 15
seen wasm conv2d: 3 x 3 of 12 20 52 60" ]
