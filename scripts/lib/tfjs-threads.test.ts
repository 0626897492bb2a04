import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withoutTfjsStores } from './tfjs-threads';

const ID = 'node_modules/@tensorflow/tfjs-core/dist/platforms/platform_browser.js';

it('takes both of tfjs’s stores out of its platform, and leaves the platform', () => {
	const [code = ''] = readFileSync(ID, 'utf8').split('//# sourceMappingURL');
	const { transform } = withoutTfjsStores() as { transform: (code: string, id: string) => { code: string } | null };
	const left = transform(code, `/site/${ID}`)?.code ?? '';
	expect(code.match(/registerManager/g)).toHaveLength(2);
	expect(left).not.toContain('registerManager');
	expect(left).toContain("setPlatform('browser', new PlatformBrowser());");
	expect(transform(code, '/site/other.js')).toBeNull();
});
