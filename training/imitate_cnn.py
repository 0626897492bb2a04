"""Teach a MobileNetV2 to be what its teacher is, block by block and then as a whole.

As imitate.py does it for the ViT: every block is given its teacher's own stream at its place and learns what the
teacher's block makes of it (17 small regressions, and the entrance, and the features before the classifier), then the
student runs on its own stream. Crops of 128 px do, since a convolution sees what is near it. 1 x 1 convolutions are
stepped by Muon, the rest by AdamW. Errors are in shares of the variance, channel by channel.

usage: imitate_cnn.py PACKED TEACHER.safetensors OUT.pt --minutes 60 [--resume IN.pt] [--fit-classifier]
"""
import torch
import torch.nn.functional as F
from safetensors.torch import load_file

from course import Course, Muon, arguments, divergence, split
from imitate import noted
from mobilenet import MobileNetV2
from photos import normalise


def crops(pixels, side):
    """One square for the whole batch, of at least `side`, brought to `side`: b h w c (uint8) -> b c side side."""
    x = normalise(pixels)
    full = x.shape[-1]
    s = int(torch.randint(min(side, full), full + 1, ()))
    top, left = (int(torch.randint(0, full - s + 1, ())) for _ in range(2))
    x = x[:, :, top : top + s, left : left + s]
    if s != side:
        x = F.interpolate(x, (side, side), mode='bilinear', antialias=True, align_corners=False)
    return x.contiguous(memory_format=torch.channels_last)


@torch.no_grad()
def streams(model, x):
    """What leaves the entrance and each block (18), what each block changes (17), and the features before the mean."""
    stream, changes = [model.entrance(x)], []
    for block in model.blocks:
        change = block.change(stream[-1])
        changes.append(change)
        stream.append(stream[-1] + change if block.residual else change)
    return stream, changes, model.features(stream[-1])


def variance(x, floor=0.02):
    """The variance of each channel, and a little of their mean, so that no silent channel counts for all: 1 c 1 1."""
    v = x.var((0, 2, 3), keepdim=True)
    return (v + floor * v.mean()).clamp_min(1e-5)


def error(mine, theirs, variance):
    """Mean square error in shares of the variance."""
    return ((mine - theirs).square() / variance).mean()


@torch.no_grad()
def centre(student, stream, changes):
    """Begin each block with the mean of what its teacher's gives."""
    for block, x, change in zip(student.blocks, stream, changes):
        block.down.bias += (change - block.change(x)).mean((0, 2, 3))


@torch.no_grad()
def fit_classifier(student, teacher, loader, side):
    """Least squares from the teacher's pooled features to its scores: being linear, it can be no better."""
    x, y = [], []
    for pixels in loader:
        pooled = streams(teacher, crops(pixels, side))[2].mean((2, 3))
        x.append(pooled.double())
        y.append(teacher.classifier(pooled).double())
    x, y = torch.cat(x), torch.cat(y)
    mean_x, mean_y = x.mean(0), y.mean(0)
    xx, xy = (x - mean_x).T @ (x - mean_x), (x - mean_x).T @ (y - mean_y)
    weight = torch.linalg.solve(xx + 1e-5 * xx.diag().mean() * torch.eye(len(xx), dtype=xx.dtype), xy)
    student.classifier.weight.copy_(weight.T.float())
    student.classifier.bias.copy_((mean_y - mean_x @ weight).float())
    print(f'classifier fitted on {len(x)} photos', flush=True)


class Imitation:
    """What a batch comes to in either phase, for a student beside its teacher.

    reference: the teacher's streams, on which variances are measured; side: of the crops, in pixels.
    """

    def __init__(self, student, teacher, reference, side):
        self.student, self.teacher, self.side = student, teacher, side
        stream, changes, features = reference
        self.stream, self.change = [variance(x) for x in stream], [variance(x) for x in changes]
        self.feature = variance(features)

    def classes(self, mine, theirs):
        """How far the classes are apart that student and teacher read from these features."""
        pooled = (f.mean((2, 3)) for f in (mine, theirs))
        return divergence(*(m.classifier(p) for m, p in zip((self.student, self.teacher), pooled)))

    def parts(self, pixels):
        x = crops(pixels, self.side)
        stream, changes, features = streams(self.teacher, x)
        entrance = error(self.student.entrance(x), stream[0], self.stream[0])
        each = zip(self.student.blocks, stream, changes, self.change)
        blocks = [error(block.change(before), change, v) for block, before, change, v in each]
        last = error(self.student.features(stream[-1]), features, self.feature)
        classes = self.classes(features, features)
        figures = dict(entrance=entrance, blocks=sum(blocks) / len(blocks), worst=max(blocks))
        figures |= dict(last=last, classes=classes)
        return entrance + sum(blocks) + last + classes, noted(figures)

    def whole(self, pixels):
        x = crops(pixels, self.side)
        stream, _, features = streams(self.teacher, x)
        y = self.student.entrance(x)
        entrance, after = error(y, stream[0], self.stream[0]), []
        for block, goal, v in zip(self.student.blocks, stream[1:], self.stream[1:]):
            y = block(y)
            after.append(error(y, goal, v))
        y = self.student.features(y)
        last, classes = error(y, features, self.feature), self.classes(y, features)
        figures = dict(entrance=entrance, stream=sum(after) / len(after), last=last, classes=classes)
        return entrance + sum(after) + 3 * last + 3 * classes, noted(figures)


def adam_for(student, rest):
    """AdamW for everything but the matrices. Its steps are of one size; what they move is not."""
    swift = [p for p in rest if p.ndim == 1] + [student.stem.weight]  # biases reach 8, the stem's weights 4
    windows = [block.each.weight for block in student.blocks]
    slow = [student.classifier.weight]  # 1280 inputs add up
    groups = ((swift, 5), (windows, 1), (slow, 0.03))
    return torch.optim.AdamW([dict(params=p, scale=s) for p, s in groups], betas=(0.9, 0.98), weight_decay=0)


def main():
    parser = arguments(__doc__, batch=32, matrix_lr=0.02, lr=3e-3, whole_rate=0.015)
    parser.add_argument('--fit-classifier', action='store_true', help='fit the classifier by least squares first')
    parser.add_argument('--side', type=int, default=128, help='of the crops, in pixels')
    args = parser.parse_args()
    teacher, student = (MobileNetV2().to(memory_format=torch.channels_last) for _ in range(2))
    teacher.load_timm_state(load_file(args.teacher)).eval().requires_grad_(False)
    points = [p for block in student.blocks for p in block.parameters() if p.ndim == 2]
    matrices, rest = split(student, [*points, student.last.weight])
    optimizers = ((Muon(matrices), args.matrix_lr), (adam_for(student, rest), args.lr))
    course = Course(args, student, teacher, optimizers)
    if args.fit_classifier:
        fit_classifier(student, teacher, course.plain(course.train[::25]), args.side)
    reference = streams(teacher, crops(course.sample(), args.side))
    if not args.resume:
        centre(student, *reference[:2])
    imitation = Imitation(student, teacher, reference, args.side)
    course.run(imitation.parts, imitation.whole)


if __name__ == '__main__':
    main()
