/** The scenes of the film, in their order: each of one length, so that `t` in [0, 1] runs evenly through all of them. */
export const SCENES = ['ask', 'beams', 'scores', 'root', 'softmax', 'sum'] as const;
export type SceneName = (typeof SCENES)[number];

/** What each is called beside the slider. */
export const SCENE_NAMES: Readonly<Record<SceneName, string>> = {
	ask: 'One token asks',
	beams: 'Every key is asked',
	scores: 'Products become columns',
	root: 'The root presses them down',
	softmax: 'One bar of 100 %',
	sum: 'The values come home'
};

/** Where in the film a moment lies. */
export interface Moment {
	/** Index into {@link SCENES}. */
	readonly scene: number;
	/** How much of that scene is over, in [0, 1]. */
	readonly share: number;
}

/** A moment between two scenes belongs to the one that ends there, because its end is what its still shows. */
export function momentAt(t: number): Moment {
	const at = Math.min(1, Math.max(0, t)) * SCENES.length;
	// What the slider divides and multiplies again must not fall into the next scene.
	const scene = Math.min(SCENES.length - 1, Math.max(0, Math.ceil(at - 1e-9) - 1));
	return { scene, share: Math.min(1, at - scene) };
}

/** The moment that stands for a scene where nothing moves: its end. */
export const stillOf = (scene: number): number => (scene + 1) / SCENES.length;

/** The end of the next scene, or of the one before. @param step 1 or -1 */
export function stepFrom(t: number, step: 1 | -1): number {
	const { scene, share } = momentAt(t);
	// From the middle of a scene, on leads to its end and back to the end of the one before.
	const to = step === 1 ? (share < 1 ? scene : scene + 1) : scene - 1;
	return stillOf(Math.min(SCENES.length - 1, Math.max(0, to)));
}
