"""What is done with logits where they are, as one TorchScript program. It holds no state.

Run it with PyTorch 2.7.1 to write the program next to this file:

    python logits.py logits.pt
"""

import sys

import torch
from torch import Tensor

from writer import write


class Logits(torch.nn.Module):
    def forward(self, logits: Tensor) -> Tensor:
        """The logits [1, vocabulary] of the last position, as 32-bit floats on the CPU."""
        return logits.reshape(-1, logits.size(-1))[-1:].to(torch.float32).cpu()

    @torch.jit.export
    def fetch(self, logits: Tensor) -> Tensor:
        return logits.cpu()

    @torch.jit.export
    def finite(self, logits: Tensor) -> Tensor:
        """For each row 1 if all of it is finite, else 0."""
        return torch.isfinite(logits).all(1).to(torch.float64).cpu()

    @torch.jit.export
    def sample(
        self,
        logits: Tensor,
        row: int,
        words: Tensor,
        temperature: float,
        top_k: int,
        top_p: float,
        min_p: float,
        uniform: float,
    ) -> Tensor:
        """Temperature, then the mask, then top-k, top-p, min-p; temperature 0 takes the likeliest allowed token.

        Returns [valid, token, log p, log q, log allowed mass, filtered]: p is the model's law after temperature, q the law
        that was drawn from; not valid if all allowed logits are minus infinity.
        """
        x = logits[row].to(torch.float64)
        bits = (words.to(x.device).unsqueeze(1) >> torch.arange(64, device=x.device)) & 1
        allowed = bits.view(-1)[: x.size(0)] > 0
        masked = x.masked_fill(~allowed, -float("inf"))
        top = masked.max()
        heat = temperature if temperature > 0 else 1.0
        weights = ((masked - top) / heat).exp()
        total = weights.sum()
        positive = (weights > 0).sum()
        kept, kept_total = positive, total
        if temperature == 0:
            token = (masked == top).to(torch.int64).argmax()
        elif top_k > 0 or top_p < 1 or min_p > 0:
            order = torch.sort(masked, descending=True, stable=True)[1]
            falling = weights[order]
            candidates = falling
            base = total
            if top_k > 0 and top_k < x.size(0):
                candidates = falling * (torch.arange(x.size(0), device=x.device) < top_k)
                base = candidates.sum()
            keep = (candidates > 0) & (candidates >= min_p)
            if top_p < 1:
                keep = keep & (candidates.cumsum(0) - candidates < top_p * base)
            candidates = candidates * keep
            kept, kept_total = keep.sum(), candidates.sum()
            token = order[self.draw(candidates, uniform)]
        else:
            token = self.draw(weights, uniform)
        relative = (x[token] - top) / heat
        everything = (x / heat).logsumexp(0) - top / heat
        drawn = relative - kept_total.log()
        filtered = kept < positive
        if temperature == 0:
            drawn = torch.zeros_like(drawn)
            filtered = positive > 1
        valid = (top > -float("inf")).to(torch.float64)
        logs = [relative - everything, drawn, total.log() - everything]
        return torch.stack([valid, token.to(torch.float64), logs[0], logs[1], logs[2], filtered.to(torch.float64)]).cpu()

    def draw(self, weights: Tensor, uniform: float) -> Tensor:
        """The first index whose cumulated weight is above the share `uniform` of the sum."""
        cumulated = weights.cumsum(0)
        index = torch.searchsorted(cumulated, cumulated[-1] * uniform, right=True)
        last = (weights > 0).to(torch.int64).cumsum(0).argmax()
        return torch.minimum(index, last)


if __name__ == "__main__":
    write(Logits(), sys.argv[1])
