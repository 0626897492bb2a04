import type { Chapter } from './chapter';
import { ContentError } from './fault.server';

/** A chapter without its words: what a translation has in common with its source. */
const bones = ({ steps, predictions, questions }: Chapter): readonly string[] => [
	...steps.map(({ id, figure, attributes, tap }) => JSON.stringify(['step', id, figure, attributes, tap])),
	...predictions.map(({ id, figure, attributes, tap, reveal, covered, choices }) =>
		JSON.stringify(['prediction', id, figure, attributes, tap, reveal, covered, choices.length])
	),
	...questions.map(({ id, choices }) => JSON.stringify(['question', id, choices.map(({ right }) => right)]))
];

/**
 * That chapters in another language have the steps, predictions and questions of the source, in its order and with its
 * figures, so that a link leads to the same place in every language.
 * @throws ContentError at the first that differs
 */
export function checkTranslated(source: readonly Chapter[], translated: readonly Chapter[]): void {
	for (const [i, chapter] of translated.entries()) {
		const wanted = source[i] ? bones(source[i]) : [];
		const found = bones(chapter);
		const at = Math.max(wanted.length, found.length);
		for (let part = 0; part < at; part++) {
			if (wanted[part] === found[part]) continue;
			throw new ContentError(
				`${chapter.slug} in '${chapter.language}': part ${part + 1} is ${found[part] ?? 'missing'}, and in the source ${wanted[part] ?? 'there is none'}`
			);
		}
	}
}
