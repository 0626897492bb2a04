import { softmax, type Numbers } from '../../analysis/linear';

/** Share of the distillation term in the soft loss: the lambda that DeiT's authors take (arXiv 2012.12877). */
export const SOFT_SHARE = 0.1;

/** Smallest probability whose logarithm is taken: that of a softmax may come out as nothing at all. */
const LEAST = 1e-12;

const log = (probability: number) => Math.log(Math.max(probability, LEAST));

/** Cross-entropy of a distribution with one right class, in nats: `-ln p[right]`, at least 0. */
export function crossEntropy(probabilities: Numbers, right: number): number {
	return -log(probabilities[right] ?? 0);
}

/**
 * Kullback-Leibler divergence of the student from the teacher, the way round in which DeiT's code computes it:
 * `sum_i t_i ln(t_i / s_i)`, in nats. 0 when both are the same, larger the more the student misses of what the teacher
 * says.
 */
export function divergence(teacher: Numbers, student: Numbers): number {
	let sum = 0;
	for (let i = 0; i < teacher.length; i++) {
		const t = teacher[i] ?? 0;
		if (t > 0) sum += t * (log(t) - log(student[i] ?? 0));
	}
	return sum;
}

/** Probabilities at a temperature: the softmax of the logits over it. The higher it is, the more even they get. */
export function atTemperature(logits: Numbers, temperature: number): Float64Array {
	return softmax(Float64Array.from(logits, (logit) => logit / temperature));
}

/** The same for a distribution of which only the probabilities are known: their logarithms are logits. */
export function temper(probabilities: Numbers, temperature: number): Float64Array {
	return atTemperature(Float64Array.from(probabilities, log), temperature);
}

/**
 * A made-up teacher: it gives its favourite a share, and the rest to the other classes in the proportions that the
 * student gives them.
 * @param sure the favourite's share, in (0, 1)
 */
export function teacherOf(student: Numbers, favourite: number, sure: number): Float64Array {
	const others = Array.from(student).reduce((sum, p, i) => (i === favourite ? sum : sum + p), 0);
	const even = 1 / Math.max(1, student.length - 1);
	return Float64Array.from(student, (p, i) => {
		if (i === favourite) return sure;
		return (1 - sure) * (others > LEAST ? p / others : even);
	});
}

/** The parts of a loss, in nats. */
export interface Loss {
	/** Cross-entropy with the label. */
	readonly label: number;
	/** What the teacher adds, before it is weighed. */
	readonly teacher: number;
	readonly total: number;
}

/**
 * Soft distillation (Hinton et al. 2015; Touvron et al. 2021, arXiv 2012.12877, equation 2):
 * `(1 - share) CE(student, label) + share T^2 KL(teacher at T, student at T)`.
 * @param teacher its probabilities at temperature 1
 */
export function softLoss(logits: Numbers, teacher: Numbers, label: number, temperature: number): Loss {
	const own = crossEntropy(atTemperature(logits, 1), label);
	const apart = divergence(temper(teacher, temperature), atTemperature(logits, temperature));
	return {
		label: own,
		teacher: apart,
		total: (1 - SOFT_SHARE) * own + SOFT_SHARE * temperature ** 2 * apart
	};
}

/**
 * Hard distillation (Touvron et al. 2021, arXiv 2012.12877, equation 3): the teacher's likeliest class counts as a second label,
 * `CE(student, label) / 2 + CE(student, teacher's class) / 2`.
 */
export function hardLoss(logits: Numbers, favourite: number, label: number): Loss {
	const probabilities = atTemperature(logits, 1);
	const own = crossEntropy(probabilities, label);
	const other = crossEntropy(probabilities, favourite);
	return { label: own, teacher: other, total: (own + other) / 2 };
}

/** The likeliest class. */
export function likeliest(probabilities: Numbers): number {
	let best = 0;
	for (let i = 1; i < probabilities.length; i++) if ((probabilities[i] ?? 0) > (probabilities[best] ?? 0)) best = i;
	return best;
}
