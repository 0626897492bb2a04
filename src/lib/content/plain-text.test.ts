import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { plainText } from './plain-text';

describe('the text of rendered prose', () => {
	it.each([
		[
			'<p>Each <a class="term" href="#x">token</a>&#x27;s own &lt;value&gt; &amp; more.</p>',
			"Each token's own <value> & more."
		],
		['<p>One</p><p>two<br>three</p><ul><li>four</li><li>five</li></ul>', 'One two three four five'],
		['<p>Before</p><pre class="code"><code><span>x = 1</span></code></pre><p>after</p>', 'Before after'],
		['<p>a<!-- a note -->b</p>', 'ab'],
		[
			'<p>seen<span aria-hidden="true"> <b>un</b><img src="x"><svg><path d="M0"/></svg>seen</span> again</p>',
			'seen again'
		]
	])('%s', (html, text) => expect(plainText(html)).toBe(text));

	it('has a formula once, as its characters', () => {
		const formula = katex.renderToString('\\frac{1}{\\sqrt{d}}\\,\\Phi(x)', { output: 'htmlAndMathml' });
		const text = plainText(`<p>By ${formula}, then.</p>`);
		expect(text).toMatch(/^By \S.*Φ\(x\), then\.$/u);
		expect(text).not.toMatch(/frac|sqrt/);
		expect(text.split('Φ')).toHaveLength(2);
	});
});
