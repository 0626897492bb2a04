/** A map as a tap has it: `channels` numbers a place, row-major. */
export interface ChannelMap {
	readonly data: Float32Array;
	readonly channels: number;
}

/** One channel of a map. @returns one number a place */
export function channelOf({ data, channels }: ChannelMap, channel: number): Float32Array {
	return Float32Array.from({ length: data.length / channels }, (_, place) => data[place * channels + channel] ?? 0);
}

/** How active each place is: the mean of the absolute values of its channels. */
export function placeActivity({ data, channels }: ChannelMap): Float32Array {
	const activity = new Float32Array(data.length / channels);
	for (let place = 0; place < activity.length; place++) {
		let sum = 0;
		for (let i = place * channels; i < (place + 1) * channels; i++) sum += Math.abs(data[i] ?? 0);
		activity[place] = sum / channels;
	}
	return activity;
}

/** What one channel is like over all places. */
export interface ChannelFigures {
	/** The mean of its absolute values, by which channels are ranked. */
	readonly activity: number;
	readonly least: number;
	readonly most: number;
	/** The share of the places at which it is 0, in [0, 1]. */
	readonly off: number;
}

/** Measures every channel, in their order. */
export function channelFigures({ data, channels }: ChannelMap): ChannelFigures[] {
	const places = data.length / channels;
	const [sums, zeros] = [new Float64Array(channels), new Float64Array(channels)];
	const least = new Float64Array(channels).fill(Infinity);
	const most = new Float64Array(channels).fill(-Infinity);
	for (let i = 0, channel = 0; i < data.length; i++, channel = (channel + 1) % channels) {
		const value = data[i] ?? 0;
		sums[channel] = (sums[channel] ?? 0) + Math.abs(value);
		if (value === 0) zeros[channel] = (zeros[channel] ?? 0) + 1;
		if (value < (least[channel] ?? 0)) least[channel] = value;
		if (value > (most[channel] ?? 0)) most[channel] = value;
	}
	const mean = (total = 0) => total / places;
	return Array.from({ length: channels }, (_, channel) => ({
		activity: mean(sums[channel]),
		least: least[channel] ?? 0,
		most: most[channel] ?? 0,
		off: mean(zeros[channel])
	}));
}

/** The channels by their activity, the most active first; of equal ones the first first. */
export function ranked(figures: readonly Pick<ChannelFigures, 'activity'>[]): number[] {
	const order = figures.map((_, channel) => channel);
	return order.sort((a, b) => (figures[b]?.activity ?? 0) - (figures[a]?.activity ?? 0) || a - b);
}
