import { describe, expect, it } from 'vitest';
import { makeFolder, someBytes } from '../../../tests/hub/folders';
import { siteIndex } from './local.server';

describe('siteIndex', () => {
	it('lists the files of each whole model', () => {
		const folder = makeFolder({
			'whole/config.json': {},
			'whole/model.safetensors': someBytes(100),
			'whole/README.md': {},
			'partial/config.json': {},
			'partial/model.safetensors.part': someBytes(10)
		});
		expect(siteIndex(folder.path)).toEqual({
			whole: [
				{ path: 'config.json', bytes: 2, sha256: expect.stringMatching(/^44136fa355b3678a1146ad16f7e8649e/) },
				{ path: 'model.safetensors', bytes: 100, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }
			]
		});
		folder.remove();
	});

	it('lists the bundled model', () => {
		expect(Object.keys(siteIndex('static/models'))).toContain('patchwork-t');
	});

	it('lists nothing where there is nothing', () => {
		expect(siteIndex('static/nowhere')).toEqual({});
	});
});
