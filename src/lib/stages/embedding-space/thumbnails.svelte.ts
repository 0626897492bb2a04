import { listSamples, site } from './collect';

/** Addresses of the samples' small pictures, by id, as soon as the list is here. */
export class Thumbnails {
	#addresses = $state.raw<ReadonlyMap<string, string>>(new Map());

	constructor() {
		listSamples().then(
			(samples) => (this.#addresses = new Map(samples.map(({ id, thumb }) => [id, site() + thumb]))),
			// Without the list there are no samples to draw, which the collection says.
			() => undefined
		);
	}

	get addresses(): ReadonlyMap<string, string> {
		return this.#addresses;
	}
}
