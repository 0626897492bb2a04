#!/usr/bin/env bash
# @tensorflow/tfjs 4.22.0 and @tensorflow/tfjs-backend-wasm 4.22.0 (npm).
#
# Where scores hold NaN (a float16 weight that overflowed, a row normalised by zero), `tf.max` is NaN on the cpu backend and on
# wasm, as in NumPy and PyTorch. `tf.argMax` is not the place of the NaN, as it is there: it passes over it, but only where
# another number stands before it. With NaN first it gives 0, whatever follows. So the same broken scores name a class or
# another by where the NaN lies, and a check of the winner's score finds nothing to object to.
#
# Here: [1, NaN, 3] and [NaN, 1, 3], on cpu and on wasm. Seen: places 2 and 0 on both; NumPy says 1 and 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0
cat >scores.cjs <<'JS'
const tf = require('@tensorflow/tfjs');
require('@tensorflow/tfjs-backend-wasm');

(async () => {
	for (const backend of ['cpu', 'wasm']) {
		await tf.setBackend(backend);
		for (const scores of [
			[1, NaN, 3],
			[NaN, 1, 3]
		]) {
			const of = tf.tensor1d(scores);
			const [place, most] = [tf.argMax(of).dataSync()[0], tf.max(of).dataSync()[0]];
			console.log(`seen ${backend} [${scores}]: argMax ${place}, max ${most}`);
		}
	}
})();
JS
seen=$(node scores.cjs 2>/dev/null | grep '^seen ')
echo "$seen"
[ "$seen" = "seen cpu [1,NaN,3]: argMax 2, max NaN
seen cpu [NaN,1,3]: argMax 0, max NaN
seen wasm [1,NaN,3]: argMax 2, max NaN
seen wasm [NaN,1,3]: argMax 0, max NaN" ]
