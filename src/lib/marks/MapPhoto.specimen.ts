import MapPhoto from './MapPhoto.svelte';
import { fixturePhoto, swinConfig } from './fixtures';
import { specimensOf } from './specimen';

export default specimensOf(
	MapPhoto,
	'photo'
)({
	name: '',
	note: 'A photo on the map of a Swin’s last stage: the map goes on where the photo ends.',
	box: [200, 160],
	props: () => ({ config: swinConfig(), stage: 2, picture: fixturePhoto(224) })
});
