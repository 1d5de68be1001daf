"""The same networks and step in PyTorch: bfloat16, compiled. Run by PyTorch's own interpreter.

PyTorch is no dependency of ours, and its threads would get in TensorFlow's way. So this file is a process
of its own, that imports nothing of ours: it builds and compiles, prints `ready`, and then does one step
for each line on its standard input, printing the loss.

The layers are those of `dcgan28` (two latent dimensions), the course is that of PyTorch's DCGAN
tutorial: the discriminator's step on real and on generated images, then the generator's.
"""

import sys

import torch
from torch import nn
from torch.nn import functional

BATCH = int(sys.argv[1])


def generator() -> nn.Module:
    """Two latent dimensions to images, [n, 1, 28, 28]."""
    return nn.Sequential(
        nn.Linear(2, 7 * 7 * 256, bias=False),
        nn.BatchNorm1d(7 * 7 * 256),
        nn.LeakyReLU(0.3),
        nn.Unflatten(1, (256, 7, 7)),
        nn.ConvTranspose2d(256, 128, 5, padding=2, bias=False),
        nn.BatchNorm2d(128),
        nn.LeakyReLU(0.3),
        nn.ConvTranspose2d(128, 64, 5, stride=2, padding=2, output_padding=1, bias=False),
        nn.BatchNorm2d(64),
        nn.LeakyReLU(0.3),
        nn.ConvTranspose2d(64, 1, 5, stride=2, padding=2, output_padding=1, bias=False),
        nn.Tanh(),
    )


def discriminator() -> nn.Module:
    """Images to logits, [n, 1]."""
    return nn.Sequential(
        nn.Conv2d(1, 64, 5, stride=2, padding=2),
        nn.LeakyReLU(0.3),
        nn.Dropout(0.3),
        nn.Conv2d(64, 128, 5, stride=2, padding=2),
        nn.LeakyReLU(0.3),
        nn.Dropout(0.3),
        nn.Flatten(),
        nn.Linear(128 * 7 * 7, 1),
    )


def main() -> None:
    """Serve steps until the input ends."""
    torch.manual_seed(0)
    makes, judges = generator(), discriminator()
    makes_step = torch.optim.Adam(makes.parameters(), 1e-4)
    judges_step = torch.optim.Adam(judges.parameters(), 1e-4)
    real = torch.rand(BATCH, 1, 28, 28) * 2 - 1
    ones, zeros = torch.ones(BATCH, 1), torch.zeros(BATCH, 1)
    made, judged = torch.compile(makes), torch.compile(judges)

    def paid(images: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        with torch.autocast("cpu", torch.bfloat16):
            logits = judged(images)
        return functional.binary_cross_entropy_with_logits(logits.float(), target)

    def step() -> float:
        with torch.autocast("cpu", torch.bfloat16):
            images = made(torch.rand(BATCH, 2) * 2 - 1)
        judges_step.zero_grad(set_to_none=True)
        loss = paid(real, ones) + paid(images.detach(), zeros)
        loss.backward()
        judges_step.step()
        makes_step.zero_grad(set_to_none=True)
        paid(images, ones).backward()
        makes_step.step()
        return float(loss.detach())

    step()
    print("ready", flush=True)
    for _ in sys.stdin:
        print(step(), flush=True)


if __name__ == "__main__":
    main()
