import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PatchworkError } from '../base/errors';
import type { Edit } from '../engine/edits/edit';
import { ModelChoice } from '../app/choice.svelte';
import { App } from '../app/app.svelte';
import { Session } from '../app/session.svelte';
import { cut, FakeEngine, model, photo, result } from '../run/testing';
import { settle } from '../base/testing';
import { SMALL_CONFIG } from '../engine/testing/small';
import { Comparison } from './comparison.svelte';
import { formatCompareLink } from './link';
import { measures } from './measures';
import { Second } from './second.svelte';
import { swinRun } from './testing';

const DEEP = { ...SMALL_CONFIG, depth: 4 };
const crop = { x: 1, y: 2, width: 9, height: 6 };
const cat = photo('cat');

let engines: FakeEngine[];
let first: App;
let comparison: Comparison;

/** An app whose engine, or the one that it shares, answers when the test says so. */
function withFake(made: App, shares = false): App {
	const own = () => {
		const engine = new FakeEngine();
		engines.push(engine);
		return engine;
	};
	const session = new Session(shares ? () => first.session.share() : own, cut);
	Object.defineProperty(made, 'session', { value: session });
	Object.defineProperty(made, 'choice', { value: new ModelChoice(session, made.library) });
	return made;
}

/** The run that engine `i` was asked for last answers, with a model of this id. */
async function answer(i: number, id: string, config = SMALL_CONFIG): Promise<void> {
	await settle();
	const engine = engines[i];
	if (!engine) throw new Error(`There is no engine ${i}.`);
	engine.config = config;
	engine.runs.at(-1)?.resolve(result(engine.runs.length, model(id, config)));
	await settle();
}

const follow = async () => {
	comparison.second.follow(comparison.kind);
	await settle();
};

beforeEach(async () => {
	engines = [];
	vi.stubGlobal('location', new URL('https://example.org/'));
	vi.stubGlobal('createImageBitmap', async () => photo('copy').bitmap);
	first = withFake(new App());
	vi.spyOn(first.library, 'place').mockReturnValue('site');
	comparison = new Comparison(first, new Second(first, (beside, shares) => withFake(new App(beside, shares), shares)));
	await first.session.start();
	void first.session.useModel({ id: 'patchwork-t', from: { kind: 'site', folder: '' } }, 'Loading');
	await settle();
	void first.session.open('Opening', async () => cat);
	await answer(0, 'patchwork-t');
});

afterEach(() => vi.unstubAllGlobals());

describe('two heads', () => {
	it('are of one run, in one engine', async () => {
		await follow();
		const { a, b } = comparison;
		expect(engines).toHaveLength(1);
		expect(b.shown).toBe(a.shown);
		expect(comparison.matched).toBe(true);
		expect([a.block, a.head]).not.toEqual([b.block, b.head]);
	});

	it('are chosen each by itself', () => {
		const { a, b } = comparison;
		comparison.choose(a, 0, 1);
		comparison.choose(b, 1, 'mean');
		expect([a.block, a.head, b.block, b.head]).toEqual([0, 1, 1, 'mean']);
	});

	it('are looked at from the same token, whichever panel it was picked in', () => {
		const { a, b } = comparison;
		comparison.pick(b, 5);
		expect([a.token, b.token]).toEqual([5, 5]);
		comparison.hover(a, 2);
		expect([a.token, b.token, a.picked]).toEqual([2, 2, 5]);
		comparison.held = true;
		expect([a.token, b.hovered]).toEqual([5, 2]);
	});
});

describe('two heads of a model without CLS', () => {
	it('are looked at from the middle at first, and measured at once', () => {
		Object.defineProperty(first, 'session', { value: { shown: swinRun() } });
		const { a, b } = comparison;
		comparison.choose(a, 0, 0);
		comparison.choose(b, 3, 1);
		// The maps have 8 x 8 and 4 x 4 tokens.
		expect([a.view.token, b.view.token]).toEqual([36, 10]);
		expect([a.hasQuery, b.hasQuery]).toEqual([true, true]);
		expect(comparison.difference?.totalVariation).toBeGreaterThan(0);
		expect(measures(a, b, [null, null])[0]?.title).toBe('What this patch itself looks at');
	});

	it('are drawn as a mask as well, on the tokens of their blocks', () => {
		Object.defineProperty(first, 'session', { value: { shown: swinRun() } });
		comparison.settings.overlay = 'mask';
		comparison.choose(comparison.a, 0, 0);
		expect([comparison.a.view.token, comparison.a.view.overlaid.mask?.length]).toEqual([36, 64]);
	});
});

