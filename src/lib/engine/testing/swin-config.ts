import { PLAIN_SWIN, type SwinConfig } from '../swin/config';
import { wholePhoto } from '../whole-photo';

/** A configuration without a checkpoint, for tests of what follows from sizes alone. */
export function swinConfigWith(
	parts: Pick<SwinConfig, 'imageSize' | 'patchSize' | 'stages'> & Partial<SwinConfig>
): SwinConfig {
	return {
		family: 'swin',
		...PLAIN_SWIN,
		channels: 3,
		qkvBias: true,
		patchNorm: true,
		rules: 'huggingface',
		layerNormEps: 1e-5,
		classes: 3,
		preprocess: wholePhoto(parts.imageSize),
		...parts
	};
}
