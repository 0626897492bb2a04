#!/usr/bin/env bash
# @sveltejs/kit 2.70.4 (npm), with vite 8.3.8, svelte 5.57.3, @sveltejs/adapter-static 3.0.10.
#
# `svelte-kit sync` while `vite build` is under way changes what is built. Both write .svelte-kit/generated, and a name
# that pages and scripts share (`__sveltekit_...`) is made of `kit.version.name`, which is by default the time at which a
# process read the configuration. The pages then set one name and the scripts read another: the build ends well, nothing
# warns, and no prerendered page ever starts in a browser. A type check or Vitest beside the build is enough, for both
# sync. With a fixed `version.name` both agree.
#
# Here: a site of one page, built by itself, and with a sync begun by a plugin when the build begins. Seen: by itself the
# page's name is in the scripts; with the sync it is in none of them, and the build's exit code is 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >package.json <<'JSON'
{ "private": true, "type": "module" }
JSON
npm install --no-audit --no-fund --silent @sveltejs/kit@2.70.4 vite@8.3.8 svelte@5.57.3 \
	@sveltejs/adapter-static@3.0.10 @sveltejs/vite-plugin-svelte@7.3.1
mkdir -p src/routes
cat >src/app.html <<'HTML'
<!doctype html>
<html lang="en"><head>%sveltekit.head%</head><body><div>%sveltekit.body%</div></body></html>
HTML
echo '<h1>Hello</h1>' >src/routes/+page.svelte
echo 'export const prerender = true;' >src/routes/+layout.js
cat >svelte.config.js <<'JS'
import adapter from '@sveltejs/adapter-static';
export default { kit: { adapter: adapter() } };
JS
cat >vite.config.js <<'JS'
import { execFileSync } from 'node:child_process';
import { sveltekit } from '@sveltejs/kit/vite';

const beside = {
	name: 'sync-beside',
	buildStart() {
		if (process.env.SYNC) execFileSync('npx', ['svelte-kit', 'sync'], { stdio: 'inherit' });
	}
};
export default { plugins: [sveltekit(), beside] };
JS

# Whether the name that the page sets is one that its scripts read.
check() {
	local name
	name=$(grep -o '__sveltekit_[a-z0-9]*' build/index.html | head -1)
	if grep -rqF "$name" build/_app/immutable; then echo "$1: the scripts read the page's name"; else echo "$1: no script reads the page's name"; fi
}

npx vite build >/dev/null 2>&1
alone=$(check 'alone')
SYNC=1 npx vite build >/dev/null 2>&1
beside=$(check 'beside a sync')
echo "$alone"
echo "$beside"
[[ $alone == "alone: the scripts read the page's name" && $beside == "beside a sync: no script reads the page's name" ]]
