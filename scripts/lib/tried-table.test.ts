import { expect, it } from 'vitest';
import { describeTried } from './tried-table.ts';

it('has the untouched run first, a line a trial, and the measures below', () => {
	const text = describeTried({
		rows: [
			{ name: 'untouched', photos: 250, top1: 0.788, top5: 0.928, changed: null },
			{ name: 'no-positions', photos: 250, top1: 0.064, top5: 0.2, changed: 0.936 }
		],
		measures: [
			{ name: 'centre', photos: 250, unit: 'share', value: 0.14, uniform: 0.25 },
			{ name: 'outlier', photos: 250, unit: 'times', value: 28.02, uniform: null },
			{ name: 'distance', photos: 250, unit: 'px', value: 139.96, uniform: 116.5 }
		]
	});
	expect(text.split('\n')).toEqual([
		'250 photos',
		'               top-1    top-5   first class changed',
		'untouched      78.8 %   92.8 %     -',
		'no-positions    6.4 %   20.0 %   93.6 %',
		'',
		'centre         14.0 %  attention everywhere alike:  25.0 %',
		'outlier        28.0 times the median',
		'distance      140.0 px  attention everywhere alike: 116.5 px'
	]);
});

it('leaves the measures out where there are none', () => {
	const rows = [{ name: 'untouched', photos: 2, top1: 1, top5: 1, changed: null }];
	expect(describeTried({ rows, measures: [] }).split('\n')).toHaveLength(3);
});
