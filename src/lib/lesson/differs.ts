import type { CommonConfig } from '../engine/config';
import type { ModelConfig } from '../engine/families';
import { count } from '../marks/numbers';
import { viewFamilyOf } from '../views/families';

/**
 * What a model does otherwise than the plain ViT of the text, each as a clause that can follow `here`; none for a plain
 * one.
 */
export function differences(config: ModelConfig): string[] {
	return [...viewFamilyOf(config).differences(config), ...byScores(config)];
}

/** What its last numbers are, where they are not the text's shares of one whole. */
function byScores({ scores, classes }: Pick<CommonConfig, 'scores' | 'classes'>): string[] {
	switch (scores) {
		case 'softmax':
			return [];
		case 'sigmoid':
			return [
				classes === 1
					? 'a sigmoid in place of the softmax makes its only score a probability by itself'
					: 'a sigmoid in place of the softmax gives each class a probability by itself, which need not add up to 100 %'
			];
		case 'number':
			return [
				classes === 1
					? 'it gives a plain number in place of classes, without a softmax'
					: `it gives ${count(classes)} plain numbers in place of classes, without a softmax`
			];
		case 'vector':
			return ['it has no classifier, so it names no classes and ends in a vector that stands for the picture'];
	}
}
