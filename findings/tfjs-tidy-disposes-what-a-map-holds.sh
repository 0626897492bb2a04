#!/usr/bin/env bash
# @tensorflow/tfjs 4.22.0 (npm), the cpu backend.
#
# `tf.tidy` keeps the tensors in what its function returns, and looks for them by enumerable properties. Those in an
# array, a plain object (nested, or one that holds itself) or an instance with an ordinary field are kept. Those in a Map,
# a Set or a private field (`#t`) are not seen: the function returns its value, no error is raised, and the tensors in it
# are already disposed. So a class that is given a private field for a tidier interface breaks at its first use after
# `tidy`, far from the change.
#
# Here: one scalar, returned in six ways. Seen: kept, kept, kept, disposed, disposed, disposed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund --silent @tensorflow/tfjs@4.22.0
cat >ways.cjs <<'JS'
const tf = require('@tensorflow/tfjs');

class Open {
	constructor(t) {
		this.t = t;
	}
}
class Closed {
	#t;
	constructor(t) {
		this.#t = t;
	}
	get t() {
		return this.#t;
	}
}

const ways = {
	'nested array': (t) => [[t]],
	'plain object': (t) => ({ a: { t } }),
	'ordinary field': (t) => new Open(t),
	Map: (t) => new Map([['t', t]]),
	Set: (t) => new Set([t]),
	'private field': (t) => new Closed(t)
};

(async () => {
	await tf.setBackend('cpu');
	for (const [name, hold] of Object.entries(ways)) {
		let t;
		tf.tidy(() => hold((t = tf.scalar(1))));
		console.log(`${name}: ${t.isDisposed ? 'disposed' : 'kept'}`);
	}
})();
JS
seen=$(node ways.cjs 2>/dev/null | grep -E ': (kept|disposed)$')
echo "$seen"
[ "$seen" = "nested array: kept
plain object: kept
ordinary field: kept
Map: disposed
Set: disposed
private field: disposed" ]
