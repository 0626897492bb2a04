import type { ModelEntry, Group } from './entry';

/** ImageNet-1k's names in the order of its classes, which every checkpoint fine-tuned on it shares; relative to the site. */
export const IMAGENET_LABELS = 'labels/imagenet-1k.json';
const IMAGENET = { classes: 1000, labels: IMAGENET_LABELS } as const;
const NO_HEAD = { classes: 0, labels: null } as const;

/** A ViT's only stage. */
const plain = (blocks: number, heads: number, tokens: number): readonly Group[] => [{ blocks, heads, tokens }];

/** What holds for every model that is not the site's own, and whose real weights were not run with this code. */
const UNTRIED = { verified: false, quality: 0, bundled: false, caveat: null, firstLook: null } as const;

/** A CNN's stages, coarser from one to the next: the blocks of each, and the side of its map. */
const stages = (...sizes: readonly (readonly [blocks: number, side: number])[]): readonly Group[] =>
	sizes.map(([blocks, side]) => ({ blocks, heads: 0, tokens: side ** 2, grid: [side, side] }));

/** Of every MobileNetV2 of full width, by the paper's table 2 and at 224 px, but for its last layer. */
const MOBILENET = stages([1, 112], [2, 56], [3, 28], [4, 14], [3, 14], [3, 7], [1, 7]);

/** A place of the last map of the CNNs here stands for 32 px, and nothing stands before the places. */
const PLACES = { input: 224, patchSize: 32, prefix: [] } as const;

const CLS = ['CLS'] as const;
const FOUR_REGISTERS = ['Register 1', 'Register 2', 'Register 3', 'Register 4'] as const;

/**
 * The chosen set, in the order in which the page shows it. Sizes of files that were not here are computed: four bytes a
 * parameter. Where the authors' own repository has its main branch in pickle files only (DeiT, DINO's S/16), the entry
 * names timm's repository of the same weights, which has them as safetensors.
 */
