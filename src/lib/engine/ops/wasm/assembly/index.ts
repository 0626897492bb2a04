export { gemm, gemmScratch } from './gemm';
export { gelu, geluBack, layerNorm, softmax, softmaxBack } from './rows';
