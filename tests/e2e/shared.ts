import { existsSync } from 'node:fs';

/** Reference material beside the project, relative to its root; it may be absent, and none of it is the project's. */
export const SHARED = '../shared';
export const VIT_TINY = `${SHARED}/models/vit-tiny`;

export const hasVitTiny = existsSync(`${VIT_TINY}/model.safetensors`);
export const hasPhotos = existsSync(`${SHARED}/photos/answers.json`);
