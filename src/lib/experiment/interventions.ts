import type { Anatomy, BlockGroup, PictureVector } from '../engine/family';
import type { Edit } from '../engine/edits/edit';
import type { BrushGrid } from '../tools/brush';
import { refusalOf } from '../tools/hiding';
import { blockOrder, transposedOrder } from '../tools/orders';
import { sampleRun } from '../tools/photo-runs';

/** What an intervention goes by: the model that is shown, and what there is to take numbers from. */
export interface About {
	readonly anatomy: Anatomy;
	readonly groups: readonly BlockGroup[];
	readonly grid: BrushGrid;
	/** What stands for the photo at the end. */
	readonly picture: PictureVector;
	/** The ids of sample photos other than the one that is shown. */
	readonly samples: readonly string[];
}

/** What a reader has chosen; each intervention reads what its fields say. Everything counts from 0. */
export interface Choice {
	readonly block: number | 'every';
	readonly head: number | 'every';
	/** A token of the first grid, with those before the patches. */
	readonly token: number;
	readonly from: number;
	readonly sample: string;
	readonly temperature: number;
	readonly seed: number;
}

export type Field = keyof Choice;

/** Something that can be changed in a run, as a list offers it. */
export interface Intervention {
	readonly id: string;
	readonly group: string;
	readonly title: string;
	/** What it does, in a sentence. */
	readonly says: string;
	readonly fields: readonly Field[];
	/** Whether it may be done to every block at once. */
	readonly everywhere?: boolean;
	/** Why it is not offered for such a model; null where it is. True for any family. */
	refusal?(about: About): string | null;
	/** Whether its tokens are patches, and none of those before them. */
	readonly patchesOnly?: boolean;
	/** Why a choice would change nothing, and what to do; null where it would change something. */
	idle?(choice: Choice): string | null;
	edits(choice: Choice, about: About): Edit[];
}

/** Whether its positions turn queries and keys. */
const turns = ({ anatomy }: About) => anatomy.parameters.some(({ name }) => name === 'parameters.rotary.cos');
const noPositions = ({ anatomy }: About) =>
	anatomy.parameters.some(({ name }) => name === 'parameters.pos_embed')
		? null
		: 'This model adds no position vectors to its tokens, so there are none to change.';
const ragged = ({ anatomy }: About) => refusalOf('grey', anatomy);
const noCls = ({ anatomy }: About) => (anatomy.prefix.includes('cls') ? null : 'This model has no CLS token.');
const readsMore = (about: About) =>
	noCls(about) ??
	(about.picture.tap === 'norm' && about.picture.of === 'first'
		? null
		: 'The classifier of this model reads the patches already.');
const merging = ({ groups }: About) =>
	groups.length === 1
		? null
		: 'In this model tokens are merged on the way, so no single one can be followed through all blocks.';
const notSquare = (about: About) =>
	noPositions(about) ??
	(about.grid.rows === about.grid.columns
		? null
		: 'Its patches have more rows than columns, or fewer, so they can’t change places.');
const noSamples = ({ samples }: About) => (samples.length > 0 ? null : 'The sample photos are not here.');

const noHeads = ({ groups }: About) =>
	groups.some(({ heads }) => heads > 0) ? null : 'This model has no attention, and so no heads to change.';
const noHalves = (about: About) =>
	noHeads(about) && 'The blocks of this model have no attention and no feed-forward part.';
const noBlocks = ({ anatomy }: About) =>
	anatomy.blocks.length > 0
		? null
		: 'Every block of this model makes another shape than it reads, so none can be left out.';

/** The tap of a block, or of every block. */
function tapOf({ anatomy }: About, block: Choice['block'], part: string): string {
	const names = block === 'every' ? anatomy.blocks.map((name) => name.replace(/\d+/g, '*')) : [anatomy.blocks[block]];
	const name = names[0] ?? '';
	return part === '' ? name : `${name}.${part}`;
}

/** A score that leaves nothing after the softmax. */
const HIDDEN = -1e30;

const inHead = ({ head }: Choice) => (head === 'every' ? {} : { head });

