export { gemm, gemmScratch } from './gemm';
export { gelu, layerNorm, softmax } from './rows';
