import { variantsOn } from './variants';

variantsOn('wasm');
