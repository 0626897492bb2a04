"""The course that both students take: part by part first, then as a whole. Budgeted in minutes, resumable."""
import argparse
import json
import os
import time
from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader

from photos import Photos, normalise

WARM_UP = 40  # steps over which a phase's rates rise
LINE = 50  # steps between two lines of the curve
SAVE = 600  # seconds between two saves
MEASURED = 400  # held-out photos, about, on which student and teacher are compared while training
MEASURED_AT_ONCE = 50


class Muon(torch.optim.Optimizer):
    """Momentum whose matrix updates are orthogonalised by five Newton-Schulz steps (Jordan et al. 2024).

    Matrices of one shape are stepped together.
    """

    def __init__(self, params, lr=0.02, momentum=0.95):
        super().__init__(params, dict(lr=lr, momentum=momentum))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            by_shape = {}
            for p in group['params']:
                by_shape.setdefault(p.shape, []).append(p)
            for shape, matrices in by_shape.items():
                moving = torch.stack([self.moving(p, group['momentum']) for p in matrices])
                for p, update in zip(matrices, orthogonal(moving)):
                    p.add_(update, alpha=-group['lr'] * max(1, shape[0] / shape[1]) ** 0.5)

    def moving(self, p, momentum):
        """The gradient of p, looking ahead along its running average."""
        average = self.state[p].setdefault('average', torch.zeros_like(p))
        average.lerp_(p.grad, 1 - momentum)
        return p.grad.lerp(average, momentum)


def orthogonal(x):
    """The matrices x (k, rows, columns), with all their singular values brought near 1."""
    tall = x.shape[1] > x.shape[2]
    x = x.mT if tall else x
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(5):
        a = x @ x.mT
        x = 3.4445 * x + (-4.775 * a + 2.0315 * a @ a) @ x
    return x.mT if tall else x


def split(model, matrices):
    """(the matrices, all other parameters): the first are Muon's to step, the second AdamW's."""
    return matrices, [p for p in model.parameters() if all(p is not m for m in matrices)]


def divergence(mine, theirs):
    """Kullback-Leibler divergence from the class distribution of the scores `theirs` to that of `mine` (b, classes)."""
    goal = F.log_softmax(theirs, -1)
    return F.kl_div(F.log_softmax(mine, -1), goal, log_target=True, reduction='batchmean')


