/** Features moved and scaled so that training goes fast; what is learned from them is carried back by {@link atHome}. */
export interface Spread {
	/** (photos, width + 1): less the mean, times the scale, and a one behind for the bias. */
	readonly values: Float32Array;
	readonly mean: Float64Array;
	/** By which all features are multiplied alike: the mean square of a photo's length is 1 then. */
	readonly scale: number;
	/** The largest square of the length of a row of {@link values}. */
	readonly longest: number;
}

/**
 * Moves and scales features. Neither changes what can be learned: a softmax layer with a free bias is the same wherever
 * the features' origin is, and one scale for all only says what the penalty is measured in.
 * @param features (photos, width)
 */
export function spreadOf(features: Float32Array, width: number): Spread {
	const photos = features.length / width;
	const mean = new Float64Array(width);
	features.forEach((value, i) => (mean[i % width] = (mean[i % width] ?? 0) + value / photos));
	const squares = new Float64Array(photos);
	features.forEach((value, i) => {
		const photo = Math.floor(i / width);
		squares[photo] = (squares[photo] ?? 0) + (value - (mean[i % width] ?? 0)) ** 2;
	});
	const square = squares.reduce((sum, one) => sum + one, 0) / photos;
	// Photos that are all alike leave nothing to scale.
	const scale = square > 0 ? 1 / Math.sqrt(square) : 1;
	const values = Float32Array.from({ length: photos * (width + 1) }, (_, i) => {
		const [photo, at] = [Math.floor(i / (width + 1)), i % (width + 1)];
		return at === width ? 1 : scale * ((features[photo * width + at] ?? 0) - (mean[at] ?? 0));
	});
	return { values, mean, scale, longest: scale ** 2 * Math.max(...squares) + 1 };
}

/**
 * A layer for spread features as one for the features themselves.
 * @param weights (width + 1, classes), the bias last
 */
export function atHome(
	weights: Float64Array,
	classes: number,
	{ mean, scale }: Spread
): { weight: Float32Array; bias: Float32Array } {
	const width = mean.length;
	const weightAt = (k: number, i: number) => weights[i * classes + k] ?? 0;
	const weight = Float32Array.from({ length: classes * width }, (_, at) => {
		return scale * weightAt(Math.floor(at / width), at % width);
	});
	const bias = Float32Array.from({ length: classes }, (_, k) => {
		const moved = mean.reduce((sum, one, i) => sum + scale * weightAt(k, i) * one, 0);
		return weightAt(k, width) - moved;
	});
	return { weight, bias };
}
