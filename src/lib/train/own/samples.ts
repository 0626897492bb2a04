import type { Together } from '../../app/dropped';
import { siteRoot } from '../../base/site';
import { listSamples } from '../../embeddings/collect';
import { decodeCalmly } from '../../photo/photo-thread';
import { takeSample } from '../../photo/samples';

/** Two classes that our sample photos fall into and that no class of ImageNet's says. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
	Outdoors: ['golf-ball', 'hot-air-balloon', 'parachute', 'church', 'lighthouse', 'agaric', 'sailing-boat'],
	Indoors: ['teapot', 'apples', 'abacus', 'wall-clock', 'pool-table', 'candle']
};

/** Our sample photos as two folders of files. @throws PatchworkError `network`, `photo` or `cancelled` */
export async function sampleFolders(signal: AbortSignal): Promise<Together[]> {
	const samples = await listSamples();
	const fileOf = async (id: string) => {
		const sample = samples.find((one) => one.id === id);
		if (!sample) return [];
		const { bitmap, blob, title } = await takeSample(sample, siteRoot(), decodeCalmly, signal);
		bitmap.close();
		return [new File([blob], title)];
	};
	return Promise.all(
		Object.entries(GROUPS).map(async ([folder, ids]) => ({
			folder,
			files: (await Promise.all(ids.map(fileOf))).flat()
		}))
	);
}