/** Every intervention, in the order of the model. What the brush does is none of these. */
export const INTERVENTIONS: readonly Intervention[] = [
	{
		id: 'shuffle',
		group: 'Patches',
		title: 'Shuffle the patches',
		says: 'The pixels of the patches change places, in an order that the seed decides; the positions stay.',
		fields: ['seed'],
		refusal: ragged,
		edits: ({ seed }, { grid }) => [
			{ tap: 'pixel_values', tokens: 'patches', do: 'permute', order: blockOrder(grid, seed) }
		]
	},
	{
		id: 'no-positions',
		group: 'Positions',
		title: 'Take the positions away',
		says: 'Every position vector is zero, or no query and key is turned: no token knows where it stands.',
		fields: [],
		refusal: (about) => (turns(about) ? null : noPositions(about)),
		edits: (_, about) =>
			turns(about)
				? [
						{ tap: 'parameters.rotary.cos', do: 'set', to: 1 },
						{ tap: 'parameters.rotary.sin', do: 'zero' }
					]
				: [{ tap: 'parameters.pos_embed', do: 'zero' }]
	},
	{
		id: 'shuffle-positions',
		group: 'Positions',
		title: 'Shuffle the positions',
		says: 'Each patch gets the position of another, in an order that the seed decides; the pixels stay.',
		fields: ['seed'],
		refusal: noPositions,
		edits: ({ seed }, { grid }) => [
			{
				tap: 'parameters.pos_embed',
				tokens: 'patches',
				do: 'permute',
				order: blockOrder({ ...grid, ...patches(grid), each: 1 }, seed)
			}
		]
	},
	{
		id: 'transpose-positions',
		group: 'Positions',
		title: 'Swap rows and columns',
		says: 'The patch in row r and column c gets the position of row c and column r.',
		fields: [],
		refusal: notSquare,
		edits: (_, { grid }) => {
			const order = transposedOrder(patches(grid).rows);
			return [{ tap: 'parameters.pos_embed', tokens: 'patches', do: 'permute', order }];
		}
	},
	{
		id: 'other-position',
		group: 'Positions',
		title: 'Give a patch another’s position',
		says: 'One patch is told that it stands where another one does.',
		fields: ['token', 'from'],
		refusal: noPositions,
		patchesOnly: true,
		idle: ({ token, from }) =>
			token === from ? 'That is the place where it stands already: choose another place.' : null,
		edits: ({ token, from }) => [
			{ tap: 'parameters.pos_embed', tokens: [token], do: 'mean', over: 'tokens', of: { tokens: [from] } }
		]
	},
	{
		id: 'cls-zero',
		group: 'CLS',
		title: 'Begin with an empty CLS',
		says: 'The learned CLS vector is zero; its position stays.',
		fields: [],
		refusal: noCls,
		edits: () => [{ tap: 'parameters.cls_token', do: 'zero' }]
	},
	{
		id: 'cls-mean',
		group: 'CLS',
		title: 'Read the patches in place of CLS',
		says: 'After the last norm, CLS becomes the mean of all patches.',
		fields: [],
		refusal: readsMore,
		edits: () => [{ tap: 'norm', tokens: 'cls', do: 'mean', over: 'tokens', of: { tokens: 'patches' } }]
	},
	{
		id: 'no-registers',
		group: 'Registers',
		title: 'Hide the registers',
		says: 'In no block can a token look at a register: what stands there reaches no other.',
		fields: [],
		refusal: ({ anatomy }) => (anatomy.prefix.includes('register') ? null : 'This model has no registers.'),
		edits: (_, about) => [{ tap: tapOf(about, 'every', 'attn.scores'), keys: 'registers', do: 'set', to: HIDDEN }]
	},
	{
		id: 'head-zero',
		group: 'Heads',
		title: 'Silence a head',
		says: 'What the head hands on is zero, as if it had been pruned.',
		fields: ['block', 'head'],
		refusal: noHeads,
		edits: (choice, about) => [{ tap: tapOf(about, choice.block, 'attn.head_out'), ...inHead(choice), do: 'zero' }]
	},
	{
		id: 'head-uniform',
		group: 'Heads',
		title: 'Make a head look everywhere alike',
		says: 'Every key gets the same weight from every query: what the head hands on is the mean of all values.',
		fields: ['block', 'head'],
		everywhere: true,
		refusal: noHeads,
		edits: (choice, about) => [{ tap: tapOf(about, choice.block, 'attn.pattern'), ...inHead(choice), do: 'uniform' }]
	},
	{
		id: 'head-mean',
		group: 'Heads',
		title: 'Let a head say the same of every photo',
		says: 'What the head hands on is its mean over this photo and all other samples, place by place.',
		fields: ['block', 'head'],
		refusal: (about) => noHeads(about) ?? noSamples(about),
		edits: (choice, about) => [
			{
				tap: tapOf(about, choice.block, 'attn.head_out'),
				...inHead(choice),
				do: 'mean',
				over: 'photos',
				runs: about.samples.map(sampleRun)
			}
		]
	},
	{
		id: 'temperature',
		group: 'Heads',
		title: 'Change the softmax’s temperature',
		says: 'The scores are divided by the temperature before the softmax: below 1 attention gets sharper, above 1 flatter.',
		fields: ['temperature', 'block', 'head'],
		everywhere: true,
		refusal: noHeads,
		idle: ({ temperature }) => (temperature === 1 ? 'At 1 the softmax is as it is: choose another temperature.' : null),
		edits: (choice, about) => [
			{ tap: tapOf(about, choice.block, 'attn.scores'), ...inHead(choice), do: 'scale', by: 1 / choice.temperature }
		]
	},
	{
		id: 'hide-key',
		group: 'Heads',
		title: 'Hide one key from all',
		says: 'No token can look at this one any more; the softmax shares its weight among the others.',
		fields: ['token', 'block', 'head'],
		everywhere: true,
		refusal: (about) => noHeads(about) ?? merging(about),
		edits: (choice, about) => [
			{ tap: tapOf(about, choice.block, 'attn.scores'), ...inHead(choice), keys: [choice.token], do: 'set', to: HIDDEN }
		]
	},
	{
		id: 'value-zero',
		group: 'Heads',
		title: 'Empty one value',
		says: 'Tokens still look at this one, and get nothing from it.',
		fields: ['token', 'block', 'head'],
		everywhere: true,
		refusal: (about) => noHeads(about) ?? merging(about),
		edits: (choice, about) => [
			{ tap: tapOf(about, choice.block, 'value'), ...inHead(choice), tokens: [choice.token], do: 'zero' }
		]
	},
	{
		id: 'skip',
		group: 'Blocks',
		title: 'Pass a block by',
		says: 'The tokens go on as they came in.',
		fields: ['block'],
		refusal: noBlocks,
		edits: ({ block }, about) => [{ tap: tapOf(about, block, ''), do: 'skip' }]
	},
	{
		id: 'no-attention',
		group: 'Blocks',
		title: 'Leave out a block’s attention',
		says: 'Its attention adds nothing to the residual stream; its feed-forward part does.',
		fields: ['block'],
		everywhere: true,
		refusal: noHalves,
		edits: ({ block }, about) => [{ tap: tapOf(about, block, 'attn.out'), do: 'zero' }]
	},
	{
		id: 'no-mlp',
		group: 'Blocks',
		title: 'Leave out a block’s feed-forward part',
		says: 'Its feed-forward part adds nothing to the residual stream; its attention does.',
		fields: ['block'],
		everywhere: true,
		refusal: noHalves,
		edits: ({ block }, about) => [{ tap: tapOf(about, block, 'mlp.out'), do: 'zero' }]
	},
	{
		id: 'patch-in',
		group: 'Another photo',
		title: 'Put in a token of another photo',
		says: 'After a block, one token becomes that of another photo’s run at the same place: where is the class carried?',
		fields: ['sample', 'block', 'token'],
		refusal: (about) => noSamples(about) ?? merging(about),
		edits: ({ block, token, sample }, about) => [
			{ tap: tapOf(about, block, 'out'), tokens: [token], do: 'replace', run: sampleRun(sample) }
		]
	}
];

/** Rows and columns of the patches themselves. */
function patches({ rows, columns, each }: BrushGrid): { rows: number; columns: number } {
	return { rows: rows * each, columns: columns * each };
}
