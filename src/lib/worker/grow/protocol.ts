import type { ErrorCode } from '../../base/errors';
import type {
	Evaluation,
	NetworkPlan,
	Recipe,
	StepReport,
	Task,
	Teacher,
	TrainingState
} from '../../engine/train/contract';

/** Pictures that the worker draws by itself. */
export interface DrawnPictures {
	readonly kind: 'drawn';
	readonly task: Task;
	/** How many to learn from, and how many to be tested on. */
	readonly count: number;
	readonly heldOut: number;
	/** What is drawn depends on it. */
	readonly seed: number;
}

/** A reader's own, brought to one size. */
export interface OwnPictures {
	readonly kind: 'own';
	/** Their side, in pixels. */
	readonly size: number;
	readonly classes: readonly string[];
	readonly learn: readonly OwnPicture[];
	readonly heldOut: readonly OwnPicture[];
}

export interface OwnPicture {
	/** (3, size, size), bytes. */
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly label: number;
}

export type GrowPictures = DrawnPictures | OwnPictures;

/** What is to be grown, and from what. */
export interface GrowOrder {
	readonly plan: NetworkPlan;
	readonly recipe: Recipe;
	readonly pictures: GrowPictures;
	readonly teacher?: Teacher;
	/** Where to go on; from nothing without it. */
	readonly state?: TrainingState;
}

/** What can be seen of a network while it grows. */
export interface GrowLook {
	/** Its first filters, each (side, side, 3) row by row, as the parameters have them. */
	readonly filters: Float32Array;
	readonly side: number;
	/** Cosines of the positions of every two patches (n, n); null where it has none. */
	readonly positions: Float32Array | null;
	/** Of some held-out pictures: where each head of the last block looks from the token that is read (heads, n); null of a CNN. */
	readonly attention: readonly Float32Array[] | null;
}

/** A picture to look at: bytes RGBA, with the class that it is of. */
export interface GrowSample {
	readonly rgba: Uint8ClampedArray<ArrayBuffer>;
	readonly size: number;
	readonly label: string;
}

export type ToGrower =
	/** @param run by which what comes of it is told from what came of those before */
	| { readonly kind: 'begin'; readonly order: GrowOrder; readonly run: number }
	/** @param steps as many, or until it is told to stop; @param pause milliseconds between two */
	| { readonly kind: 'go'; readonly steps: number; readonly pause: number }
	| { readonly kind: 'stop' };

/** What is told of a run. */
export type GrowNews =
	| {
			readonly kind: 'ready';
			readonly parameters: number;
			readonly backend: string;
			readonly samples: readonly GrowSample[];
			readonly look: GrowLook;
	  }
	| { readonly kind: 'step'; readonly report: StepReport; readonly milliseconds: number }
	/** All that it has learned so far, told now and then: whoever closes it loses no more than what comes after. */
	| { readonly kind: 'saved'; readonly state: TrainingState }
	| {
			readonly kind: 'tested';
			readonly evaluation: Evaluation;
			readonly look: GrowLook;
			readonly state: TrainingState;
	  }
	/** It stands still now, and this is all that it has learned. */
	| { readonly kind: 'stopped'; readonly state: TrainingState; readonly done: boolean }
	| { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string };

/** `run` is null where the worker itself broke down. */
export type FromGrower = GrowNews & { readonly run: number | null };
