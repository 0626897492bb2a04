import { Model } from '../engine/model';
import { classNames } from '../models/labels';
import type { ModelFiles } from '../models/model-files';
import type { LoadedModel } from '../models/loaded-model';

/** A model on the current backend, with what is needed to put it on another and to speak of it. */
export interface Loaded {
	readonly model: Model;
	/** Where to read it again, to put it on another backend when a GPU is lost; the weights are not in memory twice. */
	readonly files: ModelFiles;
	readonly described: LoadedModel;
}

/**
 * Puts a model's weights on the current backend, tensor by tensor.
 * @throws PatchworkError as {@link Model.load} does, and where the files are gone
 */
export async function loadModel(id: string, files: ModelFiles): Promise<Loaded> {
	const model = Model.load({ ...files, weights: await files.weights.open() });
	return { model, files, described: describe(id, model, files) };
}

function describe(id: string, model: Model, files: ModelFiles): LoadedModel {
	// A list of another length names other classes; better none than wrong ones.
	const { config, parameters } = model;
	const labels = files.labels?.length === config.classes ? classNames(files.labels, config.classes) : null;
	const notice = files.notKept?.message ?? null;
	const namesAssumed = labels !== null && files.namesAssumed === true;
	const told = { ...(namesAssumed && { namesAssumed }), ...(files.kept !== undefined && { kept: files.kept }) };
	return { id, config, labels, ...told, parameters, bytes: files.weights.bytes, notice };
}
