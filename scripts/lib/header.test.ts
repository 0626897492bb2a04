import { describe, expect, it } from 'vitest';
import { makeFolder, someBytes } from '../../tests/hub/folders';
import { checkSafetensors } from './header';
import { safetensors } from './safetensors.fixture';

async function check(file: Uint8Array) {
	const folder = makeFolder({ 'model.safetensors': file });
	try {
		await checkSafetensors(`${folder.path}/model.safetensors`);
		return 'whole';
	} catch (error) {
		return String(error);
	} finally {
		folder.remove();
	}
}

const tensor = (from: number, to: number) => ({ dtype: 'U8', shape: [to - from], data_offsets: [from, to] });

describe('checkSafetensors', () => {
	it('takes a file whose tensors cover it, in whatever order', async () => {
		const header = { __metadata__: { format: 'pt' }, b: tensor(40, 100), a: tensor(0, 40) };
		expect(await check(safetensors(header, 100))).toBe('whole');
	});

	it.each([
		['truncated', safetensors({ a: tensor(0, 100) }, 60), /tensors end at byte 100 of 60/],
		['longer', safetensors({ a: tensor(0, 100) }, 160), /tensors end at byte 100 of 160/],
		['with a gap', safetensors({ a: tensor(0, 40), b: tensor(50, 100) }, 100), /overlap or leave gaps/],
		['overlapping', safetensors({ a: tensor(0, 60), b: tensor(50, 100) }, 100), /overlap or leave gaps/],
		['cut in its header', safetensors({ a: tensor(0, 100) }, 0).slice(0, 30), /ends before its header does/],
		['shorter than its length field', someBytes(5), /ends before its header does/],
		['no safetensors at all', someBytes(1000), /ends before its header does/],
		['without offsets', safetensors({ a: { dtype: 'U8' } }, 100), /header cannot be read/],
		['not JSON', safetensors('not JSON', 100), /header cannot be read/]
	])('refuses a file that is %s', async (_, file, message) => {
		expect(await check(file)).toMatch(message);
	});
});
