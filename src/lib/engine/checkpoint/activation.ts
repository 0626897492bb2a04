import type { CommonConfig } from '../config';
import { bad, quoted } from './fields';

/** transformers' names for GELU and for its approximations by tanh and by a sigmoid (its `activations.py`, 5.18). */
const ACTIVATIONS: Readonly<Record<string, CommonConfig['gelu']>> = {
	gelu: 'erf',
	gelu_python: 'erf',
	gelu_new: 'tanh',
	gelu_fast: 'tanh',
	gelu_pytorch_tanh: 'tanh',
	gelu_accurate: 'tanh',
	gelu_python_tanh: 'tanh',
	quick_gelu: 'sigmoid'
};

/** What a GELU that a file names is computed by. @throws PatchworkError `config` for another activation */
export function geluOf(name: unknown): CommonConfig['gelu'] {
	if (name === undefined || name === null) return 'erf';
	const known = typeof name === 'string' && Object.hasOwn(ACTIVATIONS, name) ? ACTIVATIONS[name] : undefined;
	if (known) return known;
	throw bad(`asks for the activation ${quoted(name)}, and we run 'gelu'`);
}
