// npm run build: the whole site into build/, in every language.
import { build } from './lib/build.js';

if (!(await build())) process.exitCode = 1;
