#!/usr/bin/env bash
# wuchale 0.23.4 (npm), with vite 8.3.8.
#
# Vite bundles each worker by itself, and what is in a worker needs wuchale's plugin, too: `worker.plugins`. Each of these
# plugins begins by writing the files that all share (the list of locales, the loaders) anew, in place, also where nothing
# in them changes, while the bundles of the page and of other workers read them. Whoever reads a file between its being
# emptied and its being filled ends with an export that is not there: in our builds that happened about once in many.
#
# Here: a page with two workers, and how often the list of locales is written in one build. Seen: once without the plugin in
# the workers; three times with it, each time with the same text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >package.json <<'JSON'
{ "private": true, "type": "module" }
JSON
npm install --no-audit --no-fund --silent wuchale@0.23.4 vite@8.3.8
mkdir src
for name in one two; do echo "postMessage('Good morning from $name');" >"src/$name.js"; done
cat >src/main.js <<'JS'
for (const worker of [
	new Worker(new URL('./one.js', import.meta.url), { type: 'module' }),
	new Worker(new URL('./two.js', import.meta.url), { type: 'module' })
])
	worker.onmessage = ({ data }) => console.log(data);
JS
echo '<script type="module" src="/src/main.js"></script>' >index.html
cat >wuchale.config.js <<'JS'
import { adapter } from 'wuchale/adapter-vanilla';
export default { locales: ['en', 'de'], adapters: { main: adapter({ files: 'src/*.js' }) } };
JS
cat >vite.config.js <<'JS'
import { wuchale } from 'wuchale/vite';
export default {
	plugins: [wuchale()],
	worker: { format: 'es', plugins: () => (process.env.IN_WORKERS ? [wuchale()] : []) }
};
JS
# Counts how often the file is written, and the texts that are.
cat >count.js <<'JS'
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { writeFileSync } from 'node:fs';
const { writeFile } = fs;
const texts = [];
fs.writeFile = (path, text, ...rest) => {
	if (String(path).endsWith('/data.js')) texts.push(text);
	return writeFile(path, text, ...rest);
};
syncBuiltinESMExports();
process.on('exit', () => writeFileSync('counted', `${texts.length} of ${new Set(texts).size}`));
JS

npx wuchale >/dev/null
build() {
	node --import ./count.js node_modules/vite/bin/vite.js build --logLevel warn
	cat counted
}
alone=$(build)
echo "without it in the workers: $alone"
both=$(IN_WORKERS=1 build)
echo "with it: $both"
[[ $alone == '1 of 1' && $both == '3 of 1' ]]
