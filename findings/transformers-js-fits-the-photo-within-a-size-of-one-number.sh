#!/usr/bin/env bash
# @huggingface/transformers 4.3.2 (npm), in Node, with sharp 0.35.5.
#
# Older checkpoints' preprocessor_config.json has `"size": 224`, one number. The Python processors read it by their class:
# for ViT both sides, for CLIP the shorter one (the longer is cropped). This library does neither, whatever the class: it
# makes the LONGER side 224 and keeps the photo's shape. A ViT is so handed 168 x 224 pixels of a photo in 4:3, and CLIP's
# crop to 224 x 224 has nothing to cut off and fills up with black instead, so that a quarter of the input is no photo.
# Nothing warns; square photos come out right, and so do newer files, which name the sides. Ours reads the number by the
# class (src/lib/engine/checkpoint/processor-size.ts).
#
# Here: a grey photo of 640 x 480. Seen: ViT gets 168 x 224, and 224 x 224 with both sides named; CLIP gets 224 x 224 with
# 56 of the rows black, and with none where the shorter side is named.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --ignore-scripts --no-audit --no-fund --silent @huggingface/transformers@4.3.2 sharp@0.35.5
cat >size.mjs <<'JS'
import { CLIPImageProcessor, RawImage, ViTImageProcessor } from '@huggingface/transformers';

const photo = new RawImage(new Uint8ClampedArray(640 * 480 * 3).fill(153), 640, 480, 3);
const values = { do_rescale: true, do_normalize: true, image_mean: [0, 0, 0], image_std: [1, 1, 1] };
const crop = { do_center_crop: true, crop_size: 224 };

/** The input's rows and columns, and how many of the rows are black from end to end. */
async function inputOf(Processor, config) {
	const { pixel_values: pixels } = await new Processor({ do_resize: true, resample: 2, ...values, ...config })(photo);
	const [, , rows, columns] = pixels.dims;
	const isBlack = (row) => pixels.data.slice(row * columns, (row + 1) * columns).every((value) => value === 0);
	const black = Array.from({ length: rows }, (_, row) => row).filter(isBlack);
	return `${rows} x ${columns}, ${black.length} rows black`;
}

console.log('ViT, 224:', await inputOf(ViTImageProcessor, { size: 224 }));
console.log('ViT, both sides:', await inputOf(ViTImageProcessor, { size: { height: 224, width: 224 } }));
console.log('CLIP, 224:', await inputOf(CLIPImageProcessor, { size: 224, ...crop }));
console.log('CLIP, shorter side:', await inputOf(CLIPImageProcessor, { size: { shortest_edge: 224 }, ...crop }));
JS
seen=$(node size.mjs 2>/dev/null)
echo "$seen"
[ "$seen" = "ViT, 224: 168 x 224, 0 rows black
ViT, both sides: 224 x 224, 0 rows black
CLIP, 224: 224 x 224, 56 rows black
CLIP, shorter side: 224 x 224, 0 rows black" ]
