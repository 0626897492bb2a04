import { app } from '../../app/app.svelte';
import { whenForgotten } from '../../base/forgetting';
import { whenWrittenElsewhere } from '../../base/other-tabs';
import { Album, REMEMBERS_CLASSES } from './album.svelte';
import { Saving } from './saving.svelte';
import { Teaching } from './teaching.svelte';
import { Trying } from './trying.svelte';

/** The reader's own classes. They live as long as the tab, so that they survive going from page to page. */
export const album = new Album();
export const teaching = new Teaching(app.session, album);
export const trying = new Trying(app.session, teaching);
export const saving = new Saving(app, teaching);

whenForgotten('classes', () => album.remember(false));
whenWrittenElsewhere(REMEMBERS_CLASSES, () => album.lookAgain());
