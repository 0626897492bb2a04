"""MobileNetV2 (Sandler et al. 2018) with its batch norms folded into biases, and its file under timm's names."""
import torch
import torch.nn as nn
import torch.nn.functional as F

# Of each stage: expansion, channels, blocks, stride of the first block.
STAGES = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))
EPS = 1e-5  # of the batch norms


class Window(nn.Conv2d):
    """A 3 x 3 convolution padded as TensorFlow's 'SAME': where a stride leaves a row over, it is below and right."""

    def __init__(self, before, after, stride, groups=1):
        super().__init__(before, after, 3, stride, 0, groups=groups)

    def forward(self, x):
        def zeros(length):
            stride = self.stride[0]
            total = max((-(-length // stride) - 1) * stride + 3 - length, 0)
            return total // 2, total - total // 2

        return super().forward(F.pad(x, (*zeros(x.shape[-1]), *zeros(x.shape[-2]))))


class Point(nn.Module):
    """A 1 x 1 convolution: one matrix for every place."""

    def __init__(self, before, after):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(after, before) * (2 / before) ** 0.5)
        self.bias = nn.Parameter(torch.zeros(after))

    def forward(self, x):
        return F.conv2d(x, self.weight[..., None, None], self.bias)


class Block(nn.Module):
    """Up by a 1 x 1, 3 x 3 in each channel by itself, down by a 1 x 1; added to its input where the shapes allow."""

    def __init__(self, before, after, expansion, stride):
        super().__init__()
        wide = before * expansion
        self.up = Point(before, wide) if expansion > 1 else None
        self.each = Window(wide, wide, stride, groups=wide)
        self.down = Point(wide, after)
        nn.init.kaiming_normal_(self.each.weight)
        nn.init.zeros_(self.each.bias)
        self.residual = stride == 1 and before == after

    def change(self, x):
        """What is added to x, or stands in its place where `residual` is false."""
        if self.up is not None:
            x = F.relu6(self.up(x))
        return self.down(F.relu6(self.each(x)))

    def forward(self, x):
        return x + self.change(x) if self.residual else self.change(x)


class MobileNetV2(nn.Module):
    """Pixels in [-1, 1] to the scores of the classes: 3.5 million parameters for 1000 of them."""

    def __init__(self, classes=1000):
        super().__init__()
        self.stem = Window(3, 32, 2)
        blocks, before = [], 32
        for expansion, channels, count, stride in STAGES:
            for k in range(count):
                blocks.append(Block(before, channels, expansion, stride if k == 0 else 1))
                before = channels
        self.blocks = nn.ModuleList(blocks)
        self.last = Point(before, 1280)
        self.classifier = nn.Linear(1280, classes)

    def entrance(self, x):  # b 3 h w -> b 32 h/2 w/2
        return F.relu6(self.stem(x))

    def features(self, x):  # b 320 h/32 w/32 -> b 1280 h/32 w/32, before the mean over the places
        return F.relu6(self.last(x))

    def forward(self, x):  # b 3 h w in [-1, 1] -> b classes
        x = self.entrance(x)
        for block in self.blocks:
            x = block(x)
        return self.classifier(self.features(x).mean((2, 3)))

    def convolutions(self):
        """(timm's name of the convolution, of its norm, module), in order."""
        yield 'conv_stem', 'bn1', self.stem
        at = 0
        for s, (expansion, _, count, _) in enumerate(STAGES):
            for k in range(count):
                block, name = self.blocks[at], f'blocks.{s}.{k}'
                if block.up is not None:
                    yield f'{name}.conv_pw', f'{name}.bn1', block.up
                    yield f'{name}.conv_dw', f'{name}.bn2', block.each
                    yield f'{name}.conv_pwl', f'{name}.bn3', block.down
                else:
                    yield f'{name}.conv_dw', f'{name}.bn1', block.each
                    yield f'{name}.conv_pw', f'{name}.bn2', block.down
                at += 1
        yield 'conv_head', 'bn2', self.last

    def timm_state(self):
        """Weights under timm's names; each norm does nothing but add the bias."""
        state = {}
        for conv, norm, module in self.convolutions():
            w, b = module.weight.detach(), module.bias.detach()
            state[f'{conv}.weight'] = w[..., None, None] if w.ndim == 2 else w
            state[f'{norm}.weight'] = torch.full_like(b, (1 + EPS) ** 0.5)
            state[f'{norm}.bias'] = b
            state[f'{norm}.running_mean'] = torch.zeros_like(b)
            state[f'{norm}.running_var'] = torch.ones_like(b)
        return state | {f'classifier.{name}': p.detach() for name, p in self.classifier.named_parameters()}

    @torch.no_grad()
    def load_timm_state(self, state):
        """From timm's names, folding each norm into its convolution."""
        for conv, norm, module in self.convolutions():
            scale = state[f'{norm}.weight'].float() / (state[f'{norm}.running_var'].float() + EPS).sqrt()
            w = state[f'{conv}.weight'].float() * scale[:, None, None, None]
            module.weight.copy_(w.view(module.weight.shape))
            module.bias.copy_(state[f'{norm}.bias'].float() - state[f'{norm}.running_mean'].float() * scale)
        self.classifier.weight.copy_(state['classifier.weight'])
        self.classifier.bias.copy_(state['classifier.bias'])
        return self
