import { libraryOf } from '../engine/checkpoint/library';
import { isRecord } from '../base/json';

type Json = Record<string, unknown>;

/** What transformers (5.18) calls a model with a classifier, by its `model_type`. */
const CLASSIFIERS: Readonly<Record<string, string>> = {
	vit: 'ViTForImageClassification',
	deit: 'DeiTForImageClassification',
	vit_msn: 'ViTMSNForImageClassification',
	ijepa: 'IJepaForImageClassification',
	dinov2: 'Dinov2ForImageClassification',
	dinov2_with_registers: 'Dinov2WithRegistersForImageClassification',
	swin: 'SwinForImageClassification',
	resnet: 'ResNetForImageClassification',
	mobilenet_v2: 'MobileNetV2ForImageClassification'
};

/** transformers' DeiT with a head for each of its two tokens, under other names than the class with one has. */
const WITH_TEACHER = 'DeiTForImageClassificationWithTeacher';

/**
 * A model's `config.json` with other classes, as the library that wrote it says them: timm (1.0.29) by `num_classes` and
 * `label_names`, transformers (5.18) by `id2label`. All else stays.
 * @param labels one a class, each different from every other
 */
export function headConfig(config: Json, labels: readonly string[]): Json {
	return libraryOf(config) === 'timm' ? timmConfig(config, labels) : transformersConfig(config, labels);
}

function timmConfig(config: Json, labels: readonly string[]): Json {
	const classes = { num_classes: labels.length, label_names: [...labels] };
	const { pretrained_cfg: inner, model_args: args } = config;
	return {
		// What transformers wraps around a model of timm, and older lists of names.
		...without(config, ['model_type', 'labels', 'label_descriptions', 'id2label', 'label2id', 'problem_type']),
		...classes,
		...(isRecord(args) && 'num_classes' in args && { model_args: { ...args, num_classes: labels.length } }),
		...(isRecord(inner) && {
			pretrained_cfg: { ...without(inner, ['label_descriptions', 'tag', 'hf_hub_id']), ...classes }
		})
	};
}

function transformersConfig(config: Json, labels: readonly string[]): Json {
	// A model whose file names its class with a teacher has both heads under that class's names.
	const [own] = Array.isArray(config['architectures']) ? config['architectures'] : [];
	const classifier = own === WITH_TEACHER ? WITH_TEACHER : CLASSIFIERS[String(config['model_type'])];
	return {
		...without(config, ['num_labels', 'problem_type']),
		...(classifier !== undefined && { architectures: [classifier] }),
		problem_type: 'single_label_classification',
		id2label: Object.fromEntries(labels.map((label, i) => [String(i), label])),
		label2id: Object.fromEntries(labels.map((label, i) => [label, i]))
	};
}

function without(record: Json, keys: readonly string[]): Json {
	return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}
