import type { RootContent } from 'mdast';
import type { Attributes } from '../figures/figure';
import type { Choice, PredictionText, Question, Step } from './chapter';
import { fault, listed } from './fault.server';
import type { ContainerDirective, List } from './markdown.server';
import type { Renderer } from './render.server';
import { namesTap } from './tap-names';
import { asShown } from './typography';

/** `:::step{#id figure=… tap=… title="…"}`. @throws ContentError */
export function readStep(node: ContainerDirective, id: string, renderer: Renderer): Step {
	const { figure, tap, title, attributes } = attributesOf(node, ['figure', 'tap', 'title'], renderer);
	const { file } = renderer.prose;
	checkState(node, figure, attributes, renderer);
	if (node.children.length === 0) throw fault(file, node, `the step '${id}' has no text`);
	return {
		id,
		title: asShown(title),
		html: renderer.blocks(node.children),
		figure,
		attributes,
		tap: tapOf(node, tap, renderer)
	};
}

/** Whether a prediction's figure may be seen before the reader has predicted: it is covered where it tells too much. */
const COVERS = ['on', 'off'];

/** `:::predict{#id figure=… tap=… reveal=… cover=on}`: text, then a list of the choices; `cover` says whether the figure is hidden until then. @throws ContentError */
export function readPrediction(node: ContainerDirective, id: string, renderer: Renderer): PredictionText {
	const { figure, tap, reveal, cover, attributes } = attributesOf(node, ['figure', 'tap', 'reveal', 'cover'], renderer);
	const { file, known } = renderer.prose;
	const focus = tapOf(node, tap, renderer);
	if (!COVERS.includes(cover)) throw fault(file, node, `cover='${cover}' is not one of ${listed(COVERS)}`);
	checkState(node, figure, attributes, renderer);
	const reveals = known.figures[figure]?.reveals ?? {};
	const answer = reveals[reveal];
	if (!answer) {
		throw fault(file, node, `the figure '${figure}' has no reveal '${reveal}'; it has ${listed(Object.keys(reveals))}`);
	}
	checkTaps(node, `the reveal '${reveal}'`, answer.taps(known.config), renderer);
	const { text, list } = textAndChoices(node, renderer);
	const choices = list.children.map((item) => {
		const [choice, ...more] = item.children;
		if (choice?.type !== 'paragraph' || more.length > 0) throw fault(file, item, 'a choice is not one line');
		if (typeof item.checked === 'boolean') {
			throw fault(file, item, 'a prediction has no right choice beforehand: the model answers it');
		}
		return renderer.inline(choice);
	});
	return { id, html: renderer.blocks(text), figure, attributes, tap: focus, reveal, covered: cover === 'on', choices };
}

/** `:::question{#id}`: text, then a list of the choices, each with its explanation. @throws ContentError */
export function readQuestion(node: ContainerDirective, id: string, renderer: Renderer): Question {
	attributesOf(node, [], renderer, true);
	const { text, list } = textAndChoices(node, renderer);
	const choices = list.children.map((item): Choice => {
		const [choice, ...explanation] = item.children;
		const wrong = (what: string) => fault(renderer.prose.file, item, what);
		if (choice?.type !== 'paragraph') throw wrong('a choice does not begin with a line of text');
		if (typeof item.checked !== 'boolean') throw wrong("a choice begins with neither '[ ]' nor '[x]'");
		if (explanation.length === 0) throw wrong('a choice has no explanation, set apart below it');
		return { html: renderer.inline(choice), right: item.checked, explanation: renderer.blocks(explanation) };
	});
	const right = choices.filter((choice) => choice.right).length;
	if (right !== 1) throw fault(renderer.prose.file, node, `the question '${id}' has ${right} right choices, not one`);
	return { id, html: renderer.blocks(text), choices };
}

/** The attributes that a directive must have, and apart from them those that are for the figure. */
function attributesOf<K extends string>(
	node: ContainerDirective,
	needed: readonly K[],
	{ prose }: Renderer,
	only = false
): Record<K, string> & { readonly attributes: Attributes } {
	const values: Record<string, string> = {};
	for (const [name, value] of Object.entries(node.attributes ?? {})) if (name !== 'id') values[name] = value ?? '';
	for (const name of needed) {
		if (!values[name]?.trim()) throw fault(prose.file, node, `the ${node.name} has no ${name}`);
	}
	const rest = Object.entries(values).filter(([name]) => !(needed as readonly string[]).includes(name));
	if (only && rest[0]) throw fault(prose.file, node, `a ${node.name} has no attribute '${rest[0][0]}'`);
	return { ...(values as Record<K, string>), attributes: Object.fromEntries(rest) };
}

/** The figure must exist, take the attributes, and ask for taps that there are. */
function checkState(node: ContainerDirective, name: string, attributes: Attributes, renderer: Renderer): void {
	const { file, known } = renderer.prose;
	const figure = known.figures[name];
	if (!figure) throw fault(file, node, `unknown figure '${name}'; there are ${listed(Object.keys(known.figures))}`);
	let state: object;
	try {
		state = figure.parse(attributes);
	} catch (error) {
		const reason = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
		throw fault(file, node, `the figure '${name}' refuses the attributes: ${reason}`);
	}
	checkTaps(node, `the figure '${name}'`, figure.taps(known.config, state), renderer);
}

/** What `tap` names, for the ledger; null for `none`, where the figure is of no tensor of a run. @throws ContentError */
function tapOf(node: ContainerDirective, tap: string, { prose }: Renderer): string | null {
	if (tap === 'none') return null;
	if (!namesTap(tap, prose.known.taps)) throw fault(prose.file, node, `unknown tap '${tap}'`);
	return tap;
}

function checkTaps(node: ContainerDirective, who: string, taps: readonly string[], { prose }: Renderer): void {
	const unknown = taps.find((tap) => !prose.known.taps.has(tap));
	if (unknown !== undefined) throw fault(prose.file, node, `${who} asks for an unknown tap '${unknown}'`);
}

function textAndChoices(node: ContainerDirective, { prose }: Renderer): { text: RootContent[]; list: List } {
	const text = node.children.slice(0, -1);
	const list = node.children.at(-1);
	if (list?.type !== 'list' || list.children.length < 2) {
		throw fault(prose.file, node, `the ${node.name} does not end with a list of at least two choices`);
	}
	if (text.length === 0) throw fault(prose.file, node, `the ${node.name} asks nothing before its choices`);
	return { text, list };
}
