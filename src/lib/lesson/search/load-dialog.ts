/**
 * Fetches the search. This file stands between so that pages need not carry the list of all files that the search is
 * made of: whoever imports a component when it is needed is given that list by the bundler.
 * @throws whatever the network says
 */
export const loadDialog = async () => (await import('./SearchDialog.svelte')).default;
