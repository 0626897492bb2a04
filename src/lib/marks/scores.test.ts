import { describe, expect, it } from 'vitest';
import { answerText, answerTitle, gives, listNote, scoreText, spokenAnswer, type Kind } from './scores';

const kind = (scores: Kind['scores'], classes: number): Kind => ({ scores, classes });
const top = [
	{ label: 'ant', score: 0.6528 },
	{ label: 'eel', score: 0.5493 }
];
const said = { top, vector: null };

describe('what a score is', () => {
	it('is written in percent, or as the number that it is', () => {
		expect([scoreText(0.4872, 'softmax'), scoreText(0.4872, 'sigmoid')]).toEqual(['48.7 %', '48.7 %']);
		expect([-3.14159, 12345.6, 0, 0.0511, -2e-6].map((score) => scoreText(score, 'number'))).toEqual([
			'−3.142',
			'12,346',
			'0',
			'0.0511',
			'−2.0 · 10⁻⁶'
		]);
	});

	it('is said of each kind of model', () => {
		expect(gives(kind('softmax', 1000))).toBe('a share of the whole for each of 1,000 classes');
		expect(gives(kind('sigmoid', 5))).toBe('a probability for each of 5 classes by itself');
		expect(gives(kind('sigmoid', 1))).toBe('a probability, of its only class by itself');
		expect([1, 3].map((classes) => gives(kind('number', classes)))).toEqual([
			'a number, not a class',
			'3 numbers, not classes'
		]);
		expect(gives(kind('vector', 0))).toContain('a vector that stands for the picture');
	});

	it('stands above a list and below', () => {
		expect(answerTitle(kind('softmax', 5), 'A')).toBe('What A says it is');
		expect(answerTitle(kind('sigmoid', 5), 'A')).toBe('What A says of each class');
		expect(answerTitle(kind('sigmoid', 1), 'A')).toBe('How probable A finds it');
		expect(answerTitle(kind('number', 1), 'A')).toBe('The number that A gives');
		expect(answerTitle(kind('vector', 0), 'A')).toBe('What A ends in');
		expect(listNote(kind('sigmoid', 5), 5)).toBe('Each class by itself: these need not add up to 100 %.');
		expect(listNote(kind('sigmoid', 12), 5)).toContain('The 5 most probable of 12 are shown.');
		expect(listNote(kind('sigmoid', 1), 1)).toContain('by itself');
		expect(listNote(kind('number', 1), 1)).toBe('A number, not a class.');
		expect(listNote(kind('number', 9), 5)).toContain('The first 5 of 9 are shown.');
	});

	it('is said with the answer', () => {
		expect(answerText(said, 'softmax')).toBe('ant, 65.3 %');
		expect(answerText(said, 'sigmoid')).toBe('ant, 65.3 % by itself');
		expect(answerText(said, 'number')).toBe('ant 0.6528, eel 0.5493');
		expect(answerText({ top: [...top, ...top], vector: null }, 'number')).toMatch(/, …$/);
		expect(answerText({ top: [], vector: new Float32Array(192) }, 'vector')).toBe('no class, but 192 numbers');
		expect(answerText({ top: [], vector: null }, 'softmax')).toBe('');
		expect(spokenAnswer(said, 'softmax')).toBe('ant, 65 percent');
		expect(spokenAnswer(said, 'sigmoid')).toBe('ant, 65 percent by itself');
		expect(spokenAnswer(said, 'number')).toBe('ant 0.6528, eel 0.5493');
	});
});
