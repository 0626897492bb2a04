// npm run words: bring the catalogues of the interface's words up to date, and say what is not translated yet.
import { haveWords } from './lib/words/catalogue.js';

if (await haveWords({ clean: true })) console.log('Every sentence of the interface is there in every language.');
else process.exitCode = 1;
