import { PatchworkError } from '../../base/errors';
import { quoted, type Json } from '../checkpoint/fields';
import type { HeadPlace, Reading } from '../reader';
import { headInputs, type ViTConfig } from './config';
import type { CheckpointNames } from './names';

/** transformers' kinds whose classifier (5.18) reads what stands for the picture here, by how many widths it reads. */
const CLASSIFIED: Readonly<Record<string, 1 | 2>> = {
	vit: 1,
	deit: 1,
	vit_msn: 1,
	ijepa: 1,
	dinov2: 2,
	dinov2_with_registers: 2
};

/** See `Reader.headPlace`. @throws PatchworkError `request` */
export function headPlace({ config, names }: Reading<ViTConfig, CheckpointNames>, json: Json): HeadPlace {
	const { dim, distilled, distillationHead, projectionDim } = config;
	const layer = names.head;
	if (names.naming === 'timm') {
		// timm's distilled models have two heads or none.
		return { layer, inputs: headInputs(config), second: distilled ? names.distHead : null, through: projectionDim > 0 };
	}
	const type = String(json.model_type);
	const widths = Object.hasOwn(CLASSIFIED, type) ? CLASSIFIED[type] : undefined;
	if (widths === undefined) throw unclassified(type);
	return { layer, inputs: widths * dim, second: distillationHead ? names.distHead : null, through: false };
}

function unclassified(type: string): PatchworkError {
	return new PatchworkError(
		'request',
		`transformers has no classifier for the architecture ${quoted(type)} that reads what this page reads of a picture, so your classes can’t be saved with this model. Choose another one, such as one that timm wrote.`
	);
}
