import { openAlone } from '../../ui/lone-dialog';

/**
 * Opens the search until it is closed.
 * @param noSlash under which it is kept that the key `/` does not open it
 * @throws whatever the network says
 */
export function openSearch(noSlash: string): Promise<void> {
	return openAlone(() => import('./SearchDialog.svelte'), { noSlash });
}
