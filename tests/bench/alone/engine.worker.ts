import { answerQuestions } from '../page/asking';
import { openEngine } from './opened';

answerQuestions(openEngine);
