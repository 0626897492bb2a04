import type { History } from './history.svelte';

/**
 * Undoes and redoes as everywhere: Ctrl or Command with Z, and with Shift or Y the other way. What is typed into a field is
 * the field's own to undo.
 */
export function undoByKeys(event: KeyboardEvent, history: Pick<History<unknown>, 'undo' | 'redo'>): void {
	if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
	const target = event.target instanceof HTMLElement ? event.target : null;
	if (target?.matches('input:not([type=radio], [type=range], [type=checkbox]), textarea')) return;
	const key = event.key.toLowerCase();
	if (key !== 'z' && key !== 'y') return;
	event.preventDefault();
	if (key === 'y' || event.shiftKey) history.redo();
	else history.undo();
}
