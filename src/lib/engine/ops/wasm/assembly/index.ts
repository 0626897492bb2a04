export { attentionBack, context, scores } from './attention';
export { depthwise } from './depthwise';
export { gemm, gemmScratch } from './gemm';
export { convolveBack, unfold } from './kernel-places';
export { layerNormBack, layerNormParametersBack, rowMoments } from './norm-back';
export { bend, bentBack, gelu, geluBack, layerNorm, softmax, softmaxBack } from './rows';
export { columnSums, gemmTransposed } from './transposed';
export { widenTransposed } from './widen';
