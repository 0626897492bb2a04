import { DIVERGING } from './colour';
import { attentionMatrix, signed, waves } from './fixtures';
import Matrix from './Matrix.canvas.svelte';
import { specimensOf } from './specimen';

const TOKENS = 197;
const attention = attentionMatrix(TOKENS);
const small = waves(5 * 8);
/** Slow waves, because a screenshot of fast ones is as large as that of a photo. */
const wide = Float32Array.from({ length: 256 * 1024 }, (_, i) => Math.sin((i % 1024) / 90) * Math.cos(i / 1024 / 40));

const token = (i: number) => (i === 0 ? 'CLS' : String(i));
const weight = (row: number, column: number) => (100 * (attention[row * TOKENS + column] ?? 0)).toFixed(2);

export default specimensOf(Matrix, 'vectors')(
	{
		name: '197 × 197',
		note: 'Rows are queries, columns are keys. Point, tap, or walk with the arrow keys; Enter chooses.',
		props: ({ colourMap, set }) => ({
			values: attention,
			rows: TOKENS,
			columns: TOKENS,
			domain: [0, 0.15],
			colourMap,
			label: 'Attention of a made-up head',
			rowsTitle: 'Query (rows)',
			columnsTitle: 'Key (columns)',
			rowName: token,
			columnName: token,
			markedRow: 1,
			onpick: (row) => set({ markedRow: row }),
			describe: (row, column) => `${token(row)} looks at ${token(column)}\n${weight(row, column)} % of its attention`
		})
	},
	{
		name: 'small',
		note: 'Few cells, one of them chosen.',
		props: ({ set }) => ({
			values: small,
			rows: 5,
			columns: 8,
			domain: [-1, 1],
			colourMap: DIVERGING,
			label: 'Five rows of eight signed numbers',
			rowsTitle: 'Token',
			columnsTitle: 'Feature',
			marked: { row: 1, column: 2 },
			onpick: (row, column) => set({ marked: { row, column } }),
			describe: (row, column) => `Row ${row + 1}, column ${column + 1}\n${signed(small[row * 8 + column])}`
		})
	},
	{
		name: 'wide',
		note: '256 × 1024 numbers, where a pixel is a mean of several.',
		props: () => ({
			values: wide,
			rows: 256,
			columns: 1024,
			domain: [-1, 1],
			colourMap: DIVERGING,
			label: 'A wide matrix',
			rowsTitle: 'In',
			columnsTitle: 'Out',
			describe: (row, column) => `Row ${row + 1}, column ${column + 1}\n${signed(wide[row * 1024 + column])}`
		})
	}
);
