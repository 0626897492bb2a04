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
		samples: 24
	},
	{
		scene: 'parachute',
		title: 'Parachute in a summer sky',
		alt: 'Seen from below, a parachutist hangs under a round canopy of red, white and yellow stripes among small clouds.',
		intended: 701,
		size: [960, 960],
		samples: 24
	},
	{
		scene: 'church',
		title: 'Village church in the snow',
		alt: 'A white church with a brown spire and a cross stands in snow between dark spruces, a low wooden fence before it.',
		intended: 497,
		size: [720, 960],
		samples: 24
	},
	{
		scene: 'teapot',
		title: 'Teapot, cup and lemon',
		alt: 'A glossy blue teapot, a cream cup of tea on its saucer and a yellow lemon on a wooden table beside a folded napkin.',
		intended: 849,
		size: [960, 720],
		samples: 20
	},
	{
		scene: 'lighthouse',
		title: 'Lighthouse at dusk',
		alt: 'A lighthouse banded in red and white, its lamp lit, on a rocky islet under a pink and yellow evening sky.',
		intended: 437,
		size: [960, 640],
		samples: 20
	},
	{
		scene: 'agaric',
		title: 'Fly agarics in the moss',
		alt: 'Three red mushrooms flecked with white in green moss, yellow leaves at their feet and dark trees behind.',
		intended: 992,
		size: [960, 960],
		samples: 16
	},
	{
		scene: 'sailing_boat',
		title: 'Boat on an evening sea',
		alt: 'A small sailing boat far out on a calm golden sea, the sun low behind it and dark hills along the horizon.',
		intended: 914,
		size: [960, 640],
		samples: 14
	},
	{
		scene: 'tennis_ball',
		title: 'Tennis ball on clay',
		alt: 'A fuzzy yellow tennis ball lies on an orange clay court in front of a white line.',
		intended: 852,
		size: [960, 640],
		samples: 28
	},
	{
		scene: 'apples',
		title: 'Green apples',
		alt: 'Green apples heaped in a cream and blue bowl on a wooden table in the sun, one more lying beside it.',
		intended: 948,
		size: [960, 720],
		samples: 18
	},
	{
		scene: 'abacus',
		title: 'Abacus on a desk',
		alt: 'A wooden abacus with ten rows of red, orange, yellow, green, blue and purple beads before a blurred bookshelf.',
		intended: 398,
		size: [960, 800],
		samples: 18
	},
	{
		scene: 'wall_clock',
		title: 'Clock on a brick wall',
		alt: 'A round clock with a green rim shows nine minutes past ten on a whitewashed brick wall crossed by shadows of a window.',
		intended: 892,
		size: [960, 800],
		samples: 12
	},
	{
		scene: 'pool_table',
		title: 'Pool table',
		alt: 'Coloured billiard balls racked on green cloth, the white cue ball in front of them and the tip of a cue aimed at it.',
		intended: 736,
		size: [960, 640],
		samples: 20
	},
	{
		scene: 'candle',
		title: 'Candle at night',
		alt: 'A lit candle in a brass holder on a dark wooden table, two old books and a string of small lights blurred behind it.',
		intended: 470,
		size: [720, 960],
		samples: 14
	}
];
