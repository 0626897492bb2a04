import { describe, expect, it } from 'vitest';
import { makeFolder, someBytes } from '../../tests/hub/folders';
import { checkSafetensors } from './check-safetensors';
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
		['truncated', safetensors({ a: tensor(0, 100) }, 60), /model\.safetensors: .* truncated/],
		['longer than its tensors', safetensors({ a: tensor(0, 100) }, 160), /60 bytes at its end/],
		['no safetensors at all', someBytes(1000), /truncated, or not safetensors/]
	])('refuses a file that is %s', async (_, file, message) => {
		expect(await check(file)).toMatch(message);
	});
});
