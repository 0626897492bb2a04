#!/usr/bin/env bash
# wuchale 0.23.4 (npm), with @wuchale/svelte 0.19.4, vite 8.3.8.
#
# Two ways to a built page that lacks sentences, both without a warning and with exit code 0; the source has them, and so
# does the catalogue in the second.
#
# 1. A build extracts nothing. A sentence that came into the source after the last extraction is no sentence in the source's
#    own language, either: its place in the code becomes a number that no catalogue has, and it reads as ''.
# 2. Two adapters (say, one for components and one for modules) share a catalogue unless told otherwise. With
#    `granularLoad` both write a file's compiled catalogue under the owner's name, and the second also for files that are
#    not its own, with only those sentences that one of its files has, too. What a component says by itself is gone.
#
# Here: one component and one module. Seen: '' for the new sentence; and of a component's two sentences, the one that the
# module says as well is compiled and the other is not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >package.json <<'JSON'
{ "private": true, "type": "module" }
JSON
npm install --no-audit --no-fund --silent wuchale@0.23.4 @wuchale/svelte@0.19.4 svelte@5.57.3 vite@8.3.8
mkdir src
echo "export const greet = () => 'Good morning';" >src/greet.js
cat >wuchale.config.js <<'JS'
import { adapter as modules } from 'wuchale/adapter-vanilla';
import { adapter as components } from '@wuchale/svelte';

const how = { bundleLoad: true, granularLoad: true };
const first = process.env.TWO && { components: components({ ...how, files: 'src/*.svelte' }) };
export default { locales: ['en', 'de'], adapters: { ...first, modules: modules({ ...how, files: 'src/*.js' }) } };
JS
cat >vite.config.js <<'JS'
import { wuchale } from 'wuchale/vite';
export default { plugins: [wuchale()], build: { ssr: 'src/greet.js' } };
JS

npx wuchale >/dev/null
echo "export const leave = () => 'Good evening';" >>src/greet.js
npx vite build --logLevel warn 2>&1 | tee warnings
said=$(node --input-type=module -e "import { greet, leave } from './dist/greet.js'; console.log(JSON.stringify([greet(), leave()]))")
echo "after a build: $said"

rm -rf src/locales dist
printf '<p>Good evening</p><p>Only here</p>\n' >src/Page.svelte
export TWO=1
npx wuchale >/dev/null
npx vite build --logLevel warn 2>&1 | tee -a warnings
compiled=$(node --input-type=module -e "import { c } from '$folder/src/locales/.wuchale/components.src_Page_svelte.en.compiled.js'; console.log(JSON.stringify(c))")
echo "compiled for the component: $compiled"
grep -q 'msgid "Only here"' src/locales/de.po
[[ ! -s warnings && $said == '["Good morning",""]' && $compiled == '["Good evening"]' ]]