def arguments(description, batch, matrix_lr, lr, whole_rate):
    """What either student's script takes; the numbers are its defaults."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('packed', type=Path, help='folder that photos.py wrote')
    parser.add_argument('teacher', type=Path, help="the teacher's safetensors")
    parser.add_argument('out', type=Path, help='where the student is saved')
    parser.add_argument('--minutes', type=float, required=True)
    parser.add_argument('--resume', type=Path, help='a student saved before, to go on with')
    parser.add_argument('--whole-from', type=float, default=0.6, help='share of the time that the parts have')
    parser.add_argument('--whole-rate', type=float, default=whole_rate, help="its rates, in shares of the parts'")
    parser.add_argument('--decay-from', type=float, default=0.0, help='share of a phase after which rates fall')
    parser.add_argument('--batch', type=int, default=batch)
    parser.add_argument('--matrix-lr', type=float, default=matrix_lr)
    parser.add_argument('--lr', type=float, default=lr)
    return parser


class Course:
    """A student on its way.

    optimizers: (optimizer, its rate) pairs; the last one's parameters have their gradient clipped. A group of
    parameters may have a `scale`, by which its rate is multiplied.
    """

    def __init__(self, args, student, teacher, optimizers, device='cpu'):
        self.args, self.student, self.teacher, self.optimizers, self.device = args, student, teacher, optimizers, device
        self.index = json.loads((args.packed / 'photos.json').read_text())
        self.train = [i for i, e in enumerate(self.index) if not e['heldout']]
        held = [i for i, e in enumerate(self.index) if e['heldout']]
        self.held = held[:: max(1, len(held) // MEASURED)]
        self.seen, self.curve = 0, []
        if args.resume:
            self.resume(torch.load(args.resume, map_location=device))

    def photos(self, ids):
        """The photos `ids`, whole and as they are."""
        return Photos(self.args.packed, self.index, ids)

    def plain(self, ids, size=MEASURED_AT_ONCE):
        """The same in batches of `size`."""
        return DataLoader(self.photos(ids), size, num_workers=1)

    def views(self):
        """All photos of the training, in any order and another view of each every time, in full batches."""
        photos = Photos(self.args.packed, self.index, self.train, vary=True)
        return DataLoader(photos, self.args.batch, shuffle=True, drop_last=True, num_workers=1, prefetch_factor=6)

    def sample(self, count=96):
        """About `count` photos of the training, evenly spread over it, to measure variances on."""
        photos = self.photos(self.train[:: max(1, len(self.train) // count)])
        return torch.stack([photos[k] for k in range(len(photos))])

    def resume(self, state):
        self.student.load_state_dict(state['model'])
        self.seen, self.curve = state['seen'], state['curve']
        for (optimizer, _), kept in zip(self.optimizers, state['optimizers']):
            optimizer.load_state_dict(kept)

    def save(self):
        """Measure, note it in the curve, and write everything that is needed to go on."""
        self.curve.append(dict(seen=self.seen, agreement=self.agreement()))
        print(self.curve[-1], flush=True)
        optimizers = [optimizer.state_dict() for optimizer, _ in self.optimizers]
        state = dict(model=self.student.state_dict(), optimizers=optimizers, seen=self.seen, curve=self.curve)
        torch.save(state, f'{self.args.out}.new')
        os.replace(f'{self.args.out}.new', self.args.out)

    @torch.no_grad()
    def agreement(self):
        """Share of the held-out photos on which student and teacher name the same class first."""
        batches = (normalise(pixels.to(self.device)) for pixels in self.plain(self.held))
        same = [self.student(x).argmax(1) == self.teacher(x).argmax(1) for x in batches]
        return torch.cat(same).float().mean().item()

    def rate(self, progress, whole, steps):
        """The factor of all rates: rising at first, then falling to zero by the phase's end."""
        start, end = (self.args.whole_from, 1) if whole else (0, min(1, self.args.whole_from))
        part = (progress - start) / (end - start)
        falling = min(1, (1 - part) / (1 - self.args.decay_from) + 0.01)
        return min(1, (steps + 1) / WARM_UP) * falling * (self.args.whole_rate if whole else 1)

    def step(self, loss, rate):
        """One step of all optimizers."""
        for optimizer, base in self.optimizers:
            for group in optimizer.param_groups:
                group['lr'] = base * rate * group.get('scale', 1)
            optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([p for group in self.optimizers[-1][0].param_groups for p in group['params']], 5.0)
        for optimizer, _ in self.optimizers:
            optimizer.step()

    def run(self, parts, whole):
        """Train until the minutes are over, and save.

        parts, whole: what a batch of pixels (b, h, w, c; uint8) comes to in each phase, as (loss, figures by name).
        """
        began = saved = time.time()
        phases, steps, recent = (('parts', parts), ('whole', whole)), [0, 0], []
        while True:
            for pixels in self.views():
                progress = (time.time() - began) / (60 * self.args.minutes)
                if progress >= 1:
                    return self.save()
                late = progress >= self.args.whole_from
                name, phase = phases[late]
                if late and steps[1] == 0:
                    recent = []
                    for optimizer, _ in self.optimizers:
                        optimizer.state.clear()
                loss, figures = phase(pixels.to(self.device))
                self.step(loss, self.rate(progress, late, steps[late]))
                recent.append(figures)
                steps[late] += 1
                self.seen += len(pixels)
                if sum(steps) % LINE == 0:
                    mean = {key: round(sum(float(f[key]) for f in recent) / len(recent), 5) for key in figures}
                    self.curve.append(dict(seen=self.seen, phase=name, **mean))
                    speed = sum(steps) * self.args.batch / (time.time() - began)
                    print(f'{100 * progress:.1f} %', self.curve[-1], f'{speed:.0f} photos/s', flush=True)
                    recent = []
                if time.time() - saved > SAVE:
                    self.save()
                    saved = time.time()
