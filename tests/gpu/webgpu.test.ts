import { gradientsOn } from './gradients';
import { halvesOnWebGpu } from './halves';
import { joinedOn } from './joined';
import { kernelsOn } from './kernels';
import { parityOn } from './parity';
import { variantsOn } from './variants';

// All on one page, whose shaders are compiled once: see `running` in pages.ts.
kernelsOn('webgpu');
joinedOn('webgpu');
halvesOnWebGpu();
variantsOn('webgpu');
gradientsOn('webgpu');
parityOn('webgpu');