describe('a link to two models', () => {
	it('says so where the second one is not here', async () => {
		comparison.second.wish({ model: 'local/gone' });
		comparison.kind = 'models';
		await follow();
		await answer(1, 'vit-tiny');
		expect(comparison.second.app?.session.models.error).toMatch(/^gone is not in this browser.* in its place/);
	});
});

describe('two models', () => {
	beforeEach(async () => {
		comparison.kind = 'models';
		await follow();
	});

	/** What effects do on the page: the second model has come, and then its run. */
	async function secondAnswers(config = SMALL_CONFIG) {
		await follow();
		await answer(1, 'vit-tiny', config);
	}

	it('run the second one in an engine of its own, on a copy of the photo', async () => {
		expect(engines).toHaveLength(2);
		expect(comparison.matched).toBe(false);
		await secondAnswers();
		expect(comparison.b.shown?.model.id).toBe('vit-tiny');
		expect(comparison.b.shown?.photo).toMatchObject({ title: 'cat', blob: cat.blob });
		expect(comparison.b.shown?.photo.bitmap).not.toBe(cat.bitmap);
		expect([comparison.a.head, comparison.b.head]).toEqual(['mean', 'mean']);
		expect(comparison.matched).toBe(true);
	});

	it('see the same region', async () => {
		await secondAnswers();
		expect(comparison.b.shown?.crop).toBeNull();
		void first.session.crop(cat, crop);
		await answer(0, 'patchwork-t');
		await follow();
		await answer(1, 'vit-tiny');
		expect(comparison.b.shown?.crop).toEqual(first.session.shown?.result.crop);
	});

	it('go together by depth, led by the one that was chosen in last', async () => {
		await secondAnswers(DEEP);
		const { a, b } = comparison;
		comparison.choose(a, 0, 'mean');
		expect([a.block, b.block]).toEqual([0, 1]);
		comparison.choose(b, 2, 'mean');
		expect([a.block, b.block]).toEqual([1, 2]);
		comparison.linked = false;
		expect([a.block, b.block]).toEqual([1, 2]);
		comparison.choose(a, 0, 0);
		expect([a.block, b.block]).toEqual([0, 2]);
	});

	it('keep A, and say that B is not to be compared, when the second fails; it can be tried again', async () => {
		await follow();
		engines[1]?.runs[0]?.reject(new PatchworkError('backend', 'No memory.'));
		await settle();
		expect(comparison.b.error).toBe('No memory.');
		expect(comparison.a.shown?.photo).toBe(cat);
		expect(comparison.matched).toBe(false);
		expect(comparison.difference).toBeNull();
		comparison.second.retry();
		await secondAnswers();
		expect(comparison.matched).toBe(true);
	});

	it('are not compared while B still shows another photo', async () => {
		await secondAnswers();
		void first.session.open('Opening', async () => ({ ...photo('dog'), blob: new Blob(['dog']) }));
		await answer(0, 'patchwork-t');
		expect(comparison.matched).toBe(false);
		// Run 2 of the stand-in gives every weight as 2, run 1 as 1; what is from before sets no scale.
		expect(comparison.domain(comparison.b)).toEqual([0, 1]);
		expect(comparison.domain(comparison.a)).toEqual([0, 2]);
		await secondAnswers();
		expect(comparison.domain(comparison.b)).toEqual(comparison.domain(comparison.a));
		expect(comparison.matched).toBe(true);
		expect(comparison.b.shown?.photo.title).toBe('dog');
	});

	it('have the same scale where both can be seen on it, and each its own where one could not be seen', async () => {
		const scales = () => [comparison.scale, comparison.sharesScale, comparison.isTooFarApart];
		await secondAnswers();
		expect(comparison.timesApart).toBe(1);
		expect(scales()).toEqual(['shared', true, false]);
		// The weights of the stand-in are the number of its run.
		for (let i = 0; i < 4; i++) {
			void comparison.second.app?.session.readAt(null);
			await answer(1, 'vit-tiny');
		}
		expect(comparison.timesApart).toBe(5);
		expect(scales()).toEqual(['head', false, true]);
		expect([comparison.domain(comparison.a), comparison.domain(comparison.b)]).toEqual([
			[0, 1],
			[0, 5]
		]);
		expect(comparison.link.a.scale, 'what nobody chose is in no link').toBeUndefined();
		comparison.scale = 'shared';
		expect(scales()).toEqual(['shared', true, false]);
		expect([comparison.domain(comparison.a), comparison.link.a.scale]).toEqual([[0, 5], 'shared']);
	});

	it('have each its own scale, and no choice, where they draw what has none in common', async () => {
		await secondAnswers();
		comparison.scale = 'shared';
		expect([comparison.scale, comparison.whyNoScale]).toEqual(['shared', null]);
		vi.spyOn(comparison, 'drawSame', 'get').mockReturnValue(false);
		expect(comparison.whyNoScale).toMatch(/^A draws ‘Attention’ and B .*: each has its own\.$/);
		expect([comparison.scale, comparison.settings.scale, comparison.sharesScale]).toEqual(['head', 'head', false]);
	});

	it('keep their scale while the pointer moves, in the words of each view as well', async () => {
		await secondAnswers();
		const { a, b } = comparison;
		for (const [side, most] of [
			[a, 1],
			[b, 5]
		] as const)
			side.shown?.layers.forEach(({ mean }) => {
				const tokens = Math.sqrt(mean.data.length);
				mean.data.fill(1);
				// From token 2, the second model's weights are that many times the first one's.
				mean.data.subarray(2 * tokens, 3 * tokens).fill(most);
			});
		comparison.pick(a, 1);
		const scales = () => [comparison.scale, comparison.timesApart, comparison.settings.scale];
		expect(scales()).toEqual(['shared', 1, 'shared']);
		comparison.hover(a, 2);
		expect([a.token, a.most, b.most]).toEqual([2, 1, 5]);
		expect(scales()).toEqual(['shared', 1, 'shared']);
		comparison.pick(a, 2);
		expect(scales()).toEqual(['head', 5, 'head']);
		comparison.hover(a, 1);
		expect(scales()).toEqual(['head', 5, 'head']);
	});

	it('leave nothing running when the page is left', async () => {
		await secondAnswers();
		comparison.second.stop();
		expect(engines.map(({ disposed }) => disposed)).toEqual([false, true]);
		expect(comparison.second.app).toBeNull();
		expect(comparison.a.shown?.photo).toBe(cat);
	});
});

