import { answerQuestions } from './asking';
import { openEngines } from './measure';

answerQuestions(openEngines);
