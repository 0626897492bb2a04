import type { PreprocessConfig } from '../../engine/config';
import type { Crop } from '../../engine/crop';
import { cutsOf, type Cuts } from '../../engine/cuts';
import { numbers } from './python';

/** Of the upright photo, in pixels. */
interface Size {
	readonly width: number;
	readonly height: number;
}

/**
 * The lines that make `image` the model's input `x`, by this photo's own numbers: what `engine/preprocess.ts` does to the
 * byte, with Pillow itself. @param crop that the reader chose; null for the centre, as the model's files have it
 */
export function pictureLines(photo: Size, config: PreprocessConfig, crop: Crop | null): string[] {
	const [height, width] = config.size;
	return [
		`assert image.size == (${photo.width}, ${photo.height}), f'This is written for another photo: {image.size}.'`,
		...(crop ? chosen(crop, config) : centred(cutsOf(photo, config), config)),
		'x = torch.frombuffer(bytearray(image.tobytes()), dtype=torch.uint8)',
		'x = x.reshape(image.height, image.width, 3).permute(2, 0, 1)',
		`mean = torch.tensor([${numbers(config.mean)}]).reshape(3, 1, 1)`,
		`std = torch.tensor([${numbers(config.std)}]).reshape(3, 1, 1)`,
		`x = ((x ${scaled(config)} - mean) / std).unsqueeze(0)`,
		...(config.pads
			? [
					`x = torch.nn.functional.pad(x, (0, ${width} - x.shape[3], 0, ${height} - x.shape[2]))  # zeros, after normalising`
				]
			: [])
	];
}

const scaled = ({ rescale }: PreprocessConfig) => (rescale === 1 / 255 ? '/ 255' : `* ${rescale}`);

const filter = ({ interpolation }: PreprocessConfig) => `Image.Resampling.${interpolation.toUpperCase()}`;

/** All of what the reader chose becomes the input. */
function chosen({ x, y, width, height }: Crop, config: PreprocessConfig): string[] {
	const box = numbers([x, y, x + width, y + height]);
	const [rows, columns] = config.size;
	return [`image = image.resize((${columns}, ${rows}), ${filter(config)}, box=(${box}))  # the part that was chosen`];
}

function centred({ columns, rows }: Cuts, config: PreprocessConfig): string[] {
	const isResized = columns.resized !== columns.side || rows.resized !== rows.side;
	return [
		...(isResized ? [`image = image.resize((${columns.resized}, ${rows.resized}), ${filter(config)})`] : []),
		...cropped(columns, rows, config)
	];
}

/** The crop; where it reaches beyond the photo, on a ground of the colour that the model's files fill it with. */
function cropped(columns: Cuts['columns'], rows: Cuts['rows'], config: PreprocessConfig): string[] {
	const [size, [left, right], [top, bottom]] = [config.size, columns.seen, rows.seen];
	const seen = `image.crop((${numbers([left, top, right, bottom])}))`;
	// What is filled up after normalising is smaller than the input before.
	const [height, width] = config.pads ? [bottom - top, right - left] : size;
	if (right - left === width && bottom - top === height) {
		const isAll = right - left === columns.resized && bottom - top === rows.resized;
		return isAll ? [] : [`image = ${seen}`];
	}
	return [
		`ground = Image.new('RGB', (${width}, ${height}), (${numbers(config.fill)}))`,
		`ground.paste(${seen}, (${left - columns.start}, ${top - rows.start}))`,
		'image = ground'
	];
}
