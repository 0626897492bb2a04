import { openAlone } from '../../ui/lone-dialog';

/** Opens the list of a page's keys until it is closed. @param route see `keysOf` @throws whatever the network says */
export function openKeys(route: string | null): Promise<void> {
	return openAlone(() => import('./KeysDialog.svelte'), { route });
}
