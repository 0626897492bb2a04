import type { ConvConfig } from '../conv/config';
import type { Network } from '../network';
import type { ViTConfig } from '../vit/config';

/*
 * Training a small network from nothing: what whoever drives it gives and gets. Nothing here needs Node or a page, and
 * all of it but a `Training` itself is plain data that a worker can be sent.
 */

/** What a page draws by itself, see `tasks.ts`. */
export const TASKS = ['shape', 'same-different', 'texture', 'position'] as const;
export type Task = (typeof TASKS)[number];

/** One picture with the number of its class. */
export interface Labelled {
	/** (3, size, size) row by row, from -1 to 1: a network's input as it is. */
	readonly pixels: Float32Array;
	readonly label: number;
}

/** Pictures to learn from or to be tested on: drawn one by one when they are asked for, or a reader's own. */
export interface Pictures {
	readonly count: number;
	/** Rows, which are as many as columns, in pixels. */
	readonly size: number;
	/** By the numbers that labels are. */
	readonly classes: readonly string[];
	/** Whether a picture that was mirrored, and one that was moved by a few pixels, is still of its class. */
	readonly mirrors: boolean;
	readonly shifts: boolean;
	/** @param index from 0 to `count` - 1; the same picture every time */
	at(index: number): Labelled;
}

/** What a small ViT is made of, and what can be taken from it to see what it is for. */
export interface ViTPlan {
	readonly kind: 'vit';
	/** Side of the picture and of a patch, in pixels; whole patches. */
	readonly size: number;
	readonly patch: number;
	readonly dim: number;
	readonly depth: number;
	readonly heads: number;
	/** Width of the hidden layer, in widths of a token: mostly 4. */
	readonly mlpRatio: number;
	readonly classes: number;
	/** Without, a picture is the same to the network as its patches in any other order. */
	readonly positions: boolean;
	/** What the head reads: CLS, or the mean of the patches; then there is no CLS. */
	readonly pooling: 'cls' | 'mean';
	/** Whether each part of a block adds to what it reads, or puts its own in that's place. */
	readonly residuals: boolean;
	/** Whether there are layer norms: two a block, and a last one. */
	readonly norms: boolean;
	/** Share of what embedding, attention and feed-forward part give that is left out by chance while it learns; from 0, below 1. */
	readonly dropout: number;
	/** Whether a distillation token with a head of its own is there, as in DeiT (Touvron et al. 2021, arXiv 2012.12877). */
	readonly distilled: boolean;
}

/** What a small CNN is made of: a stem, then a residual block of two 3 x 3 convolutions a stage, each at half the size. */
export interface CnnPlan {
	readonly kind: 'cnn';
	readonly size: number;
	/** Channels of each stage; the stem, with stride 2, has those of the first. */
	readonly widths: readonly number[];
	readonly classes: number;
}

export type NetworkPlan = ViTPlan | CnnPlan;

/** A configuration of the engine's that plans lead to. */
export type GrownConfig = ViTConfig | ConvConfig;

/** How a network is taught. All of it is written down with what came of it. */
export interface Recipe {
	/** What the network starts from, the order of pictures, and what chance leaves out or moves. */
	readonly seed: number;
	/** Pictures a step. */
	readonly batch: number;
	/** Steps of the whole schedule; one may stop before, or go on after it at the last rate. */
	readonly steps: number;
	/** The highest learning rate: `warmUp` steps lead up to it in a line, and half a cosine down to a hundredth of it at `steps`. */
	readonly rate: number;
	readonly warmUp: number;
	/** By how much of itself, times the rate, each matrix shrinks a step (AdamW, Loshchilov and Hutter 2019); 0 for none. */
	readonly weightDecay: number;
	/** Whether pictures are mirrored by chance, and moved by up to `shift` pixels each way. */
	readonly mirror: boolean;
	readonly shift: number;
}

/** What a step of training gives: of the batch, before the step. */
export interface StepReport {
	/** Steps that were taken, this one included. */
	readonly step: number;
	/** Mean cross entropy, in nats; with a teacher, of both heads. */
	readonly loss: number;
	/** Share of the batch that was named right. */
	readonly accuracy: number;
	readonly rate: number;
}

/** What a network makes of pictures that it has not learned from. */
export interface Evaluation {
	readonly step: number;
	readonly count: number;
	readonly right: number;
	/** Mean cross entropy, in nats. */
	readonly loss: number;
	/** Rows are what pictures are of, columns what they were taken for: classes x classes counts. */
	readonly confusion: readonly (readonly number[])[];
}

/** Parameters by the names and in the layouts that `docs/taps.md` lists, e.g. `parameters.blocks.0.qkv.weight`. */
export type ParameterValues = ReadonlyMap<string, Float32Array>;

/** All that a training needs to go on as if it had not stopped, but its pictures. Plain data; it can be cloned and kept. */
export interface TrainingState {
	readonly plan: NetworkPlan;
	readonly recipe: Recipe;
	readonly step: number;
	readonly parameters: ParameterValues;
	/** Adam's running means of each gradient and of its square. */
	readonly means: ParameterValues;
	readonly squares: ParameterValues;
}

/** A trained CNN that a ViT with a distillation token learns from, by what it says of the very pictures of a batch. */
export interface Teacher {
	readonly plan: CnnPlan;
	readonly parameters: ParameterValues;
}

export interface TrainingOptions {
	readonly plan: NetworkPlan;
	readonly recipe: Recipe;
	readonly pictures: Pictures;
	readonly heldOut: Pictures;
	/** For a plan with a distillation token; without, its second head learns from the labels. */
	readonly teacher?: Teacher;
}

/**
 * A network that is being taught, by whatever backend is the current one. What it learns lies in plain arrays, and it
 * has tensors only while a step or a test is under way: there is nothing to dispose, and a GPU that is lost takes nothing
 * with it. One call at a time.
 */
export interface Training {
	readonly config: GrownConfig;
	/** Number of parameters that learn. */
	readonly parameterCount: number;
	/** Steps that were taken. */
	readonly steps: number;
	/** Learns from one batch. @throws PatchworkError `request` where the numbers are no longer finite: what was learned before stays */
	step(): Promise<StepReport>;
	/**
	 * Tests it on the held-out pictures.
	 * @param limit at most so many, the first ones
	 * @param pause awaited between batches; throw to cancel
	 */
	evaluate(limit?: number, pause?: () => Promise<void> | void): Promise<Evaluation>;
	/** A copy of what it has learned so far. */
	parameters(): ParameterValues;
	/** A copy of all that is needed to go on from here. */
	save(): TrainingState;
}

/** `startTraining(options)` begins; with a state that was saved, it goes on to the bit where that was. */
export type StartTraining = (options: TrainingOptions, state?: TrainingState) => Training;

/** `grownNetwork(plan, parameters)`: a network of the engine's like any other, for runs, taps and edits. It owns its tensors. */
export type GrowNetwork = (plan: NetworkPlan, parameters: ParameterValues) => Network<GrownConfig>;
