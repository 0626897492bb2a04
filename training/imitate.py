"""Teach a ViT to be what its teacher is, part by part and then as a whole, on a CPU or with CUDA.

The student has the teacher's shape and starts from random numbers. In three phases:
  embedding  patch projection, positions and CLS are fitted to the teacher's embeddings by least squares;
  parts      each attention and each feed-forward part is given the teacher's own residual stream at its place and
             learns what the teacher's part adds there: 24 small regressions, none of which waits for another;
  whole      the student runs on its own stream: it follows the teacher's after every block, and the teacher's class
             distribution at the end.
A random part of the patches is kept for both, which changes neither's function and saves most of the time. Matrices are
stepped by Muon, the rest by AdamW. Errors are in shares of the variance that there is to explain, feature by feature;
CLS counts a quarter beside the mean over the patches.

usage: imitate.py PACKED TEACHER.safetensors OUT.pt --minutes 110 [--resume IN.pt] [--fit-embedding] [--whole-from 0.6]
"""
import torch
import torch.nn.functional as F
from safetensors.torch import load_file

from course import Course, Muon, arguments, divergence, split
from photos import normalise
from vit import ViT

PATCHES, PATCH = 196, 16


@torch.no_grad()
def streams(model, x):
    """The residual stream before each block and at the end (13), and between attention and feed-forward (12)."""
    before, between = [x], []
    for block in model.blocks:
        between.append(before[-1] + block.gather(before[-1]))
        before.append(between[-1] + block.rework(between[-1]))
    return before, between


class Error:
    """Mean square error in shares of a reference's variance, feature by feature; CLS by its own."""

    def __init__(self, reference, floor=0.1):
        def scale(x):
            variance = x.flatten(0, -2).var(0)
            return (variance + floor * variance.mean()).clamp_min(1e-5)

        self.patches, self.cls = scale(reference), scale(reference[:, 0])

    def __call__(self, difference):
        return (difference[:, 1:].square() / self.patches).mean() + 0.25 * (difference[:, 0].square() / self.cls).mean()


@torch.no_grad()
def fit_embedding(student, teacher, loader, device):
    """Least squares from a patch's pixels to the teacher's embedding of it; what is left is bias and positions."""
    photos, xx, xy, mean_x, mean_y = 0, 0, 0, 0, 0
    for pixels in loader:
        pixels = normalise(pixels.to(device))
        x = F.unfold(pixels, PATCH, stride=PATCH).mT.double()
        y = (teacher.patch_embed(pixels) + teacher.pos_embed[:, 1:]).double()
        photos += len(x)
        xx, xy = xx + torch.einsum('bni,bnj->ij', x, x), xy + torch.einsum('bni,bnj->ij', x, y)
        mean_x, mean_y = mean_x + x.sum(0), mean_y + y.sum(0)
    mean_x, mean_y = mean_x / photos, mean_y / photos
    xx, xy = xx / photos - mean_x.T @ mean_x, xy / photos - mean_x.T @ mean_y
    ridge = 1e-5 * xx.diag().mean() * torch.eye(len(xx), dtype=xx.dtype, device=device)
    weight = torch.linalg.solve(xx + ridge, xy)
    left = mean_y - mean_x @ weight
    student.patch_embed.proj.weight.copy_(weight.T.float().view_as(student.patch_embed.proj.weight))
    student.patch_embed.proj.bias.copy_(left.mean(0).float())
    student.pos_embed[0, 1:].copy_((left - left.mean(0)).float())
    # CLS with its position is the same for every photo, so that its fit is itself.
    constant = (teacher.cls_token + teacher.pos_embed[:, :1])[0, 0]
    student.cls_token.copy_(constant / 2)
    student.pos_embed[0, 0].copy_(constant / 2)
    print(f'embedding fitted on {photos} photos', flush=True)


class Imitation:
    """What a batch comes to in either phase, for a student beside its teacher.

    sample: pixels (b, 3, h, w) on which variances are measured; keep: patches kept of 196.
    """

    def __init__(self, student, teacher, sample, keep):
        self.student, self.teacher, self.keep = student, teacher, keep
        before, between = streams(teacher, teacher.embed(sample))
        self.stream = [Error(x) for x in before]
        self.attention = [Error(m - x) for x, m in zip(before, between)]
        self.mlp = [Error(x - m) for m, x in zip(between, before[1:])]

    def begin(self, pixels):
        """The teacher's streams, the student's embeddings of the same patches, and how far these are off."""
        pixels = normalise(pixels)
        keep = torch.rand(len(pixels), PATCHES, device=pixels.device).argsort(1)[:, : self.keep]
        before, between = streams(self.teacher, self.teacher.embed(pixels, keep))
        x = self.student.embed(pixels, keep)
        return before, between, x, self.stream[0](x - before[0])

    def parts(self, pixels):
        before, between, _, embedding = self.begin(pixels)
        blocks, ends = self.student.blocks, before[1:]
        attention = sum(e(b.gather(x) - (m - x)) for e, b, x, m in zip(self.attention, blocks, before, between))
        mlp = sum(e(b.rework(m) - (y - m)) for e, b, m, y in zip(self.mlp, blocks, between, ends))
        classes = divergence(self.student.classify(before[-1]), self.teacher.classify(before[-1]))
        figures = dict(embedding=embedding, attention=attention / len(blocks), mlp=mlp / len(blocks), classes=classes)
        return embedding + attention + mlp + 0.3 * classes, noted(figures)

    def whole(self, pixels):
        before, _, x, embedding = self.begin(pixels)
        after = []
        for block, error, goal in zip(self.student.blocks, self.stream[1:], before[1:]):
            x = block(x)
            after.append(error(x - goal))
        classes = divergence(self.student.classify(x), self.teacher.classify(before[-1]))
        figures = dict(embedding=embedding, stream=sum(after) / len(after), last=after[-1], classes=classes)
        return embedding + sum(after) + classes, noted(figures)


def noted(figures):
    """Figures as numbers that hold no graph."""
    return {name: value.item() for name, value in figures.items()}


def main():
    parser = arguments(__doc__, batch=48, matrix_lr=0.012, lr=1e-3, whole_rate=0.05)
    parser.add_argument('--fit-embedding', action='store_true', help='fit the embedding by least squares first')
    parser.add_argument('--keep', type=int, default=64, help=f'patches kept of {PATCHES}')
    args = parser.parse_args()
    device = 'cuda' if torch.cuda.is_available() else 'cpu'
    teacher, student = ViT().to(device).eval().requires_grad_(False), ViT().to(device)
    teacher.load_state_dict(load_file(args.teacher))
    matrices, rest = split(student, [p for block in student.blocks for p in block.parameters() if p.ndim == 2])
    adam = torch.optim.AdamW(rest, betas=(0.9, 0.98), weight_decay=0)
    course = Course(args, student, teacher, ((Muon(matrices), args.matrix_lr), (adam, args.lr)), device)
    if args.fit_embedding:
        fit_embedding(student, teacher, course.plain(course.train[::30]), device)
        for p in (*student.patch_embed.parameters(), student.pos_embed, student.cls_token):
            adam.state.pop(p, None)
    imitation = Imitation(student, teacher, normalise(course.sample().to(device)), args.keep)
    course.run(imitation.parts, imitation.whole)


if __name__ == '__main__':
    main()
