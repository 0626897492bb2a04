export { gemm, gemmScratch } from './gemm';
export { widen } from './halves';
export { fold, unfold } from './kernel-places';
export { layerNormBack, layerNormParametersBack } from './norm-back';
export { bentBack, gelu, geluBack, layerNorm, softmax, softmaxBack } from './rows';
export { columnSums, gemmTransposed } from './transposed';
