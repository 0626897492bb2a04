#!/usr/bin/env bash
# d3-scale-chromatic 3.1.1 and 3.1.0 (npm), bundled by rolldown 1.2.19 and esbuild 0.28.2.
#
# Until 3.1.0 each colour scheme is a file, and "sideEffects": false lets a bundler leave out those that nobody asks for.
# 3.1.1 publishes one file for all of them. Nothing in it has a side effect, but each scheme is made by a call at the top
# of that file, which no bundler takes away: who imports one scale ships, and computes at start, all of some forty. d3 7.9.2
# asks for this version. d3-shape 3.2.1 is packed in the same way.
#
# Here: a script that uses interpolateViridis alone. Seen: 28 kB in place of 6, with Set3's colours in them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent rolldown@1.2.19 esbuild@0.28.2
cat >script.mjs <<'JS'
import { interpolateViridis } from 'd3-scale-chromatic';
console.log(interpolateViridis(0.5));
JS
cat >bundle.mjs <<'JS'
import { build } from 'esbuild';
import { rolldown } from 'rolldown';

const SET3 = '8dd3c7';
const bundle = await rolldown({ input: 'script.mjs' });
const [{ code }] = (await bundle.generate({ format: 'es', minify: true })).output;
const { outputFiles } = await build({ entryPoints: ['script.mjs'], bundle: true, minify: true, format: 'esm', write: false });
for (const [name, text] of [['rolldown', code], ['esbuild', outputFiles[0].text]])
	console.log(`${process.argv[2]} ${name}: ${text.length} bytes, Set3 is ${text.includes(SET3) ? 'there' : 'not there'}`);
JS
for version in 3.1.0 3.1.1; do
	npm install --no-audit --no-fund --silent --save-exact "d3-scale-chromatic@$version"
	node bundle.mjs "$version"
done | tee seen
[[ $(grep -c '^3.1.0 .*: 6[0-9]* bytes, Set3 is not there$' seen) == 2 ]]
[[ $(grep -c '^3.1.1 .*: [23][0-9]* bytes, Set3 is there$' seen) == 2 ]]
