import { isRecord } from '../../base/json';
import type { Json } from './fields';

/** Whose file a `config.json` is, and so whose rules hold. transformers wraps models of timm: those files are timm's in all but one key. */
export function libraryOf(json: Json): 'timm' | 'transformers' {
	return 'model_type' in json && json.model_type !== 'timm_wrapper' ? 'transformers' : 'timm';
}

/** What timm was told beside an architecture's name. */
export function modelArgs({ model_args: args }: Json): Json {
	return isRecord(args) ? args : {};
}

/** How timm's photos are prepared, which older files have at the top. */
export function pretrainedCfg(json: Json): Json {
	return isRecord(json.pretrained_cfg) ? json.pretrained_cfg : json;
}

/** What a `config.json` calls its model, in its library's way; undefined where it calls it nothing. */
export function architectureIn(json: Json): string | undefined {
	const named = libraryOf(json) === 'timm' ? json.architecture : json.model_type;
	return typeof named === 'string' && named !== '' ? named : undefined;
}
