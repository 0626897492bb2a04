export const WEIGHTS_FILE = 'model.safetensors';

/** What a folder or a repository must have to be a model. */
export const REQUIRED_FILES: readonly string[] = ['config.json', WEIGHTS_FILE];

/** Every file that we read of a model; weights last: a place that was filled in this order and has them has the rest. */
export const MODEL_FILES: readonly string[] = ['config.json', 'preprocessor_config.json', 'labels.json', WEIGHTS_FILE];
