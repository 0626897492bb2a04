import { gradientsOn } from './gradients';
import { joinedOn } from './joined';
import { kernelsOn } from './kernels';
import { parityOn } from './parity';
import { variantsOn } from './variants';

// All on one page, whose shaders are compiled once: see `running` in pages.ts.
kernelsOn('webgl');
joinedOn('webgl');
variantsOn('webgl');
gradientsOn('webgl');
parityOn('webgl');
