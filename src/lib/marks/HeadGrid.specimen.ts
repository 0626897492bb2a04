import { max } from 'd3';
import HeadGrid from './HeadGrid.svelte';
import { attentionMaps, COLUMNS, ROWS } from './fixtures';
import { specimensOf, type Specimen } from './specimen';
import type { ComponentProps } from 'svelte';

function of(blocks: number, heads: number, name = ''): Specimen<ComponentProps<typeof HeadGrid>> {
	const maps = attentionMaps(blocks, heads, 62);
	return {
		name,
		note: 'The same query in every head of every block: arrow keys walk, Enter selects.',
		props: ({ colourMap, set }) => ({
			maps,
			rows: ROWS,
			columns: COLUMNS,
			domainOf: (block, head) => [0, max(maps[block]?.[head]?.values ?? []) ?? 0],
			colourMap,
			selected: { block: 1, head: 2 },
			onselect: (block, head) => set({ selected: { block, head } }),
			label: `Every head of ${blocks} blocks, ${heads} in each`
		})
	};
}

export default specimensOf(HeadGrid, 'photo')(of(6, 4), of(12, 3, '12 blocks of 3'), of(12, 12, '12 blocks of 12'));
