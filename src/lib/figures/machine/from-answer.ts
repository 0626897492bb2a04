import { columnAt, sigmoid, softmaxSteps } from '../../analysis/linear';
import { ranked } from '../../analysis/vectors';
import { percent } from '../../marks/numbers';
import { exact, num } from '../kit/words';
import { factor, inputName, near, rowOf, tapsOf, type Origin, type Origins } from './making';
import { columnName } from './names';
import { bracketed } from './normed';
import { linearSum } from './sums';

/* The end: what the model says, and the scores that it is made of. */

const probability: Origin = {
	taps: (config, cell) => tapsOf(config, near(cell, 'logit')),
	explain(making) {
		const { config, cell } = making;
		const logits = rowOf(making, near(cell, 'logit'));
		const own = logits[cell.column] ?? NaN;
		const [first = 0, second = 0] = ranked(logits);
		const rival = first === cell.column ? second : first;
		const logitOf = (column: number, name: string) => ({
			factors: [
				factor(making, near(cell, 'logit', { column }), `${name} ${columnName({ of: 'logit', column }, making)}`)
			],
			adds: null
		});
		if (config.scores !== 'softmax') {
			const computed = sigmoid(own);
			const rule = 'The sigmoid of its own logit; no other class has a say.';
			return {
				rule,
				formula: `1 ÷ (1 + e^${bracketed(-own)}) = ${percent(computed)}`,
				terms: [logitOf(cell.column, 'logit of')],
				rest: null,
				computed
			};
		}
		const { largest, powers, total, weights } = softmaxSteps(logits);
		const computed = weights[cell.column] ?? NaN;
		return {
			rule: 'The softmax over all logits: e to the power of the class’s own, divided by the sum over all classes.',
			formula: `e^(${num(own)} − ${bracketed(largest)}) ÷ ${exact(total)} = ${num(powers[cell.column] ?? NaN)} ÷ ${exact(total)} = ${percent(computed)}, after the largest logit is subtracted from all`,
			terms: [
				logitOf(cell.column, 'logit of'),
				...(logits.length > 1 ? [logitOf(rival, rival === first ? 'the largest,' : 'the next largest,')] : [])
			],
			rest: null,
			computed
		};
	}
};

const logit: Origin = {
	taps: (config, cell) => [...tapsOf(config, near(cell, 'final')), 'parameters.head.weight', 'parameters.head.bias'],
	explain(making) {
		const { config, cell, tap } = making;
		const read = near(cell, 'final', { row: 0 });
		const inputs = rowOf(making, read);
		const weights = columnAt(tap('parameters.head.weight').data, config.classes, cell.column);
		const bias = tap('parameters.head.bias').data[cell.column] ?? NaN;
		const sum = linearSum(inputs, weights, bias, (i) => inputName({ ...read, column: i }, making));
		return {
			rule: 'What the classifier reads, multiplied by the column of its matrix that stands for this class.',
			formula: `${inputs.length} products and a bias, added up: ${num(sum.total)}`,
			...sum,
			computed: sum.total
		};
	}
};

export const ofAnswer: Origins = { probability, logit };
