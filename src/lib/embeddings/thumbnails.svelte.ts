import { siteRoot } from '../base/site';
import { listSamples } from './collect';

/** The id of each sample, with the address of its small picture, as soon as the list is here. */
export class Thumbnails {
	#addresses = $state.raw<readonly (readonly [id: string, address: string])[]>([]);

	constructor() {
		listSamples().then(
			(samples) => (this.#addresses = samples.map(({ id, thumb }) => [id, siteRoot() + thumb])),
			// Without the list there are no samples to draw, which the collection says.
			() => undefined
		);
	}

	get addresses(): readonly (readonly [id: string, address: string])[] {
		return this.#addresses;
	}
}
