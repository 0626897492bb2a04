/** What models of this site were once called, with what took their place: an old link or a kept choice still leads on. */
const RENAMED: ReadonlyMap<string, string> = new Map([['patchwork-s', 'patchwork-t']]);

/** The id by which a model is known today; one that never had another comes back as it is. */
export const currentId = (id: string): string => RENAMED.get(id) ?? id;
