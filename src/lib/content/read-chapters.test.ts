import { describe, expect, it } from 'vitest';
import { readChapters } from './read-chapters.server';
import { KNOWN } from './testing';

const FRONT = '---\ntitle: Patches\nsummary: A photo is cut up.\n---\n';
const STEP = ':::step{#start figure=tiles tap=patches title="Cut it up" size=16}\nText.\n:::\n';
const ASK = [
	':::question{#why}',
	'Why $\\sqrt d$?',
	'',
	'- [ ] To be *quick*',
	'',
	'  It is not quicker.',
	'',
	'- [x] To be stable',
	'',
	'  It is.',
	'',
	'  Really.',
	'',
	':::',
	''
].join('\n');
const GUESS =
	':::predict{#guess figure=tiles tap=patches reveal=largest cover=on size=8}\nWhich?\n\n- The first\n- The `last`\n\n:::\n';

/** A step around some text, which then stands in line 7. */
const step = (text: string) => `:::step{#start figure=tiles tap=patches title="Cut it up"}\n\n${text}\n:::\n`;

const one = (body: string) => readChapters({ '/content/01-patches/index.md': FRONT + body }, KNOWN);
const html = async (text: string) => (await one(step(text)))[0]?.steps[0]?.html ?? '';

async function refusal(promise: Promise<unknown>): Promise<string> {
	try {
		await promise;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
	return 'nothing was refused';
}

describe('a chapter', () => {
	it('is read as a whole', async () => {
		const [chapter] = await one(`${STEP}\n${GUESS}\n${ASK}`);
		expect(chapter).toMatchObject({
			number: 1,
			slug: 'patches',
			title: 'Patches',
			summary: 'A photo is cut up.',
			minutes: 1,
			references: []
		});
		expect(chapter?.steps).toEqual([
			{
				id: 'start',
				title: 'Cut it up',
				html: '<p>Text.</p>',
				figure: 'tiles',
				attributes: { size: '16' },
				tap: 'patches'
			}
		]);
		expect(chapter?.predictions).toEqual([
			{
				id: 'guess',
				html: '<p>Which?</p>',
				figure: 'tiles',
				attributes: { size: '8' },
				tap: 'patches',
				reveal: 'largest',
				covered: true,
				choices: ['The first', 'The <code>last</code>']
			}
		]);
		expect(chapter?.questions[0]).toMatchObject({
			id: 'why',
			choices: [
				{ html: 'To be <em>quick</em>', right: false, explanation: '<p>It is not quicker.</p>' },
				{ html: 'To be stable', right: true, explanation: '<p>It is.</p>\n<p>Really.</p>' }
			]
		});
	});

	it('may say that a figure is of no tensor of a run', async () => {
		const [chapter] = await one(`${STEP}\n${GUESS}`.replaceAll('tap=patches', 'tap=none'));
		expect([chapter?.steps[0]?.tap, chapter?.predictions[0]?.tap]).toEqual([null, null]);
	});

	it('stands in the order of the folders, whatever the order of the files', async () => {
		const sources = { '/content/02-b/index.md': FRONT + STEP, '/content/01-a/index.md': FRONT + STEP };
		const chapters = await readChapters(sources, KNOWN);
		expect(chapters.map(({ slug }) => slug)).toEqual(['a', 'b']);
	});

	it('may be missing in a draft, and links to it may lead nowhere yet', async () => {
		const sources = { '/content/07-b/index.md': FRONT + step('[next](../c/#d)') };
		expect(await readChapters(sources, KNOWN, { draft: true })).toHaveLength(1);
	});

	it('lists what it cites, once, in the order of the first mention', async () => {
		const [chapter] = await one(step('See :cite[vaswani2017], and again :cite[vaswani2017].'));
		expect(chapter?.references.map(({ id }) => id)).toEqual(['vaswani2017']);
	});
});

describe('the text of a step', () => {
	it('quotes sizes of the model', async () => {
		expect(await html('It has :size[parameters] weights.')).toBe(
			'<p>It has <data class="size" data-size="parameters" value="5717416">5,717,416</data> weights.</p>'
		);
	});

	it('links terms to the glossary', async () => {
		expect(await html('The :term[*CLS* token]{#cls}.')).toBe(
			'<p>The <a class="term" href="../glossary/#cls" data-term="cls"><em>CLS</em> token</a>.</p>'
		);
	});

	it('names taps as they are typed, stars and underscores included', async () => {
		expect(await html('See :tap[blocks.*.mlp.pre_gelu] and :tap[parameters.blocks.*.qkv.bias].')).toBe(
			'<p>See <button type="button" class="tap" data-tap="blocks.*.mlp.pre_gelu">blocks.*.mlp.pre_gelu</button> and ' +
				'<button type="button" class="tap" data-tap="parameters.blocks.*.qkv.bias">parameters.blocks.*.qkv.bias</button>.</p>'
		);
	});

	it('cites', async () => {
		expect(await html(':cite[vaswani2017]')).toBe(
			'<p><a class="cite" href="https://arxiv.org/abs/1706.03762" rel="external" title="Attention Is All You Need">' +
				'Vaswani et al. 2017</a></p>'
		);
	});

	it('leaves colons of ordinary text alone', async () => {
		expect(await html('At 12:30, ratio a:b, and so:on.')).toBe('<p>At 12:30, ratio a:b, and so:on.</p>');
	});

	it('keeps numbers on one line with their signs and units', async () => {
		const kept = '<p>Of 14 × 14 <strong>patches</strong>, 25 % at 9 px, 3 pixels.</p>';
		expect(await html('Of 14 × 14 **patches**, 25 % at 9 px, 3 pixels.')).toBe(
			kept
				.replace(/(?<=14|×) (?=14|×)/g, '\u00a0')
				.replace('25 %', '25\u00a0%')
				.replace('9 px', '9\u00a0px')
		);
	});

	it('keeps links, and marks those that leave the site', async () => {
		const text =
			'[a](#start) [b](../patches/) [c](../patches/#start) [d](../glossary/#cls) [e](../../inspect/) [f](../../)';
		expect(await html(text)).toContain('<a href="../patches/#start">c</a>');
		expect(await html('[x](https://example.org/y)')).toBe(
			'<p><a href="https://example.org/y" rel="external">x</a></p>'
		);
	});

	it('drops comments', async () => {
		expect(await html('One\n\n<!-- a note -->\n\nTwo')).not.toContain('note');
	});

	it('renders formulas with MathML, within a line and by themselves', async () => {
		expect(await html('So $x^2$ is.')).toMatch(/^<p>So <span class="katex">.*<math .*<\/span> is\.<\/p>$/);
		expect(await html('So $x^2$, or not.')).toMatch(
			/^<p>So <span class="with-stop"><span class="katex">.*<\/span>,<\/span> or not\.<\/p>$/
		);
		expect(await html('$$\nx^2\n$$')).toContain('katex-display');
	});
});

/** Every fault, with the line that it is in and words of the sentence. */
const faults: [name: string, body: string, line: number, words: string][] = [
	['a step without a figure', ':::step{#start tap=patches title=T}\nText.\n:::', 5, 'the step has no figure'],
	['a step without a tap', ':::step{#start figure=tiles title=T}\nText.\n:::', 5, 'the step has no tap'],
	['a step without a title', ':::step{#start figure=tiles tap=patches}\nText.\n:::', 5, 'the step has no title'],
	['a step with an empty title', ':::step{#start figure=tiles tap=patches title=" "}\nText.\n:::', 5, 'no title'],
	['a step without an id', ':::step{figure=tiles tap=patches title=T}\nText.\n:::', 5, 'the step has no id'],
	['a malformed id', ':::step{#Start figure=tiles tap=patches title=T}\nText.\n:::', 5, "the id 'Start' is not"],
	['a step without text', ':::step{#start figure=tiles tap=patches title=T}\n:::', 5, "the step 'start' has no text"],
	['a first step of another name', STEP.replace('#start', '#first'), 1, "the id 'start'"],
	['no step at all', '', 1, 'no first step'],
	['an id given twice', `${STEP}\n${STEP}`, 9, "the id 'start' is there already"],
	['an id that the page uses', `${STEP}\n${ASK.replace('#why', '#main')}`, 9, "the id 'main' is there already"],
	[
		'the id of the last part',
		`${STEP}\n${ASK.replace('#why', '#questions')}`,
		9,
		"the id 'questions' is there already"
	],
	[
		'an unknown figure',
		STEP.replace('figure=tiles', 'figure=tile'),
		5,
		"unknown figure 'tile'; there are 'broken' and 'tiles'"
	],
	[
		'attributes that the figure refuses',
		STEP.replace('size=', 'sise='),
		5,
		"refuses the attributes: there is no 'sise'."
	],
	[
		'a figure that asks for an unknown tap',
		STEP.replace('tiles', 'broken'),
		5,
		"asks for an unknown tap 'blocks.9.out'"
	],
	['an unknown tap of a step', STEP.replace('tap=patches', 'tap=patch'), 5, "unknown tap 'patch'"],
	['an unknown tap of any block', STEP.replace('tap=patches', 'tap=blocks.*.norm3'), 5, "unknown tap 'blocks.*.norm3'"],
	['a star that stands for no block', STEP.replace('tap=patches', 'tap=*.0.norm1'), 5, "unknown tap '*.0.norm1'"],
	['an unknown tap in the text', step(':tap[blocks.2.out]'), 7, "unknown tap 'blocks.2.out'"],
	['an unknown size', step('Text\nand :size[dims]'), 8, "unknown size 'dims'"],
	['a size without a key', step(':size{a=b}'), 7, 'nothing between brackets'],
	['a size with attributes', step(':size[dim]{a=b}'), 7, "no attribute 'a'"],
	['an unknown term', step(':term[x]{#csl}'), 7, "unknown term 'csl'"],
	['a term without an id', step(':term[x]'), 7, "':term' names no term"],
	['a term without text', step(':term{#cls}'), 7, "':term' has nothing"],
	['an unknown reference', step(':cite[vaswani2018]'), 7, "unknown reference 'vaswani2018'"],
	['an unknown inline directive', step(':trem[x]{#cls}'), 7, "unknown directive ':trem'"],
	['an unknown leaf directive', step('::figure{#x}'), 7, "begins with '::'"],
	['an unknown container', `${STEP}\n:::stop{#x}\nText.\n:::`, 9, "unknown directive ':::stop'"],
	['a step that is not closed', STEP.replace('\n:::\n', '\n'), 5, 'the step is not closed'],
	['a step within a step', STEP.replace('\n:::\n', '\n\n') + ASK, 8, "is the closing ':::' of the one above missing"],
	['text outside of a step', `${STEP}\nHello.`, 9, 'text stands outside'],
	['a heading within a step', step('## More'), 7, 'begin a new step'],
	['a picture', step('![x](y.png)'), 7, 'figures are figures'],
	['HTML', step('Press <kbd>a</kbd>'), 7, 'there is HTML'],
	['a footnote', step('Yes[^1].\n\n[^1]: No.'), 7, 'there is a footnote'],
	['TeX that KaTeX refuses', step('So $\\frac{1$.'), 7, 'is not TeX that KaTeX takes: Unexpected end'],
	['an unknown code language', step('```rust\nx\n```'), 7, "unknown language 'rust'"],
	['a malformed code import', step('```ts from=src/model.ts\n```'), 7, "is not 'from=path function=name'"],
	['an unknown source file', step('```ts from=src/no.ts function=run\n```'), 7, "no source file 'src/no.ts'"],
	['an unknown function', step('```ts from=src/model.ts function=go\n```'), 7, "has no function 'go'"],
	['an unknown tap in imported code', step('```ts from=src/model.ts function=wrong\n```'), 7, "unknown tap 'nothing'"],
	['an unknown tap in code', step('```python\nx = y # tap: blocks.*.x\n```'), 7, "unknown tap 'blocks.*.x'"],
	['a link to no chapter', step('[x](../patch/)'), 7, "a chapter 'patch', which does not exist"],
	['a link to no step', step('[x](../patches/#end)'), 7, "'#end', which 'patches' does not have; it has 'start'"],
	['a link to no step here', step('[x](#end)'), 7, "leads to '#end'"],
	['a link to no term', step('[x](../glossary/#csl)'), 7, "leads to '#csl'"],
	['a link to no page', step('[x](../../models/)'), 7, "the site has no page 'models'"],
	['an absolute link', step('[x](/learn/patches/)'), 7, 'none of the known shapes'],
	['a link without its slash', step('[x](../patches)'), 7, 'none of the known shapes'],
	['an insecure link', step('[x](http://example.org)'), 7, 'none of the known shapes'],
	['a link to nothing', step('[x]()'), 7, 'none of the known shapes'],
	['a prediction without a figure', STEP + GUESS.replace('figure=tiles ', ''), 8, 'the predict has no figure'],
	['an unknown reveal', STEP + GUESS.replace('=largest', '=least'), 8, "no reveal 'least'; it has 'largest'"],
	['a prediction without choices', STEP + GUESS.replace(/- .*\n/g, ''), 8, 'at least two choices'],
	['a prediction of one choice', STEP + GUESS.replace('- The first\n', ''), 8, 'at least two choices'],
	[
		'a prediction that is ticked',
		STEP + GUESS.replace('- The first', '- [x] The first'),
		11,
		'no right choice beforehand'
	],
	[
		'a prediction with an explanation',
		STEP + GUESS.replace('- The first\n', '- The first\n\n  Why\n\n'),
		11,
		'not one line'
	],
	['a prediction that asks nothing', STEP + GUESS.replace('Which?', ''), 8, 'asks nothing'],
	['a question without choices', STEP + ASK.replace(/^(- .*| {2}.*)\n/gm, ''), 8, 'at least two choices'],
	['a question without a right choice', STEP + ASK.replace('[x]', '[ ]'), 8, 'has 0 right choices'],
	['a question with two right choices', STEP + ASK.replace('[ ]', '[x]'), 8, 'has 2 right choices'],
	['a choice that is not ticked', STEP + ASK.replace('[ ] ', ''), 11, "neither '[ ]' nor '[x]'"],
	['a choice without explanation', STEP + ASK.replace('  It is not quicker.\n', ''), 11, 'no explanation'],
	['a question with an attribute', STEP + ASK.replace('#why', '#why figure=tiles'), 8, "no attribute 'figure'"]
];

describe('a fault in a chapter', () => {
	it.each(faults)('is refused: %s', async (_, body, line, words) => {
		const message = await refusal(one(body));
		expect(message).toContain(`content/01-patches/index.md, line ${line}: `);
		expect(message).toContain(words);
		expect(message).toMatch(/[^.]\.$/);
	});
});
