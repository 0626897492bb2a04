import { expect, it } from 'vitest';
import { describeLaunches, toLaunches } from './launches-report.ts';

const RUN = { patches: 1, 'blocks.0.norm1': 2, 'blocks.11.norm1': 2, pooled: 0, reading: 3 };
const OWN = { kept: RUN, asked: { ...RUN, 'blocks.11.norm1': 1 } };

it('adds up what the same part of every block launches, and leaves out what launches nothing', () => {
	const { this: own, other } = toLaunches('webgl', { this: OWN });
	expect(own.kept).toEqual({ all: 8, parts: { patches: 1, 'blocks.*.norm1': 4, reading: 3 } });
	expect(own.asked.all).toBe(7);
	expect(other).toBeUndefined();
	const swin = toLaunches('webgl', {
		this: { kept: { 'stages.0.blocks.1.norm1': 1, 'stages.1.merge': 2 }, asked: {} }
	});
	expect(swin.this.kept.parts).toEqual({ 'stages.*.blocks.*.norm1': 1, 'stages.*.merge': 2 });
});

it('says so in lines for people, the other checkout beside this one', () => {
	const other = { kept: { ...RUN, embeddings: 4 }, asked: {} };
	expect(
		describeLaunches(toLaunches('webgpu', { this: OWN, other }))
			.split('\n')
			.slice(0, 6)
	).toEqual([
		'webgpu, programs that the GPU is given',
		'  a run that keeps all taps: 8 (other: 12)',
		'    patches: 1 (other: 1)',
		'    blocks.*.norm1: 4 (other: 4)',
		'    reading: 3 (other: 3)',
		'    embeddings: 0 (other: 4)'
	]);
	expect(describeLaunches(toLaunches('webgpu', { this: OWN }))).toContain(
		'  a run that is asked for logits and patterns alone: 7'
	);
});
