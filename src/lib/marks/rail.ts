import type { ColourMap } from './colour';

/** What a stop shows of itself. */
export type Thumbnail =
	| { kind: 'image'; image: CanvasImageSource | null }
	| {
			kind: 'map';
			values: Float32Array | null;
			rows: number;
			columns: number;
			domain?: readonly [number, number];
			/** Another than the rail's. */
			colourMap?: ColourMap;
	  }
	| { kind: 'bar'; value: number | null }
	| { kind: 'text'; text: string };

export interface Stop {
	id: string;
	label: string;
	thumbnail: Thumbnail;
	current?: boolean;
}