describe('two photos', () => {
	it('are seen by the same model, in the same head', async () => {
		comparison.kind = 'photos';
		await follow();
		const second = comparison.second.app;
		expect(second?.session.model?.id).toBe('patchwork-t');
		void second?.session.open('Opening', async () => photo('dog'));
		await answer(0, 'patchwork-t');
		expect(comparison.b.shown?.photo.title).toBe('dog');
		expect(comparison.matched).toBe(true);
		comparison.choose(comparison.b, 0, 1);
		expect([comparison.a.block, comparison.a.head]).toEqual([0, 1]);
	});

	it('are two runs of one engine, which forgets the second when the page is left', async () => {
		comparison.kind = 'photos';
		await follow();
		void comparison.second.app?.session.open('Opening', async () => photo('dog'));
		await answer(0, 'patchwork-t');
		expect([engines.length, comparison.second.shares]).toEqual([1, true]);
		expect([comparison.a.shown?.result.run, comparison.b.shown?.result.run]).toEqual([1, 2]);
		comparison.second.stop();
		expect(engines.map(({ disposed, forgotten }) => [disposed, forgotten])).toEqual([[false, [2]]]);
		expect(comparison.a.shown?.photo).toBe(cat);
	});

	it('make way for an engine with another model where two models are compared, and come back', async () => {
		comparison.kind = 'photos';
		await follow();
		void comparison.second.app?.session.open('Opening', async () => photo('dog'));
		await answer(0, 'patchwork-t');
		comparison.kind = 'models';
		await follow();
		await follow();
		await answer(1, 'vit-tiny');
		expect([comparison.second.shares, comparison.b.shown?.model.id]).toEqual([false, 'vit-tiny']);
		expect(engines[0]?.forgotten).toEqual([2]);
		comparison.kind = 'photos';
		await follow();
		expect(engines.map(({ disposed }) => disposed)).toEqual([false, true]);
		expect(comparison.second.app?.session.model?.id).toBe('patchwork-t');
	});

	it('go on with the model that is chosen for A', async () => {
		comparison.kind = 'photos';
		await follow();
		void comparison.second.app?.session.open('Opening', async () => photo('dog'));
		await answer(0, 'patchwork-t');
		void first.session.useModel({ id: 'vit-tiny', from: { kind: 'site', folder: '' } }, 'Loading');
		await answer(0, 'vit-tiny');
		expect(comparison.matched).toBe(false);
		await follow();
		await answer(0, 'vit-tiny');
		expect([comparison.b.shown?.model.id, comparison.matched, engines.length]).toEqual(['vit-tiny', true, 1]);
	});
});

