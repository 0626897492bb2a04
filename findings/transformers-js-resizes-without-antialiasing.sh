#!/usr/bin/env bash
# @huggingface/transformers 4.3.2 (npm), in Node, with sharp 0.35.5.
#
# Its image processors shrink a picture by sharp's `affine`, which looks at the few pixels nearest to each new one and at
# no others, so nothing is averaged: stripes finer than the step come out as one of their colours. The Python processors
# of the same checkpoints use Pillow, whose bilinear and bicubic filters widen as they shrink and give the stripes' mean.
# A ViT's processor asks for bilinear, so a photo of 1800 pixels a side reaches the model with a good part of its pixels
# never looked at. 'lanczos' (resample: 1) goes by sharp's `resize` and does average.
#
# Here: stripes of 4 black and 4 white columns, 512 px, shrunk to 64 px, so that each new pixel stands for one whole
# period and should be 127.5, which normalised is 0. Seen: every one of them is black (-1).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --ignore-scripts --no-audit --no-fund --silent @huggingface/transformers@4.3.2 sharp@0.35.5
cat >stripes.mjs <<'JS'
import { RawImage, ViTImageProcessor } from '@huggingface/transformers';

const side = 512;
const data = new Uint8ClampedArray(side * side * 3).map((_, i) => (Math.floor(i / 3) % 8 < 4 ? 0 : 255));
const stripes = new RawImage(data, side, side, 3);
const processor = (resample) =>
	new ViTImageProcessor({
		...{ do_resize: true, size: { height: 64, width: 64 }, resample },
		...{ do_rescale: true, rescale_factor: 1 / 255 },
		...{ do_normalize: true, image_mean: [0.5, 0.5, 0.5], image_std: [0.5, 0.5, 0.5] }
	});
for (const [name, resample] of Object.entries({ lanczos: 1, bilinear: 2, bicubic: 3 })) {
	const { pixel_values: pixels } = await processor(resample)(stripes);
	// The middle of the picture, away from its borders.
	const row = Array.from(pixels.data.slice(32 * 64 + 8, 32 * 64 + 56));
	const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
	console.log(`${name}: from ${Math.min(...row).toFixed(2)} to ${Math.max(...row).toFixed(2)}, mean ${mean.toFixed(2)}`);
}
JS
seen=$(node stripes.mjs)
echo "$seen"
[[ $seen == *"bilinear: from -1.00 to -1.00, mean -1.00"* ]]
[[ $seen == *"bicubic: from -1.00 to -1.00, mean -1.00"* ]]
[[ $seen =~ lanczos:\ .*mean\ -?0\.0 ]]
