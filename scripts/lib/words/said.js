import { createHeuristic, defaultHeuristicOpts } from 'wuchale';

/** Attributes that are for the machine. */
const MACHINE = /^(class|style|d|id|role|href|type|viewBox|transform|points|name|value|for|rel|lang|hreflang)$/;
/** Strings that are for the machine, too: colours and lengths of CSS, selectors. */
const CODE =
	/^[a-z-]+\(.*\)$|^[a-z]+(:not\([^)]*\))?(, [a-z[\]="():-]+)+$|^from \S+ import|^(import|bytes|--)\b|^#[0-9a-f]{3,8}$|\0/;

/** Functions whose words are said, single ones in lower case, too. */
const SAYS = /^(counted|gridSize|inSentence)$/;
/** Names that the browser and its servers know: keys, errors, headers. */
const NAME =
	/^(Arrow\w+|Enter|Escape|Home|End|Page(Up|Down)|\w+Error|\w+NotFound|GatedRepo|ETag|Range|\w+-(\w+-)?(Encoding|Length|Range|Type|Code|Bytes))$/;

const usual = createHeuristic(defaultHeuristicOpts);

/**
 * The usual rule takes a text for a sentence by its capital letter. Ours are often made of parts, so that two words or more
 * are one, too. Each build has one language: what stands outside of functions can be said in it as well.
 * @type {import('wuchale').HeuristicFunc}
 */
export function isSaid(message) {
	const text = message.msgStr.join('\n');
	const { scope, attribute, call } = message.details;
	if (scope !== 'markup') {
		if (attribute && MACHINE.test(attribute)) return false;
		if (CODE.test(text) || NAME.test(text) || call?.startsWith('console.')) return false;
		if (call && SAYS.test(call)) return 'message';
		if (/\p{L}{2}/u.test(text.replace(/\{\d+\}/g, '')) && /\S \S/.test(text)) return 'message';
	}
	return usual({ ...message, details: { ...message.details, declaring: undefined } });
}
