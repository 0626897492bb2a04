import { ripples } from './fixtures';
import PictureVector from './PictureVector.svelte';
import { specimensOf } from './specimen';

export default specimensOf(PictureVector, {
	name: '',
	note: 'What a model without a head ends in: each number can be read.',
	props: () => ({ values: ripples() })
});
