import { specimensOf } from './specimen';
import ValueTip from './ValueTip.svelte';

export default specimensOf(ValueTip, {
	name: '',
	note: 'What a mark says of the item that is read, above it where there is room.',
	box: [240, 120],
	props: () => ({
		text: 'Patch in row 3, column 4\n12.5 % of the attention',
		box: { left: 0.4, top: 0.8, width: 0.1, height: 0.2 }
	})
});
