import type { Highlighter } from 'shiki';
import type { Language } from '../base/language';
import { readPrediction, readQuestion, readStep } from './blocks.server';
import type { Chapter, PredictionText, Question, Reference, Step } from './chapter';
import { fault } from './fault.server';
import { readFrontmatter } from './frontmatter.server';
import type { Known } from './known.server';
import type { InnerLink } from './links.server';
import { parseMarkdown, sourceOf, type ContainerDirective } from './markdown.server';
import { minutesFor } from './reading-time.server';
import { Renderer } from './render.server';

/** The step that a chapter's own address shows. */
const FIRST_STEP = 'start';
/** Ids that the page uses for itself. */
const TAKEN: ReadonlySet<string> = new Set(['main', 'questions', 'references-heading']);

export interface ReadChapter {
	readonly chapter: Chapter;
	readonly links: readonly InnerLink[];
}

/** Where a chapter is, and what its place says about it. */
export interface ChapterFile {
	readonly file: string;
	readonly language: Language;
	readonly number: number;
	readonly slug: string;
}

/** One chapter, checked and rendered; only its links remain to be checked. @throws ContentError */
export function readChapter(place: ChapterFile, text: string, known: Known, highlighter: Highlighter): ReadChapter {
	const { file, language, number, slug } = place;
	const { frontmatter, body } = readFrontmatter(text, file);
	const cited = new Set<string>();
	const prose = { file, text: body, known, language, cite: (id: string) => void cited.add(id) };
	const renderer = new Renderer(prose, slug, highlighter);
	const parts = readParts(body, renderer);
	if (parts.steps[0]?.id !== FIRST_STEP) {
		throw fault(file, 1, `the chapter has no first step with the id '${FIRST_STEP}'`);
	}
	const references = [...cited].map((id) => known.references.get(id)).filter((found): found is Reference => !!found);
	return { chapter: { number, language, slug, ...frontmatter, ...parts, references }, links: renderer.links };
}

/** Everything that the body holds. The questions are apart from the prose: only the rest counts for its minutes. */
function readParts(body: string, renderer: Renderer): Pick<Chapter, 'minutes' | 'steps' | 'predictions' | 'questions'> {
	const { file } = renderer.prose;
	const steps: Step[] = [];
	const predictions: PredictionText[] = [];
	const questions: Question[] = [];
	const ids = new Set(TAKEN);
	/** Of the questions. */
	const asked = { words: 0, displays: 0 };
	for (const node of parseMarkdown(body).children) {
		if (node.type === 'html' && node.value.startsWith('<!--')) continue;
		if (node.type !== 'containerDirective') {
			throw fault(file, node, "text stands outside of ':::step', ':::predict' and ':::question'");
		}
		checkClosed(node, body, file);
		const id = idOf(node, ids, file);
		const { words, displays } = renderer;
		if (node.name === 'step') steps.push(readStep(node, id, renderer));
		else if (node.name === 'predict') predictions.push(readPrediction(node, id, renderer));
		else if (node.name === 'question') questions.push(readQuestion(node, id, renderer));
		else throw fault(file, node, `unknown directive ':::${node.name}'; there are step, predict and question`);
		if (node.name !== 'question') continue;
		asked.words += renderer.words - words;
		asked.displays += renderer.displays - displays;
	}
	const guesses = steps.filter((step) => hasGuess(step, renderer.prose.known)).length;
	const minutes = minutesFor(renderer.words - asked.words, renderer.displays - asked.displays, guesses);
	return { minutes, steps, predictions, questions };
}

/** Whether its figure has the reader make a guess. */
function hasGuess({ figure: name, attributes }: Step, { figures }: Known): boolean {
	const figure = figures[name];
	return figure?.guesses?.(figure.parse(attributes)) ?? false;
}

function checkClosed(node: ContainerDirective, body: string, file: string): void {
	if (/\n\s*:::+\s*$/.test(sourceOf(node, body))) return;
	throw fault(file, node, `the ${node.name} is not closed by a line of ':::'`);
}

function idOf(node: ContainerDirective, ids: Set<string>, file: string): string {
	const id = node.attributes?.id ?? '';
	if (!id) throw fault(file, node, `the ${node.name} has no id: write ':::${node.name}{#id …}'`);
	if (!/^[a-z][a-z0-9-]*$/.test(id))
		throw fault(file, node, `the id '${id}' is not of lower-case letters, digits and '-'`);
	if (ids.has(id)) throw fault(file, node, `the id '${id}' is there already`);
	ids.add(id);
	return id;
}