describe('one run before and after an edit', () => {
	const edits: Edit[] = [{ tap: 'blocks.0.attn.pattern', head: 1, do: 'zero' }];

	it('are two runs of one engine: the second starts from the first, and is shown beside it', async () => {
		comparison.second.edits = edits;
		await follow();
		await answer(0, 'patchwork-t');
		expect(engines).toHaveLength(1);
		expect(engines[0]?.asked.at(-1)).toMatchObject({ on: { of: 1 }, edits });
		const { a, b } = comparison;
		expect([a.shown?.edits, b.shown?.edits]).toEqual([[], edits]);
		expect([a.shown?.photo, b.shown?.photo.blob]).toEqual([cat, cat.blob]);
		expect(comparison.matched).toBe(true);
		expect(comparison.difference).not.toBeNull();
		await follow();
		expect(engines[0]?.runs).toHaveLength(2);
	});

	it('are not compared while B is of the run, or of the edits, before', async () => {
		comparison.second.edits = edits;
		await follow();
		await answer(0, 'patchwork-t');
		comparison.second.edits = [{ tap: 'norm', do: 'zero' }];
		expect(comparison.matched).toBe(false);
		await follow();
		await answer(0, 'patchwork-t');
		expect(comparison.matched).toBe(true);
		void first.session.crop(cat, crop);
		await answer(0, 'patchwork-t');
		await follow();
		await answer(0, 'patchwork-t');
		expect(engines[0]?.asked.at(-1)?.on).toEqual({ of: comparison.a.shown?.result.run });
		expect(comparison.matched).toBe(true);
		comparison.second.edits = null;
		expect(comparison.b.shown).toBe(comparison.a.shown);
	});
});

describe('a link', () => {
	it('comes back to the same comparison', async () => {
		vi.spyOn(first, 'open').mockResolvedValue();
		comparison.open(
			new URLSearchParams('compare=heads&block=1&head=2&b-block=2&b-head=1&at=75-25&direction=to&scale=head')
		);
		const { a, b, direction, settings } = comparison;
		expect([a.block, a.head, b.block, b.head, direction, settings.scale]).toEqual([0, 1, 1, 0, 'to', 'head']);
		// Of two rows and three columns.
		expect([a.token, b.token]).toEqual([3, 3]);
		const written = formatCompareLink(comparison.link);
		const again = new Comparison(first, new Second(first));
		again.open(written);
		expect(formatCompareLink(again.link).toString()).toBe(written.toString());
	});

	it('is told what of it could not be followed, of each panel, once that is shown', async () => {
		vi.spyOn(first, 'open').mockResolvedValue();
		comparison.open(new URLSearchParams('compare=cats&opacity=200&b-block=99&sample=!'));
		await settle();
		comparison.tellFaults();
		expect(comparison.notice).toBe(
			'‘compare=cats’ in the link can’t be followed: it is as without that part. ' +
				'A: ‘opacity=200’ in the link can’t be followed: ‘opacity=75’ holds in its place. ' +
				`B: The link asks for block 99, and Patchwork-T has ${comparison.b.depth}: block ${comparison.b.depth} is shown in its place.`
		);
		expect(first.open, 'what of A its app takes up, it speaks of').toHaveBeenCalledWith({}, { sample: 'sample=!' });
		comparison.notice = null;
		comparison.open(formatCompareLink(comparison.link));
		await settle();
		comparison.tellFaults();
		expect(comparison.notice).toBeNull();
	});

	it('gives two models their mean, and the same scale, where it says nothing', () => {
		vi.spyOn(first, 'open').mockResolvedValue();
		comparison.open(new URLSearchParams('compare=models'));
		expect([comparison.kind, comparison.a.head, comparison.settings.scale]).toEqual(['models', 'mean', 'shared']);
	});
});