export const MODELS = [
	{
		id: 'vit-tiny',
		title: 'ViT-Tiny/16',
		family: 'ViT',
		repo: 'timm/vit_tiny_patch16_224.augreg_in21k_ft_in1k',
		why: 'The real thing: pre-trained on the 14 million photos of ImageNet-21k, small enough to run here.',
		licence: 'Apache-2.0',
		bytes: 22_883_376,
		parameters: 5_717_416,
		groups: plain(12, 3, 197),
		input: 224,
		patchSize: 16,
		prefix: CLS,
		verified: true,
		quality: 2,
		bundled: false,
		caveat: null,
		firstLook: { block: 6, head: 1 },
		...IMAGENET
	},
	{
		id: 'patchwork-t',
		title: 'Patchwork-T',
		family: 'ViT',
		repo: null,
		why: 'Comes with the page: the shape of ViT-Tiny, taught from random numbers to do what ViT-Tiny does.',
		licence: 'Apache-2.0',
		bytes: 11_448_384,
		parameters: 5_717_416,
		groups: plain(12, 3, 197),
		input: 224,
		patchSize: 16,
		prefix: CLS,
		classes: 1000,
		verified: true,
		quality: 1,
		bundled: true,
		caveat: 'right at its first guess on 73 % of 1000 photos that it was not trained on; ViT-Tiny on 80 %',
		// Of all 36, the head that gives most to the subjects of our fourteen sample photos: with boxes drawn around these by
		// hand, 65 % of what CLS gives to patches, on 44 % of the area, and on each photo more than the area's share.
		firstLook: { block: 6, head: 2 },
		labels: null
	},
	{
		id: 'patchwork-c',
		title: 'Patchwork-C',
		family: 'MobileNetV2',
		repo: null,
		why: 'The CNN that comes with the page: no attention, and taught as Patchwork-T was, on the same photos. The two to compare.',
		licence: 'Apache-2.0',
		bytes: 7_101_056,
		parameters: 3_504_872,
		groups: MOBILENET,
		...PLACES,
		classes: 1000,
		verified: true,
		quality: 0,
		bundled: true,
		caveat:
			'right at its first guess on 47 % of 1000 photos that it was not trained on; its teacher, MobileNetV2, on 86 %',
		firstLook: null,
		labels: null
	},
	{
		id: 'deit-tiny',
		title: 'DeiT-Tiny/16',
		family: 'DeiT',
		repo: 'timm/deit_tiny_patch16_224.fb_in1k',
		why: 'The same architecture as ViT-Tiny, trained on ImageNet-1k alone: only what it has learned differs.',
		licence: 'Apache-2.0',
		bytes: 22_869_664,
		parameters: 5_717_416,
		groups: plain(12, 3, 197),
		input: 224,
		patchSize: 16,
		prefix: CLS,
		...UNTRIED,
		...IMAGENET
	},
	{
		id: 'deit-tiny-distilled',
		title: 'DeiT-Tiny/16 distilled',
		family: 'DeiT',
		repo: 'timm/deit_tiny_distilled_patch16_224.fb_in1k',
		why: 'Has a second token that learned from a convolutional teacher: see where it looks, beside CLS.',
		licence: 'Apache-2.0',
		bytes: 23_643_200,
		parameters: 5_910_800,
		groups: plain(12, 3, 198),
		input: 224,
		patchSize: 16,
		prefix: ['CLS', /* @wc-ignore */ 'Distillation'],
		...UNTRIED,
		...IMAGENET
	},
	{
		id: 'dino-s16',
		title: 'DINO ViT-S/16',
		family: 'DINO',
		repo: 'timm/vit_small_patch16_224.dino',
		why: 'Learned without a single label, and yet its last heads trace the outlines of things.',
		licence: 'Apache-2.0',
		bytes: 86_662_656,
		parameters: 21_665_664,
		groups: plain(12, 6, 197),
		input: 224,
		patchSize: 16,
		prefix: CLS,
		...UNTRIED,
		...NO_HEAD
	},
	{
		id: 'dino-s8',
		title: 'DINO ViT-S/8',
		family: 'DINO',
		repo: 'facebook/dino-vits8',
		why: 'Patches of half the side: four times as many, so the sharpest maps of all, at sixteen times the attention.',
		licence: 'Apache-2.0',
		bytes: 86_681_088,
		parameters: 21_670_272,
		groups: plain(12, 6, 785),
		input: 224,
		patchSize: 8,
		prefix: CLS,
		...UNTRIED,
		...NO_HEAD
	},
	{
		id: 'dinov2-s14-reg',
		title: 'DINOv2-S/14 with registers',
		family: 'DINOv2',
		repo: 'facebook/dinov2-with-registers-small',
		why: 'Four registers give it a place to keep notes, so that no patch of the background is taken for that.',
		licence: 'Apache-2.0',
		bytes: 88_232_448,
		parameters: 22_058_112,
		groups: plain(12, 6, 261),
		input: 224,
		patchSize: 14,
		prefix: ['CLS', ...FOUR_REGISTERS],
		...UNTRIED,
		...NO_HEAD
	},
	{
		id: 'dinov3-s16',
		title: 'DINOv3-S/16',
		family: 'DINOv3',
		repo: 'timm/vit_small_patch16_dinov3.lvd1689m',
		why: 'Learned no positions: it turns its queries and keys by where their patches are, and its maps are the cleanest of DINO’s line.',
		licence: 'DINOv3 License',
		terms: 'https://ai.meta.com/resources/models-and-libraries/dinov3-license/',
		bytes: 86_347_776,
		parameters: 21_586_944,
		groups: plain(12, 6, 261),
		input: 256,
		patchSize: 16,
		prefix: ['CLS', ...FOUR_REGISTERS],
		...UNTRIED,
		...NO_HEAD
	},
	{
		id: 'vit-little-reg4-gap',
		title: 'ViT-Little/16 with registers',
		family: 'ViT',
		repo: 'timm/vit_little_patch16_reg4_gap_256.sbb_in1k',
		why: 'No CLS token at all: its classes are read from the mean of the patches, and four registers keep the notes.',
		licence: 'Apache-2.0',
		bytes: 90_064_032,
		parameters: 22_516_008,
		groups: plain(14, 5, 260),
		input: 256,
		patchSize: 16,
		prefix: FOUR_REGISTERS,
		...UNTRIED,
		...IMAGENET
	},
	{
		id: 'clip-b32',
		title: 'CLIP ViT-B/32, its image tower',
		family: 'CLIP',
		repo: 'timm/vit_base_patch32_clip_224.openai',
		why: 'Learned from captions. Its text tower is not read here: a photo becomes the vector that it would lay beside words.',
		licence: 'Apache-2.0',
		bytes: 351_398_912,
		parameters: 87_849_728,
		groups: plain(12, 12, 50),
		input: 224,
		patchSize: 32,
		prefix: CLS,
		...UNTRIED,
		...NO_HEAD
	},
	{
		id: 'siglip2-b16',
		title: 'SigLIP 2 ViT-B/16, its image tower',
		family: 'SigLIP',
		repo: 'timm/vit_base_patch16_siglip_224.v2_webli',
		why: 'No CLS token: a learned query looks once over all patches, and where it looks is a row of maps more. Its text tower is not read here.',
		licence: 'Apache-2.0',
		bytes: 371_536_896,
		parameters: 92_884_224,
		groups: plain(12, 12, 196),
		input: 224,
		patchSize: 16,
		prefix: [],
		...UNTRIED,
		...NO_HEAD
	},
	{
		id: 'swin-tiny',
		title: 'Swin-Tiny',
		family: 'Swin',
		repo: 'microsoft/swin-tiny-patch4-window7-224',
		why: 'Attends inside windows that shift from block to block, on a grid that coarsens: the other way to build one.',
		licence: 'Apache-2.0',
		bytes: 113_153_416,
		parameters: 28_288_354,
		groups: [
			{ blocks: 2, heads: 3, tokens: 3136 },
			{ blocks: 2, heads: 6, tokens: 784 },
			{ blocks: 6, heads: 12, tokens: 196 },
			{ blocks: 2, heads: 24, tokens: 49 }
		],
		input: 224,
		patchSize: 4,
		prefix: [],
		...UNTRIED,
		...IMAGENET
	},
	{
		id: 'vit-base',
		title: 'ViT-B/16',
		family: 'ViT',
		repo: 'google/vit-base-patch16-224',
		why: 'The model of the paper: twelve heads of the width that most published figures show.',
		licence: 'Apache-2.0',
		bytes: 346_270_624,
		parameters: 86_567_656,
		groups: plain(12, 12, 197),
		input: 224,
		patchSize: 16,
		prefix: CLS,
		...UNTRIED,
		...IMAGENET
	},
	{
		id: 'mobilenet-v2',
		title: 'MobileNetV2',
		family: 'MobileNetV2',
		repo: 'google/mobilenet_v2_1.0_224',
		why: 'Made for phones: most of its kernels look at one channel at a time. Patchwork-C learned from its numbers.',
		licence: null,
		bytes: 14_024_612,
		parameters: 3_506_153,
		groups: MOBILENET,
		...PLACES,
		...UNTRIED,
		classes: 1001,
		labels: null
	},
	{
		id: 'resnet-18',
		title: 'ResNet-18',
		family: 'ResNet',
		repo: 'timm/resnet18.a1_in1k',
		why: 'Eight blocks that each add something to what they read: the residual stream, years before the first ViT.',
		licence: 'Apache-2.0',
		bytes: 46_758_048,
		parameters: 11_689_512,
		groups: stages([2, 56], [2, 28], [2, 14], [2, 7]),
		...PLACES,
		...UNTRIED,
		...IMAGENET
	},
	{
		id: 'resnet-50',
		title: 'ResNet-50',
		family: 'ResNet',
		repo: 'timm/resnet50.a1_in1k',
		why: 'The CNN that most papers compare with, ViT’s among them.',
		licence: 'Apache-2.0',
		bytes: 102_228_128,
		parameters: 25_557_032,
		groups: stages([3, 56], [4, 28], [6, 14], [3, 7]),
		...PLACES,
		...UNTRIED,
		...IMAGENET
	}
] as const satisfies readonly ModelEntry[];
