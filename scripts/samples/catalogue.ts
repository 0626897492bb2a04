/** What the manifest says of a scene, and how large it is rendered. The program is `scenes/<scene>.py`. */
export interface Scene {
	readonly scene: string;
	readonly title: string;
	readonly alt: string;
	/** The ImageNet class (index in 0..999) that the scene was built to show. */
	readonly intended: number;
	/** Width and height in pixels; the longer is 960. */
	readonly size: readonly [width: number, height: number];
	/** Paths a pixel in each of the two half-exposures. */
	readonly samples: number;
}

/** Every scene, in the order in which the site offers them: the first is what a newcomer sees first. */
export const CATALOGUE: readonly Scene[] = [
	{
		scene: 'golf_ball',
		title: 'Golf ball on a lawn',
		alt: 'A white dimpled golf ball lying in short green grass in low evening sun, dark trees blurred behind it.',
		intended: 574,
		size: [960, 720],
		samples: 24
	},
	{
		scene: 'hot_air_balloon',
		title: 'Balloons over the hills',
		alt: 'A hot-air balloon chequered in red, orange and cream floats above misty hills; two smaller ones are far off.',
		intended: 417,
		size: [720, 960],
		samples: 32
	}
];
