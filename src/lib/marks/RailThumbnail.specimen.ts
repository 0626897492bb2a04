import { bump, COLUMNS, fixturePhoto, ROWS } from './fixtures';
import RailThumbnail from './RailThumbnail.svelte';
import { specimensOf } from './specimen';

export default specimensOf(
	RailThumbnail,
	{
		name: '',
		note: 'A photo at a stop of the rail.',
		props: ({ colourMap }) => ({ colourMap, thumbnail: { kind: 'image', image: fixturePhoto(224) } })
	},
	{
		name: 'of a map',
		note: 'On a scale of its own.',
		props: ({ colourMap }) => ({
			colourMap,
			thumbnail: { kind: 'map', values: bump(4, 9, 3), rows: ROWS, columns: COLUMNS }
		})
	},
	{
		name: 'of a share',
		note: 'That of the likeliest class.',
		props: ({ colourMap }) => ({ colourMap, thumbnail: { kind: 'bar', value: 0.71 } })
	},
	{
		name: 'of a word',
		note: 'Where there is nothing to draw.',
		props: ({ colourMap }) => ({ colourMap, thumbnail: { kind: 'text', text: '384' } })
	}
);
