import { Model } from '../engine/model';
import { classNames } from '../models/labels';
import type { ModelFiles } from '../models/load';
import type { LoadedModel, Prediction } from './protocol';
import { topClasses } from './top-classes';

/** A model on the current backend, with what is needed to put it on another and to speak of it. */
export interface Loaded {
	readonly model: Model;
	/** Kept to put the model on another backend when a GPU is lost, which may happen without a network. */
	readonly files: ModelFiles;
	readonly described: LoadedModel;
}

/** Puts a model's weights on the current backend. @throws PatchworkError as {@link Model.load} does */
export function loadModel(id: string, files: ModelFiles): Loaded {
	const model = Model.load(files);
	return { model, files, described: describe(id, model, files) };
}

function describe(id: string, model: Model, files: ModelFiles): LoadedModel {
	// A list of another length names other classes; better none than wrong ones.
	const labels = files.labels?.length === model.config.classes ? files.labels : null;
	const notice = files.notKept?.message ?? null;
	const { config, parameters } = model;
	return { id, config, labels, parameters, bytes: files.weights.byteLength, notice };
}

/** The model's likeliest classes, under its own labels. */
export function topOf({ described }: Loaded, probabilities: Float32Array): Prediction[] {
	return topClasses(probabilities, classNames(described.labels, probabilities.length));
}
