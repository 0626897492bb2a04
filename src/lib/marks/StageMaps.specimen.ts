import { fixturePhoto, swinConfig } from './fixtures';
import { specimensOf } from './specimen';
import StageMaps from './StageMaps.svelte';

export default specimensOf(
	StageMaps,
	'photo'
)({
	name: '',
	note: 'How a Swin’s map gets coarser, and what one patch has been merged into.',
	wide: true,
	props: ({ set }) => ({
		config: swinConfig(),
		picture: fixturePhoto(224),
		patch: 90,
		current: 1,
		onchoose: (current) => set({ current })
	})
});
