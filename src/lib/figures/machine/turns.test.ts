import { expect, it } from 'vitest';
import { Turns } from './turns';

const turn = (deltaY: number, timeStamp: number) => ({ deltaY, timeStamp });

it('adds up the turns of one gesture, and begins anew after a level', () => {
	const turns = new Turns();
	expect([turn(-40, 0), turn(-40, 50), turn(-40, 100), turn(-40, 150)].map((one) => turns.add(one))).toEqual([
		false,
		true,
		false,
		true
	]);
});

it('keeps nothing of a gesture before a pause, nor of one the other way', () => {
	const turns = new Turns();
	expect(turns.add(turn(-40, 0))).toBe(false);
	expect(turns.add(turn(-40, 1000))).toBe(false);
	expect(turns.add(turn(40, 1050))).toBe(false);
	expect(turns.add(turn(40, 1100))).toBe(true);
});

it('forgets what was turned during a flight', () => {
	const turns = new Turns();
	turns.add(turn(-40, 0));
	turns.clear();
	expect(turns.add(turn(-40, 50))).toBe(false);
});
