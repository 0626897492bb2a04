#!/usr/bin/env bash
# svelte 5.57.3 (npm).
#
# A derivation that makes an object with `$state` the first time it is asked, keeps it, and reads that state, is not
# computed again when the state changes: not for an effect that depends on it, and not when it is asked for later. Making
# the object within `untrack` changes nothing. The same derivation over an object that was made before it is computed
# again. So a cache that is filled while something is derived must not hold state of its own; let it read state that is
# older than the derivation.
#
# Here: the three ways, each with an effect that notes what it sees, in Node with the browser's build. Seen: the first two
# say "not yet" for ever, the third "not yet" and then "here".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true, "type": "module" }' >package.json
npm install --no-audit --no-fund --silent svelte@5.57.3
cat >ways.svelte.js <<'JS'
import { flushSync, untrack } from 'svelte';

class Later {
	value = $state('not yet');
}

/** What an effect sees of a derivation that asks for a thing, made once by `make`; and the derivation, asked at the end. */
function watch(make) {
	let made = null;
	const later = () => (made ??= make());
	const said = $derived(later().value);
	const seen = [];
	const stop = $effect.root(() => {
		$effect(() => void seen.push(said));
	});
	flushSync();
	later().value = 'here';
	flushSync();
	stop();
	return `${seen.join(', then ')}; asked again: ${said}`;
}

const before = new Later();
console.log(`made in it: ${watch(() => new Later())}`);
console.log(`made in it, in untrack: ${watch(() => untrack(() => new Later()))}`);
console.log(`made before it: ${watch(() => before)}`);
JS
cat >compile.js <<'JS'
import { readFileSync, writeFileSync } from 'node:fs';
import { compileModule } from 'svelte/compiler';

const filename = 'ways.svelte.js';
writeFileSync('ways.js', compileModule(readFileSync(filename, 'utf8'), { generate: 'client', filename }).js.code);
JS
node compile.js
seen=$(node --conditions browser ways.js)
echo "$seen"
[[ $seen == "made in it: not yet; asked again: not yet
made in it, in untrack: not yet; asked again: not yet
made before it: not yet, then here; asked again: here" ]]
