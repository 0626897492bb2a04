import { fixturePhoto } from './fixtures';
import PhotoCanvas from './PhotoCanvas.canvas.svelte';
import { specimensOf } from './specimen';

export default specimensOf(PhotoCanvas, {
	name: '',
	note: 'A photo that fills what it lies in.',
	box: [144, 96],
	props: () => ({ photo: fixturePhoto(224) })
});
