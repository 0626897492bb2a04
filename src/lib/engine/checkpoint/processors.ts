/** A number a channel. */
type ByChannel = readonly [red: number, green: number, blue: number];

const alike = (value: number): ByChannel => [value, value, value];

const HALVES = { mean: alike(0.5), std: alike(0.5) };
export const IMAGENET: { readonly mean: ByChannel; readonly std: ByChannel } = {
	mean: [0.485, 0.456, 0.406],
	std: [0.229, 0.224, 0.225]
};
const CLIP = {
	mean: [0.48145466, 0.4578275, 0.40821073] satisfies ByChannel,
	std: [0.26862954, 0.26130258, 0.27577711] satisfies ByChannel
};

/** An image processor of transformers': what it does where its file says nothing, and what it does in a way of its own. */
export interface Processor {
	/** What the photo is resized to: both sides to one, or the shorter side. */
	readonly size: { readonly both: number } | { readonly shorter: number };
	/** Whether a size that is a bare number is for both sides; else it is for the shorter one. */
	readonly bareIsSquare: boolean;
	/** Pillow's number of the filter, see {@link FILTERS}. */
	readonly resample: number;
	/** The square that is cropped from the centre, and whether it is when the file does not say; null: there is none. */
	readonly crop: { readonly side: number; readonly on: boolean } | null;
	readonly mean: ByChannel;
	readonly std: ByChannel;
	/** Whether it reads `do_pad` and `pad_size`; the others have lost them on the way. */
	readonly pads: boolean;
	/**
	 * A way of resizing by `shortest_edge` that is its own. `convnext`: below 384 the shorter side goes to
	 * int(edge / `crop_pct`) and the centre of that edge is kept, from 384 on both sides go to it; nothing but a
	 * `shortest_edge` is taken. `levit`: the shorter side goes to int(256 / 224 x edge).
	 */
	readonly own?: 'convnext' | 'levit';
	/** Whether it reads `use_square_size`, which squashes to its own default side whatever the file's size is. */
	readonly squares?: true;
}

const VIT: Processor = {
	...HALVES,
	size: { both: 224 },
	bareIsSquare: true,
	resample: 2,
	crop: null,
	pads: true
};

const BIT: Processor = {
	...CLIP,
	size: { shorter: 224 },
	bareIsSquare: false,
	resample: 3,
	crop: { side: 224, on: true },
	pads: true
};

/**
 * Whose rule is which, of the image processors of transformers 5.18 (PIL backend), by the stem of the class's name. All of
 * them multiply by 1/255 and normalise unless the file says otherwise; resize by the shorter side to s by truncating the
 * longer, int(s * long / short); and start a centre crop at floor((length - crop) / 2), with zeros beyond the photo.
 * timm's rules, which are others, are those of `timmPreprocess`.
 */
const PROCESSORS: Readonly<Record<string, Processor>> = {
	ViT: VIT,
	DeiT: { ...VIT, size: { both: 256 }, resample: 3, crop: { side: 224, on: true } },
	Beit: { ...VIT, resample: 3, crop: { side: 224, on: false }, pads: false },
	Bit: BIT,
	CLIP: { ...BIT, squares: true },
	Siglip: { ...VIT, resample: 3, bareIsSquare: false },
	DINOv3ViT: { ...VIT, ...IMAGENET, pads: false },
	ConvNext: {
		...HALVES,
		size: { shorter: 384 },
		bareIsSquare: false,
		resample: 3,
		crop: null,
		pads: false,
		own: 'convnext'
	},
	Levit: { ...BIT, ...IMAGENET, own: 'levit' },
	MobileNetV2: { ...BIT, ...HALVES, size: { shorter: 256 }, resample: 2, pads: false },
	Pvt: { ...VIT, ...IMAGENET, resample: 3 }
};

/** ConvNext's `crop_pct` where the file has none. */
export const CONVNEXT_CROP_PCT = 224 / 256;

/** From this edge on, ConvNext's processor squashes. */
export const CONVNEXT_SQUASHES_FROM = 384;

/** Pillow's filters, by the number that a file has for them. */
export const FILTERS = ['nearest', 'lanczos', 'bilinear', 'bicubic', 'box', 'hamming'] as const;

/** Which processor transformers' AutoImageProcessor takes for a model whose files name none; ViT's for any other. */
const BY_MODEL_TYPE: Readonly<Record<string, keyof typeof PROCESSORS>> = {
	deit: 'DeiT',
	beit: 'Beit',
	dinov2: 'Bit',
	dinov2_with_registers: 'Bit',
	clip: 'CLIP',
	clip_vision_model: 'CLIP',
	siglip: 'Siglip',
	siglip_vision_model: 'Siglip',
	dinov3_vit: 'DINOv3ViT',
	convnext: 'ConvNext',
	convnextv2: 'ConvNext',
	resnet: 'ConvNext',
	levit: 'Levit',
	mobilenet_v2: 'MobileNetV2',
	pvt: 'Pvt'
};

/** The processor for a model type, by transformers' own table (ViT for vit, vit_mae, vit_msn, ijepa, swin …). */
export function processorFor(modelType: string): Processor {
	const name = Object.hasOwn(BY_MODEL_TYPE, modelType) ? BY_MODEL_TYPE[modelType] : undefined;
	return PROCESSORS[name ?? 'ViT'] ?? VIT;
}

/**
 * The processor of a class, by its name: `BitImageProcessor`, `BitImageProcessorFast` and the old `BitFeatureExtractor`
 * are one. Undefined for a class whose rules are not in the table.
 */
export function processorNamed(name: string): Processor | undefined {
	const [, stem = ''] = /^(\w+?)(?:ImageProcessor(?:Fast|Pil)?|FeatureExtractor)$/.exec(name) ?? [];
	return Object.hasOwn(PROCESSORS, stem) ? PROCESSORS[stem] : undefined;
}

/** Keys that are read, by some processor of the table at least. */
const READ: readonly string[] = [
	'image_processor_type',
	'feature_extractor_type',
	'do_resize',
	'size',
	'default_to_square',
	'resample',
	'do_center_crop',
	'crop_size',
	'crop_pct',
	'use_square_size',
	'do_rescale',
	'rescale_factor',
	'do_normalize',
	'image_mean',
	'image_std',
	'do_pad',
	'pad_size'
];

/**
 * Keys that change no pixel here: what stands in a file for the record, in what form a batch is handed out, how segmentation
 * maps are made, and `do_convert_rgb`, because every photo is RGB before it is preprocessed.
 */
const WITHOUT_EFFECT: readonly string[] = [
	'_auto_class',
	'_name_or_path',
	'_processor_class',
	'_valid_kwargs_names',
	'_valid_processor_keys',
	'auto_map',
	'backend',
	'data_format',
	'device',
	'disable_grouping',
	'do_convert_rgb',
	'do_reduce_labels',
	'image_seq_length',
	'input_data_format',
	'model_input_names',
	'name_or_path',
	'processor_class',
	'reduce_labels',
	'return_tensors',
	'transformers_version',
	'use_fast'
];

/** Whether it is known what a key of a processor's file does. */
export function isKnownKey(key: string): boolean {
	return READ.includes(key) || WITHOUT_EFFECT.includes(key);
}
