"""Small TorchScript modules from ids to logits, for the tests of models without a cache.

    pip install torch==2.7.1
    python scripted.py ../resources/dev/espalier/backends
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "main/resources/dev/espalier/backends/torch/program"))
from writer import write  # noqa: E402


class Counting(torch.nn.Module):
    """After the tokens t1 … tn of a vocabulary of 16, the logit of id i is i * n - (t1 + … + tn)."""

    def __init__(self, kind: torch.dtype):
        super().__init__()
        self.kind = kind

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        sums = ids.cumsum(1).unsqueeze(2)
        counts = torch.arange(1, ids.size(1) + 1).view(1, -1, 1)
        return (torch.arange(16).view(1, 1, -1) * counts - sums).to(self.kind)


if __name__ == "__main__":
    for name, kind in {"counting": torch.float32, "counting-bfloat16": torch.bfloat16}.items():
        write(Counting(kind), sys.argv[1] + "/" + name + ".pt")
