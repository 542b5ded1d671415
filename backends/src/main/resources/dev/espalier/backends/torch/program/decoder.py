"""Decoders of the Llama family and its relatives as one TorchScript program.

Run it with PyTorch 2.7.1 (a newer writer may not load in 2.7.1) to write the program next to this file:

    python decoder.py decoder.pt

The program holds no weights. A caller says what model it is (`configure`), gives it the tensors of a checkpoint (`put`) and, when
those of a layer are there, has them joined (`build_layer`), so that no more than one layer is in memory twice. After `finish` it
runs `forward` over a cache of keys and values. What a family has and another has not (norms before and behind a block, norms of
queries and keys, biases, soft caps, factors) is there if its tensor or its number is.

The cache is one pool of rows per layer; a row is a token's keys and values. A sequence owns consecutive rows, and the
caller decides which: `reserve` sizes the pool, `copy` moves a prefix, `forward` writes the rows of the new tokens and
reads the rows of the sequence. Truncating and freeing a sequence therefore need no call at all. The first tokens of sequences
may lie in parts that they share: the queries of all of them attend to such a part at once, and what they found there and in
the rows of their own is added up by the logarithms of the sums of their weights. `canvas` does without the cache: it runs the
same layers over one sequence in which every token sees all, as models of masked diffusion do.

Keys and queries are rotated as complex numbers. The halves that the published weights rotate together are interleaved
once in `build_layer`, which changes no score, so that a rotation is one multiplication; values ride along, multiplied by one.
Grouped queries are laid out as more queries of the same key head, so that keys and values are never repeated.
"""

import sys
from typing import Dict, List, NamedTuple, Optional, Tuple

import torch
import torch.nn.functional as F
from torch import Tensor

from writer import write


class Projection(NamedTuple):
    """A matrix and what is added to its products.

    weight: floats [inputs, outputs]; 8-bit integers [outputs, inputs]; packed 4-bit integers;
    scale: empty; [outputs]; [inputs / 32, outputs, 2]: a weight is (integer - 8) * scale + zero.
    """

    weight: Tensor
    scale: Tensor
    bias: Optional[Tensor]


class Part(NamedTuple):
    """Consecutive rows that several sequences see.

    start: the first row; length: how many; position: that of the first one; readers: the indices of the new tokens that see them,
    empty for all; hidden: what a window hides, [readers, length], or empty.
    """

    start: int
    length: int
    position: int
    readers: Tensor
    hidden: Tensor


class Decoder(torch.nn.Module):
    head: Projection
    parts: Dict[str, Tensor]
    rounding: Dict[str, Tensor]
    bits: Dict[str, float]
    qkv: List[List[Projection]]
    out: List[List[Projection]]
    gate_up: List[List[Projection]]
    down: List[List[Projection]]
    before_attention: List[Optional[Tensor]]
    after_attention: List[Optional[Tensor]]
    before_mlp: List[Optional[Tensor]]
    after_mlp: List[Optional[Tensor]]
    head_norm: List[Tensor]
    pool: List[Tensor]
    window: List[int]
    table: List[int]

    def __init__(self):
        super().__init__()
        self.parts = {}
        self.rounding = {}
        self.qkv, self.out, self.gate_up, self.down = [], [], [], []
        self.before_attention, self.after_attention, self.before_mlp, self.after_mlp = [], [], [], []
        self.head_norm = []
        self.pool, self.window, self.table = [], [], []
        self.bits = {}
        self.group = 32  # weights of a row that share a scale and a zero where they have 4 bits
        self.few = 16  # up to so many rows 8-bit weights are multiplied as they are; for more they are widened first
        self.embedding = torch.empty(0)
        self.embedding_row_scale = torch.empty(0)
        self.head = Projection(torch.empty(0), torch.empty(0), None)
        self.norm = torch.empty(0)
        self.frequencies = torch.empty(0)
        self.lengths = torch.empty(0)
        self.heads = 0
        self.groups = 0
        self.size = 0
        self.rotated = 0
        self.eps = 1e-6
        self.norm_offset = 0.0
        self.wide_norm = False
        self.is_interleaved = False
        self.gelu = False
        self.embedding_scale = 1.0
        self.attention_scale = 1.0
        self.attention_cap = 0.0
        self.residual_scale = 1.0
        self.logit_scale = 1.0
        self.logit_cap = 0.0
        self.device = "cpu"
        self.dtype = torch.float32
        self.watching = False
        self.found = ""

    @torch.jit.export
    def start(self, device: str, code: int, bits: Dict[str, float]) -> None:
        """Where to compute, and in which type: 0: 32-bit floats, 1: 16-bit floats, 2: 16-bit "brain" floats.

        bits: 8 or 4 for each tensor whose weights become integers.
        """
        self.device = device
        self.dtype = [torch.float32, torch.float16, torch.bfloat16][code]
        self.bits = bits

    @torch.jit.export
    def put(self, name: str, values: Tensor, shape: List[int], offset: int) -> None:
        """Copies consecutive elements into a tensor, from the element `offset` on; whole rows where they become integers."""
        if name in self.bits:
            self.quantise(name, values.to(torch.float32).view(-1, shape[1]), shape[0], offset // shape[1])
            return
        if name not in self.parts:
            self.parts[name] = torch.empty(shape, dtype=self.dtype, device=torch.device(self.device))
        piece = self.parts[name].view(-1).narrow(0, offset, values.numel())
        piece.copy_(values)
        if self.dtype != torch.float32:
            self.compare(name, piece, values.to(piece.device))

    def quantise(self, name: str, piece: Tensor, rows: int, first: int) -> None:
        """Rounds some rows of a matrix to integers, from the row `first` on."""
        codes, scale = self.quantise8(piece) if self.bits[name] == 8 else self.quantise4(piece)
        scale_name = name.replace(".weight", ".scale")
        if name not in self.parts:
            self.parts[name] = torch.empty([rows, codes.size(1)], dtype=codes.dtype)
            self.parts[scale_name] = torch.empty([rows] + scale.size()[1:], dtype=scale.dtype)
        self.parts[name].narrow(0, first, codes.size(0)).copy_(codes)
        self.parts[scale_name].narrow(0, first, codes.size(0)).copy_(scale)
        wide = scale.to(torch.float32)
        if self.bits[name] == 8:
            self.compare(name, codes.to(torch.float32) * wide.unsqueeze(1), piece)
        else:
            groups = self.unpacked(codes).view(-1, self.group).to(torch.float32) - 8
            wide = wide.view(-1, 2)
            self.compare(name, groups * wide.narrow(1, 0, 1) + wide.narrow(1, 1, 1), piece.view(-1, self.group))

    @torch.jit.export
    def put_codes(self, name: str, pairs: Tensor, scales: Tensor, shape: List[int], offset: int) -> None:
        """Copies consecutive 4-bit codes, two in a byte, with a scale and a zero for each 32, from the element `offset` on."""
        scale_name = name.replace(".weight", ".scale")
        if name not in self.parts:
            self.parts[name] = torch.empty([shape[0], shape[1] // 2], dtype=torch.uint8)
            self.parts[scale_name] = torch.empty([shape[0], shape[1] // self.group * 2], dtype=self.dtype)
        self.parts[name].view(-1).narrow(0, offset // 2, pairs.numel()).copy_(pairs)
        kept = self.parts[scale_name].view(-1).narrow(0, offset // self.group * 2, scales.numel())
        kept.copy_(scales)
        codes = self.unpacked(pairs.view(-1, self.group // 2)).to(torch.float32) - 8
        exact, rounded = scales.view(-1, 2), kept.to(torch.float32).view(-1, 2)
        values = codes * exact.narrow(1, 0, 1) + exact.narrow(1, 1, 1)
        self.compare(name, codes * rounded.narrow(1, 0, 1) + rounded.narrow(1, 1, 1), values)

    def unpacked(self, pairs: Tensor) -> Tensor:
        """Codes of which two are in a byte, each in its own."""
        codes = torch.stack([pairs.bitwise_and(15), pairs.bitwise_right_shift(4)], 2)
        return codes.view(pairs.size(0), -1)

    def compare(self, name: str, kept: Tensor, values: Tensor) -> None:
        """Notes how far weights of a tensor are from those of the file: largest difference and value, sums of their squares."""
        difference = kept.to(torch.float32) - values.to(torch.float32)
        values = values.to(torch.float32)
        figures = [difference.abs().amax(), values.abs().amax(), difference.square().sum(), values.square().sum()]
        found = torch.stack(figures).to(torch.float64)
        if name in self.rounding:
            before = self.rounding[name]
            largest = torch.maximum(before.narrow(0, 0, 2), found.narrow(0, 0, 2))
            found = torch.cat([largest, before.narrow(0, 2, 2) + found.narrow(0, 2, 2)])
        self.rounding[name] = found

    @torch.jit.export
    def roundings(self, names: List[str]) -> Tensor:
        """What `compare` has noted of tensors, [names, 4], zeros of those that were kept; forgets it."""
        none = torch.zeros([4], dtype=torch.float64)
        rows = [self.rounding[name].cpu() if name in self.rounding else none for name in names]
        self.rounding.clear()
        return torch.stack(rows)

    def quantise8(self, weight: Tensor) -> Tuple[Tensor, Tensor]:
        """Integers from -127 to 127, and the scale of each row."""
        scale = (weight.abs().amax(1) / 127).to(self.dtype)
        scale = torch.where(scale == 0, torch.ones_like(scale), scale)
        return torch.round(weight / scale.to(torch.float32).unsqueeze(1)).clamp(-127, 127).to(torch.int8), scale

    def quantise4(self, weight: Tensor) -> Tuple[Tensor, Tensor]:
        """Integers from 0 to 15, two in a byte, and a scale and a zero for each 32 of a row: [rows, columns / 32 * 2]."""
        groups = weight.view(weight.size(0), -1, self.group)
        least, most = groups.amin(2), groups.amax(2)
        scale = ((most - least) / 15).to(self.dtype)
        scale = torch.where(scale == 0, torch.ones_like(scale), scale)
        zero = (least + 8 * scale.to(torch.float32)).to(self.dtype)
        codes = (groups - zero.to(torch.float32).unsqueeze(2)) / scale.to(torch.float32).unsqueeze(2) + 8
        codes = torch.round(codes).clamp(0, 15).to(torch.uint8)
        codes = codes.view(weight.size(0), -1, 2)
        pairs = codes.select(2, 0).bitwise_or(codes.select(2, 1).bitwise_left_shift(4))
        return pairs, torch.stack([scale, zero], 2).view(weight.size(0), -1)

    def take(self, name: str) -> Optional[Tensor]:
        if name in self.parts:
            return self.parts.pop(name)
        return None

    def need(self, name: str) -> Tensor:
        return self.parts.pop(name)

    def take_norm(self, name: str) -> Optional[Tensor]:
        """The weights of a norm; None if there is none."""
        weight = self.take(name)
        if weight is None or self.norm_offset == 0.0:
            return weight
        return weight + self.norm_offset

    def join(self, names: List[str]) -> Optional[Tensor]:
        """The tensors of these names one below the other; None if there are none."""
        found: List[Tensor] = []
        for name in names:
            part = self.take(name)
            if part is not None:
                found.append(part)
        if len(found) == 0:
            return None
        return found[0] if len(found) == 1 else torch.cat(found)

    def projections(self, names: List[str]) -> List[Projection]:
        """The matrices of these names, neighbours of one form as one."""
        every: List[Projection] = []
        run: List[str] = []
        for name in names:
            if name + ".weight" in self.parts:
                if len(run) > 0 and self.parts[name + ".weight"].dtype != self.parts[run[0] + ".weight"].dtype:
                    every.append(self.projection(run))
                    run = []
                run.append(name)
        every.append(self.projection(run))
        return every

    def projection(self, names: List[str]) -> Projection:
        """The matrices of these names as one."""
        weight = self.join([name + ".weight" for name in names])
        assert weight is not None
        scale = self.join([name + ".scale" for name in names])
        bias = self.join([name + ".bias" for name in names])
        if scale is None:
            # a CPU multiplies 32-bit floats [inputs, outputs] a third faster by a single token, 16-bit ones half as fast
            is_turned = self.device == "cpu" and self.dtype == torch.float32
            turned = weight.t().contiguous() if is_turned else weight.t()
            return Projection(turned, torch.empty(0), bias)
        if weight.dtype == torch.int8:
            return Projection(weight, scale, bias)
        scale = scale.view(weight.size(0), -1, 2).transpose(0, 1).contiguous()
        return Projection(self.packed(weight), scale, bias)

    def packed(self, pairs: Tensor) -> Tensor:
        """Pairs of codes as the kernel wants them; some rows at a time, since each code takes 32 bits for a while."""
        packed = torch.empty_like(pairs)
        for first in range(0, pairs.size(0), 256):  # a multiple of the rows of all the kernel's blocks
            some = pairs.narrow(0, first, min(256, pairs.size(0) - first))
            codes = self.unpacked(some).to(torch.int32)
            packed.narrow(0, first, some.size(0)).copy_(torch.ops.aten._convert_weight_to_int4pack_for_cpu(codes, 1))
        return packed

    def project(self, x: Tensor, every: List[Projection]) -> Tensor:
        return self.product(x, every[0]) if len(every) == 1 else torch.cat([self.product(x, by) for by in every], 1)

    def product(self, x: Tensor, by: Projection) -> Tensor:
        bias = by.bias
        if by.scale.numel() == 0:
            return torch.mm(x, by.weight) if bias is None else torch.addmm(bias, x, by.weight)
        if by.scale.dim() == 3:
            y = torch.ops.aten._weight_int4pack_mm_for_cpu(x, by.weight, self.group, by.scale)
        elif x.size(0) <= self.few:
            y = torch.ops.aten._weight_int8pack_mm(x, by.weight, by.scale)
        else:
            y = torch.mm(x, by.weight.to(x.dtype).t()) * by.scale
        return y if bias is None else y + bias

    def interleave(self, part: Tensor, heads: int) -> Tensor:
        """The rows of each head in the order 0, n/2, 1, n/2 + 1, … so that what rotates together is adjacent; n is how many rotate."""
        if self.is_interleaved:
            return part
        rest = part.size(1) if part.dim() == 2 else 1
        whole = part.view(heads, self.size, rest)
        turned = whole.narrow(1, 0, self.rotated).reshape(heads, 2, self.rotated // 2, rest).transpose(1, 2)
        turned = turned.reshape(heads, self.rotated, rest)
        if self.rotated < self.size:
            turned = torch.cat([turned, whole.narrow(1, self.rotated, self.size - self.rotated)], 1)
        return turned.reshape(-1, rest) if part.dim() == 2 else turned.reshape(-1)

    def interleaved(self, name: str, heads: int) -> None:
        if name in self.parts:
            self.parts[name] = self.interleave(self.parts[name], heads)

    @torch.jit.export
    def configure(
        self,
        numbers: Dict[str, float],
        frequencies: List[float],
        lengths: List[float],
        table: List[int],
        window: List[int],
    ) -> None:
        """What model it is.

        numbers: see the code; frequencies: radians per position of each pair of a head, one table after the other; lengths: of a
        rotated unit vector, for each of them; table: which table each layer rotates by; window: per layer, how many positions are
        seen, 0 for all.
        """
        self.heads = int(numbers["heads"])
        self.groups = int(numbers["groups"])
        self.size = int(numbers["size"])
        self.rotated = int(numbers["rotated"])
        self.eps = numbers["eps"]
        self.norm_offset = numbers["norm_offset"]
        self.wide_norm = numbers["wide_norm"] > 0
        self.is_interleaved = numbers["interleaved"] > 0
        self.gelu = numbers["gelu"] > 0
        self.embedding_scale = numbers["embedding_scale"]
        self.attention_scale = numbers["attention_scale"]
        self.attention_cap = numbers["attention_cap"]
        self.residual_scale = numbers["residual_scale"]
        self.logit_scale = numbers["logit_scale"]
        self.logit_cap = numbers["logit_cap"]
        self.window, self.table = window, table
        device = torch.device(self.device)
        self.frequencies = torch.tensor(frequencies, dtype=torch.float32, device=device).view(-1, self.size // 2)
        self.lengths = torch.tensor(lengths, dtype=torch.float32, device=device).view(-1, self.size // 2)
        for _ in window:
            none: List[Projection] = []
            for joined in [self.qkv, self.out, self.gate_up, self.down]:
                joined.append(none)
            for norms in [self.before_attention, self.after_attention, self.before_mlp, self.after_mlp]:
                norms.append(None)
            if numbers["head_norm"] > 0:
                self.head_norm.append(torch.empty(0))
            self.pool.append(torch.empty([0, 2 * self.groups, self.size], dtype=self.dtype, device=device))

    @torch.jit.export
    def finish(self) -> None:
        """Takes the tensors that are of no layer. All layers are built."""
        self.embedding = self.need("model.embed_tokens.weight")
        norm = self.take_norm("model.norm.weight")
        assert norm is not None
        self.norm = norm
        row_scale = self.take("model.embed_tokens.scale")
        self.embedding_row_scale = torch.empty(0) if row_scale is None else row_scale
        if "lm_head.weight" in self.parts:
            self.head = self.projection(["lm_head"])
        elif row_scale is not None:
            self.head = Projection(self.embedding, row_scale, None)
        else:
            self.head = Projection(self.embedding.t(), torch.empty(0), None)
        self.parts.clear()

    @torch.jit.export
    def build_layer(self, layer: int) -> None:
        """Joins the tensors of a layer, all of which are there."""
        prefix = "model.layers." + str(layer) + "."
        attention = prefix + "self_attn."
        for kind in [".weight", ".scale", ".bias"]:
            self.split(attention + "qkv_proj" + kind, attention, kind)
            self.interleaved(attention + "q_proj" + kind, self.heads)
            self.interleaved(attention + "k_proj" + kind, self.groups)
        self.qkv[layer] = self.projections([attention + "q_proj", attention + "k_proj", attention + "v_proj"])
        self.out[layer] = self.projections([attention + "o_proj"])
        mlp = prefix + "mlp."
        self.gate_up[layer] = self.projections([mlp + "gate_proj", mlp + "up_proj", mlp + "gate_up_proj"])
        self.down[layer] = self.projections([mlp + "down_proj"])
        self.before_attention[layer] = self.take_norm(prefix + "before_attention.weight")
        self.after_attention[layer] = self.take_norm(prefix + "after_attention.weight")
        self.before_mlp[layer] = self.take_norm(prefix + "before_mlp.weight")
        self.after_mlp[layer] = self.take_norm(prefix + "after_mlp.weight")
        queries, keys = self.take_norm(attention + "q_norm.weight"), self.take_norm(attention + "k_norm.weight")
        if queries is not None and keys is not None:
            if self.wide_norm:
                rows = [self.interleave(queries, self.heads).view(self.heads, self.size)]
                rows.append(self.interleave(keys, self.groups).view(self.groups, self.size))
            else:
                rows = [self.interleave(queries, 1).view(1, -1).expand(self.heads, -1)]
                rows.append(self.interleave(keys, 1).view(1, -1).expand(self.groups, -1))
            self.head_norm[layer] = torch.cat(rows)

    def split(self, name: str, attention: str, kind: str) -> None:
        """Queries, keys and values that one tensor holds, as three."""
        joint = self.take(name)
        if joint is not None:
            queries, keys = self.heads * self.size, self.groups * self.size
            parts = joint.split([queries, keys, keys], 0)
            self.parts[attention + "q_proj" + kind] = parts[0]
            self.parts[attention + "k_proj" + kind] = parts[1]
            self.parts[attention + "v_proj" + kind] = parts[2]

    @torch.jit.export
    def reserve(self, rows: int) -> None:
        """Sizes the pool; what its rows hold stays, as far as they still exist."""
        for layer in range(len(self.pool)):
            old = self.pool[layer]
            new = torch.empty([rows, old.size(1), old.size(2)], dtype=old.dtype, device=old.device)
            kept = min(rows, old.size(0))
            new.narrow(0, 0, kept).copy_(old.narrow(0, 0, kept))
            self.pool[layer] = new

    @torch.jit.export
    def copy(self, source: int, target: int, length: int) -> None:
        """Copies rows; the two ranges must not overlap."""
        for rows in self.pool:
            rows.narrow(0, target, length).copy_(rows.narrow(0, source, length))

    @torch.jit.export
    def watch(self, on: bool) -> None:
        """Whether passes look for their first step with a value that is not finite."""
        self.watching = on
        self.found = ""

    @torch.jit.export
    def overflow(self) -> str:
        """The step that was found: `NaN` or `infinite values`, a blank, and the prefix of its tensors; empty if none was."""
        return self.found

    def seen(self, x: Tensor, layer: int, step: str) -> Tensor:
        """`x`, the result of a step; looked at only while watching."""
        if self.watching and len(self.found) == 0 and not bool(torch.isfinite(x).all()):
            kind = "NaN " if bool(torch.isnan(x).any()) else "infinite values "
            self.found = kind + ("model.layers." + str(layer) + "." if layer >= 0 else "") + step
        return x

    @torch.jit.export
    def damaged(self) -> str:
        """The name of the first tensor with a weight or a scale that is not finite; empty if there is none."""
        if not self.sound(self.embedding) or not self.sound(self.embedding_row_scale):
            return "model.embed_tokens.weight"
        layers = len(self.out)
        for layer in range(layers):
            found = self.damaged_in(layer)
            if len(found) > 0:
                return "model.layers." + str(layer) + "." + found
        if not self.sound(self.norm):
            return "model.norm.weight"
        return self.damaged_rows([self.head], ["lm_head"], [0])

    def damaged_in(self, layer: int) -> str:
        norms = [self.before_attention[layer], self.after_attention[layer], self.before_mlp[layer], self.after_mlp[layer]]
        names = ["before_attention", "after_attention", "before_mlp", "after_mlp"]
        for norm, name in zip(norms, names):
            if norm is not None and not self.sound(norm):
                return name + ".weight"
        if len(self.head_norm) > 0 and not self.sound(self.head_norm[layer]):
            queries = self.head_norm[layer].narrow(0, 0, self.heads)
            return "self_attn.k_norm.weight" if self.sound(queries) else "self_attn.q_norm.weight"
        queries, keys = self.heads * self.size, self.groups * self.size
        found = self.damaged_rows(
            self.qkv[layer], ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"], [queries, keys, keys]
        )
        if len(found) == 0:
            found = self.damaged_rows(self.out[layer], ["self_attn.o_proj"], [0])
        if len(found) == 0:
            found = self.damaged_rows(self.gate_up[layer], ["mlp.gate_proj", "mlp.up_proj"], [])
        return found if len(found) > 0 else self.damaged_rows(self.down[layer], ["mlp.down_proj"], [0])

    def damaged_rows(self, every: List[Projection], names: List[str], rows: List[int]) -> str:
        """The tensor of the first output that is not finite, of those that were joined with so many outputs each, or equally many."""
        weights: List[Tensor] = []
        biases: List[Tensor] = []
        for by in every:
            weights.append(self.sound_outputs(by.weight, by.scale))
            bias = by.bias
            if bias is not None:
                biases.append(torch.isfinite(bias))
        kinds: List[Tuple[str, Tensor]] = [(".weight", torch.cat(weights))]
        if len(biases) > 0:
            kinds.append((".bias", torch.cat(biases)))
        for kind, sound in kinds:
            if not bool(sound.all()):
                if len(rows) == 0:
                    rows = [sound.size(0) // len(names) for _ in names]
                first = int(sound.logical_not().to(torch.int64).argmax())
                at = 0
                while at + 1 < len(names) and first >= rows[at]:
                    first -= rows[at]
                    at += 1
                return names[at] + kind
        return ""

    def sound_outputs(self, weight: Tensor, scale: Tensor) -> Tensor:
        """Of each output, whether all its weights are finite; those of integers are if their scales are."""
        if scale.numel() == 0:
            return torch.isfinite(weight).all(0)
        return torch.isfinite(scale) if scale.dim() == 1 else torch.isfinite(scale).all(2).all(0)

    def sound(self, x: Tensor) -> bool:
        return not x.is_floating_point() or bool(torch.isfinite(x).all())

    def rotations(self, positions: Tensor) -> List[Tensor]:
        """Complex factors [tokens, heads + 2 groups, size / 2] of each table: rotations for queries and keys, ones for values."""
        position = positions.to(torch.float32).unsqueeze(1)
        every: List[Tensor] = []
        for table in range(self.frequencies.size(0)):
            angles = position * self.frequencies[table]
            turns = torch.polar(self.lengths[table].expand_as(angles), angles).unsqueeze(1)
            ones = torch.ones([1, 1, 1], dtype=turns.dtype, device=turns.device)
            count, half = angles.size(0), angles.size(1)
            parts = [turns.expand(count, self.heads + self.groups, half), ones.expand(count, self.groups, half)]
            every.append(torch.cat(parts, 1))
        return every

    def normed(self, x: Tensor, weight: Optional[Tensor]) -> Tensor:
        """The rows divided by their root mean square, times a weight; the rows themselves if there is none."""
        return x if weight is None else torch.rms_norm(x, [x.size(1)], weight, self.eps)

    def attention(self, q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor]) -> Tensor:
        if self.attention_cap == 0.0:
            return F.scaled_dot_product_attention(q, k, v, attn_mask=mask, scale=self.attention_scale)
        scores = torch.matmul(q, k.transpose(-2, -1)).to(torch.float32) * self.attention_scale
        scores = torch.tanh(scores / self.attention_cap) * self.attention_cap
        if mask is not None:
            scores = scores + mask
        return torch.matmul(torch.softmax(scores, -1).to(v.dtype), v)

    def part_of(self, q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor]) -> Tuple[Tensor, Tensor]:
        """Attention to a part of the keys, with the logarithm of the sum of the weights, [batch, groups, queries], in 32 bits.

        A query that the mask hides all keys from finds zeros, with a logarithm of minus infinity.
        """
        if self.device == "cpu" and self.attention_cap == 0.0 and mask is None:
            y, sums = torch.ops.aten._scaled_dot_product_flash_attention_for_cpu(
                q, k, v, 0.0, False, attn_mask=None, scale=self.attention_scale
            )
            return y.to(torch.float32), sums
        scores = torch.matmul(q, k.transpose(-2, -1)).to(torch.float32) * self.attention_scale
        if self.attention_cap > 0.0:
            scores = torch.tanh(scores / self.attention_cap) * self.attention_cap
        if mask is not None:
            scores = scores + mask
        top = scores.amax(-1, keepdim=True)
        weights = torch.exp(scores - torch.where(torch.isinf(top), torch.zeros_like(top), top))
        total = weights.sum(-1, keepdim=True)
        y = torch.matmul((weights / total.clamp_min(1e-30)).to(v.dtype), v)
        return y.to(torch.float32), (top + torch.log(total)).squeeze(-1)

    def masks(
        self, begins: List[int], counts: List[int], lengths: List[int], parents: List[int], positions: Tensor, window: int
    ) -> List[Tensor]:
        """Per sequence with several new tokens: 0 where a query sees one of its own positions, else minus infinity."""
        device = torch.device(self.device)
        masks: List[Tensor] = []
        at = 0
        for begin, count, length in zip(begins, counts, lengths):
            mask = torch.empty(0)
            if count > 1:
                query = positions.narrow(0, at, count)
                key = torch.cat([torch.arange(begin, length - count, device=device), query]).unsqueeze(0)
                query = query.unsqueeze(1)
                hidden = key > query
                if len(parents) > 0:
                    hidden.narrow(1, length - count - begin, count).copy_(self.beside(parents[at : at + count]))
                if window > 0:
                    hidden = hidden.logical_or(key <= query - window)
                mask = torch.zeros([count, length - begin], dtype=self.dtype, device=device)
                mask = mask.masked_fill(hidden, -float("inf")).repeat(self.heads // self.groups, 1)
            masks.append(mask)
            at += count
        return masks

    def beside(self, parents: List[int]) -> Tensor:
        """Which nodes of a tree are not on the way to which, [nodes, nodes]."""
        on_the_way = torch.eye(len(parents), dtype=torch.bool)
        for node in range(len(parents)):
            if parents[node] >= 0:
                on_the_way[node] = on_the_way[node].logical_or(on_the_way[parents[node]])
        return on_the_way.logical_not()

    def shared_parts(self, shared: List[int], begins: List[int], counts: List[int], positions: Tensor, window: int) -> List[Part]:
        """What sequences share.

        shared: for each part its first row, its length, the position of its first row, how many sequences see it, and which.
        """
        device = torch.device(self.device)
        every: List[Part] = []
        at = 0
        while at < len(shared):
            start, length, position, sequences = shared[at], shared[at + 1], shared[at + 2], shared[at + 3]
            readers = torch.empty(0)
            if sequences < len(counts):
                firsts = [0]
                for count in counts:
                    firsts.append(firsts[-1] + count)
                which = shared[at + 4 : at + 4 + sequences]
                readers = torch.cat([torch.arange(firsts[i], firsts[i + 1], device=device) for i in which])
            hidden = torch.empty(0)
            if window > 0:
                query = positions if readers.numel() == 0 else positions.index_select(0, readers)
                key = torch.arange(position, position + length, device=device).unsqueeze(0)
                hidden = key <= query.unsqueeze(1) - window
            every.append(Part(start, length, position, readers, hidden))
            at += 4 + sequences
        return every

    def by_group(self, q: Tensor) -> Tensor:
        """Queries [count, heads, size] as those of the key heads, [1, groups, heads / groups * count, size]."""
        count = q.size(0)
        q = q.view(count, self.groups, -1, self.size).permute(1, 2, 0, 3)
        return q.reshape(1, self.groups, -1, self.size)

    def by_token(self, y: Tensor, count: int) -> Tensor:
        """What `by_group` has done, taken back: [count, groups, heads / groups, …]."""
        y = y.view([self.groups, -1, count] + y.size()[3:])
        return y.permute([2, 0, 1] + [i for i in range(3, y.dim())])

    def attend_one(self, q: Tensor, kv: Tensor, rows: Tensor, start: int, length: int, window: int) -> Tensor:
        """Attention of one sequence's one new token; q: [1, heads, size]."""
        rows.narrow(0, start + length - 1, 1).copy_(kv)
        skipped = length - window if window > 0 and length > window else 0
        seen = rows.narrow(0, start + skipped, length - skipped).transpose(0, 1).unsqueeze(0)
        q = q.view(1, self.groups, -1, self.size)
        k, v = seen.narrow(1, 0, self.groups), seen.narrow(1, self.groups, self.groups)
        return self.attention(q, k, v, None).view(1, -1)

    def attend_many(self, q: Tensor, kv: Tensor, rows: Tensor, start: int, length: int, mask: Tensor) -> Tensor:
        """Attention of one sequence's several new tokens; q: [count, heads, size]."""
        count = q.size(0)
        rows.narrow(0, start + length - count, count).copy_(kv)
        return self.attend(q, rows.narrow(0, start, length), mask)

    def attend(self, q: Tensor, seen: Tensor, mask: Optional[Tensor]) -> Tensor:
        """Attention of several tokens of one sequence to the keys and values `seen`; q: [count, heads, size]."""
        count = q.size(0)
        seen = seen.transpose(0, 1).unsqueeze(0)
        k, v = seen.narrow(1, 0, self.groups), seen.narrow(1, self.groups, self.groups)
        return self.by_token(self.attention(self.by_group(q), k, v, mask), count).reshape(count, -1)

    def find(self, q: Tensor, seen: Tensor, mask: Optional[Tensor]) -> Tuple[Tensor, Tensor]:
        """As `attend`, for a part of what is seen: [count, groups, heads / groups, size], and the logarithms without the last."""
        count = q.size(0)
        seen = seen.transpose(0, 1).unsqueeze(0)
        k, v = seen.narrow(1, 0, self.groups), seen.narrow(1, self.groups, self.groups)
        y, sums = self.part_of(self.by_group(q), k, v, mask)
        return self.by_token(y, count), self.by_token(sums, count)

    def attend_padded(self, q: Tensor, kv: Tensor, rows: Tensor, new: Tensor, seen: Tensor, mask: Tensor) -> Tensor:
        """Attention of many sequences' one new token each, over rows gathered to one length."""
        q, k, v = self.gathered(q, kv, rows, new, seen)
        return self.attention(q, k, v, mask).view(q.size(0), -1)

    def gathered(
        self, q: Tensor, kv: Tensor, rows: Tensor, new: Tensor, seen: Tensor
    ) -> Tuple[Tensor, Tensor, Tensor]:
        """Writes the rows of the new tokens; queries, keys and values, [batch, groups, …, size]."""
        batch, length = seen.size(0), seen.size(1)
        rows.index_copy_(0, new, kv)
        gathered = rows.index_select(0, seen.view(-1)).view(batch, length, 2 * self.groups, self.size).transpose(1, 2)
        q = q.view(batch, self.groups, -1, self.size)
        return q, gathered.narrow(1, 0, self.groups), gathered.narrow(1, self.groups, self.groups)

    def padding(
        self, starts: List[int], begins: List[int], lengths: List[int], window: int
    ) -> Tuple[Tensor, Tensor, Tensor]:
        """The rows of the new tokens, all own rows padded to one length, and the mask that hides the padding."""
        device = torch.device(self.device)
        begin = torch.tensor(begins, device=device).unsqueeze(1)
        start = torch.tensor(starts, device=device).unsqueeze(1)
        length = torch.tensor(lengths, device=device).unsqueeze(1)
        longest = max([most - first for first, most in zip(begins, lengths)])
        position = begin + torch.arange(longest, device=device).unsqueeze(0)
        hidden = position >= length
        if window > 0:
            hidden = hidden.logical_or(position < length - window)
        seen = start + torch.minimum(position, length - 1)
        mask = torch.zeros(hidden.size(), dtype=self.dtype, device=device).masked_fill(hidden, -float("inf"))
        mask = mask.unsqueeze(1).unsqueeze(1).expand(-1, self.groups, self.heads // self.groups, -1)
        return (start + length - 1).view(-1), seen, mask

    def positions(self, counts: List[int], lengths: List[int], parents: List[int]) -> Tensor:
        """The positions of the new tokens: those of nodes of a tree follow those of their parents."""
        device = torch.device(self.device)
        if len(parents) == 0:
            every = [torch.arange(length - count, length, device=device) for count, length in zip(counts, lengths)]
            return every[0] if len(every) == 1 else torch.cat(every)
        places: List[int] = []
        for count, length in zip(counts, lengths):
            first = len(places)
            for parent in parents[first : first + count]:
                places.append(length - count if parent < 0 else places[first + parent] + 1)
        return torch.tensor(places, device=device)

    def heads_of(self, h: Tensor, layer: int, rotations: Tensor) -> Tensor:
        """The begin of a layer: queries, keys and values [tokens, heads + 2 groups, size], queries and keys rotated."""
        x = self.normed(h, self.before_attention[layer])
        x = self.project(x, self.qkv[layer]).view(x.size(0), -1, self.size)
        if self.watching:
            self.seen(x.narrow(1, 0, self.heads), layer, "self_attn.q_proj")
            self.seen(x.narrow(1, self.heads, self.groups), layer, "self_attn.k_proj")
            self.seen(x.narrow(1, self.heads + self.groups, self.groups), layer, "self_attn.v_proj")
        if len(self.head_norm) > 0:
            turning = self.normed_heads(x.narrow(1, 0, self.heads + self.groups)) * self.head_norm[layer]
            x = torch.cat([turning, x.narrow(1, self.heads + self.groups, self.groups)], 1)
        if self.dtype == torch.float32:
            x = torch.view_as_complex(x.view(x.size(0), x.size(1), -1, 2))
            return torch.view_as_real(x * rotations).view(x.size(0), -1, self.size)
        x = torch.view_as_complex(x.to(torch.float32).view(x.size(0), x.size(1), -1, 2))
        return torch.view_as_real(x * rotations).view(x.size(0), -1, self.size).to(self.dtype)

    def normed_heads(self, x: Tensor) -> Tensor:
        """Queries and keys divided by their root mean square, which is that of a head or of all queries or all keys of a token."""
        if not self.wide_norm:
            return torch.rms_norm(x, [self.size], None, self.eps)
        wide = [x.narrow(1, 0, self.heads).reshape(x.size(0), -1), x.narrow(1, self.heads, self.groups).reshape(x.size(0), -1)]
        parts = [torch.rms_norm(part, [part.size(1)], None, self.eps) for part in wide]
        return torch.cat(parts, 1).view(x.size(0), -1, self.size)

    def forward(
        self,
        ids: List[int],
        starts: List[int],
        begins: List[int],
        counts: List[int],
        lengths: List[int],
        shared: List[int],
        parents: List[int],
        padded: bool,
        every: bool,
    ) -> Tensor:
        """Logits [sequences, vocabulary] after the last new token of each sequence, as 32-bit floats.

        every: after each new token instead, [new tokens, vocabulary];
        ids: the new tokens of all sequences, one sequence after the other; starts: the row of each at which its position 0 is, or
        would be; begins: its first position in rows of its own; counts: its new tokens; lengths: its tokens, the new ones included;
        shared: where the positions before the begins are, see `shared_parts`;
        parents: where the new tokens of each sequence are a tree, the index of the one before each, or -1; empty if each follows the last;
        padded: gather all own rows to one length (each sequence has one new token) instead of a call per sequence.
        """
        window = max(self.window)
        positions = self.positions(counts, lengths, parents)
        rotations = self.rotations(positions)
        parts = self.shared_parts(shared, begins, counts, positions, 0)
        window_parts = self.shared_parts(shared, begins, counts, positions, window) if window > 0 else parts
        masks = self.masks(begins, counts, lengths, parents, positions, 0)
        window_masks = masks
        if window > 0:
            window_masks = self.masks(begins, counts, lengths, parents, positions, window)
        new, seen, mask = torch.empty(0), torch.empty(0), torch.empty(0)
        window_mask = mask
        if padded:
            new, seen, mask = self.padding(starts, begins, lengths, 0)
            window_mask = self.padding(starts, begins, lengths, window)[2] if window > 0 else mask
        h = self.embedded(ids)
        for layer in range(len(self.pool)):
            x = self.heads_of(h, layer, rotations[self.table[layer]])
            q, kv = x.narrow(1, 0, self.heads), x.narrow(1, self.heads, 2 * self.groups)
            rows = self.pool[layer]
            limit = self.window[layer]
            if len(parts) > 0:
                if padded:
                    own_q, k, v = self.gathered(q, kv, rows, new, seen)
                    y, sums = self.part_of(own_q, k, v, window_mask if limit > 0 else mask)
                else:
                    y, sums = self.find_each(
                        q, kv, rows, starts, begins, counts, lengths, window_masks if limit > 0 else masks, limit
                    )
                x = self.joined(y, sums, q, rows, window_parts if limit > 0 else parts)
            elif padded:
                x = self.attend_padded(q, kv, rows, new, seen, window_mask if limit > 0 else mask)
            elif len(counts) == 1 and counts[0] == 1:
                x = self.attend_one(q, kv, rows, starts[0], lengths[0], limit)
            else:
                x = self.attend_each(q, kv, rows, starts, counts, lengths, window_masks if limit > 0 else masks, limit)
            h = self.after(h, x, layer)
        if len(counts) < len(ids) and not every:
            last = torch.tensor(counts, device=torch.device(self.device)).cumsum(0) - 1
            h = h.index_select(0, last)
        return self.logits(h)

    @torch.jit.export
    def canvas(self, ids: List[int], rows: List[int]) -> Tensor:
        """Logits [rows, vocabulary] of some rows of one sequence in which every token sees all, as 32-bit floats.

        ids: the tokens of the sequence, at the positions 0, 1, …; rows: indices of tokens.
        """
        device = torch.device(self.device)
        rotations = self.rotations(torch.arange(len(ids), device=device))
        h = self.embedded(ids)
        for layer in range(len(self.out)):
            x = self.heads_of(h, layer, rotations[self.table[layer]])
            q, kv = x.narrow(1, 0, self.heads), x.narrow(1, self.heads, 2 * self.groups)
            if layer == len(self.out) - 1:
                # nobody sees the other rows any more
                wanted = torch.tensor(rows, device=device)
                h, q = h.index_select(0, wanted), q.index_select(0, wanted)
            h = self.after(h, self.attend(q, kv, None), layer)
        return self.logits(h)

    def embedded(self, ids: List[int]) -> Tensor:
        rows = torch.tensor(ids, device=torch.device(self.device))
        h = self.embedding.index_select(0, rows)
        if self.embedding_row_scale.numel() > 0:
            h = h.to(self.dtype) * self.embedding_row_scale.index_select(0, rows).unsqueeze(1)
        return self.seen(h if self.embedding_scale == 1.0 else h * self.embedding_scale, -1, "model.embed_tokens")

    def after(self, h: Tensor, x: Tensor, layer: int) -> Tensor:
        """The end of a layer: the residual stream `h` with what attention found, and what the feed-forward part makes of it."""
        x = self.seen(self.project(self.seen(x, layer, "self_attn"), self.out[layer]), layer, "self_attn.o_proj")
        h = self.seen(self.added(h, self.normed(x, self.after_attention[layer])), layer, "self_attn")
        x = self.normed(h, self.before_mlp[layer])
        gate, up = self.project(x, self.gate_up[layer]).chunk(2, 1)
        gate, up = self.seen(gate, layer, "mlp.gate_proj"), self.seen(up, layer, "mlp.up_proj")
        gate = F.gelu(gate, approximate="tanh") if self.gelu else torch.ops.aten.silu(gate)
        x = self.seen(self.project(self.seen(gate * up, layer, "mlp"), self.down[layer]), layer, "mlp.down_proj")
        return self.seen(self.added(h, self.normed(x, self.after_mlp[layer])), layer, "mlp")

    def added(self, h: Tensor, x: Tensor) -> Tensor:
        return h + x if self.residual_scale == 1.0 else h + x * self.residual_scale

    def logits(self, h: Tensor) -> Tensor:
        h = self.seen(self.product(self.normed(h, self.norm), self.head), -1, "lm_head").to(torch.float32)
        if self.logit_scale != 1.0:
            h = h * self.logit_scale
        return h if self.logit_cap == 0.0 else torch.tanh(h / self.logit_cap) * self.logit_cap

    def attend_each(
        self,
        q: Tensor,
        kv: Tensor,
        rows: Tensor,
        starts: List[int],
        counts: List[int],
        lengths: List[int],
        masks: List[Tensor],
        window: int,
    ) -> Tensor:
        outputs: List[Tensor] = []
        at = 0
        for i in range(len(counts)):
            q1, kv1 = q.narrow(0, at, counts[i]), kv.narrow(0, at, counts[i])
            if counts[i] == 1:
                outputs.append(self.attend_one(q1, kv1, rows, starts[i], lengths[i], window))
            else:
                outputs.append(self.attend_many(q1, kv1, rows, starts[i], lengths[i], masks[i]))
            at += counts[i]
        return torch.cat(outputs)

    def find_each(
        self,
        q: Tensor,
        kv: Tensor,
        rows: Tensor,
        starts: List[int],
        begins: List[int],
        counts: List[int],
        lengths: List[int],
        masks: List[Tensor],
        window: int,
    ) -> Tuple[Tensor, Tensor]:
        """What the new tokens of each sequence find in its own rows, see `find`."""
        ys: List[Tensor] = []
        every: List[Tensor] = []
        at = 0
        for i in range(len(counts)):
            count, begin, length = counts[i], begins[i], lengths[i]
            rows.narrow(0, starts[i] + length - count, count).copy_(kv.narrow(0, at, count))
            mask: Optional[Tensor] = None
            if count > 1:
                mask = masks[i]
            elif window > 0:
                begin = max(begin, length - window)
            y, sums = self.find(q.narrow(0, at, count), rows.narrow(0, starts[i] + begin, length - begin), mask)
            ys.append(y)
            every.append(sums)
            at += count
        return torch.cat(ys), torch.cat(every)

    def joined(self, y: Tensor, sums: Tensor, q: Tensor, rows: Tensor, parts: List[Part]) -> Tensor:
        """What was found in own rows, with what is found in shared ones: [tokens, heads * size]."""
        for part in parts:
            is_all = part.readers.numel() == 0
            asking = q if is_all else q.index_select(0, part.readers)
            mask: Optional[Tensor] = None
            if part.hidden.numel() > 0:
                mask = torch.zeros(part.hidden.size(), dtype=torch.float32, device=part.hidden.device)
                mask = mask.masked_fill(part.hidden, -float("inf")).repeat(self.heads // self.groups, 1)
            found, more = self.find(asking, rows.narrow(0, part.start, part.length), mask)
            before = y if is_all else y.index_select(0, part.readers)
            old = sums if is_all else sums.index_select(0, part.readers)
            both = torch.logaddexp(old, more)
            found = before * torch.exp(old - both).unsqueeze(-1) + found * torch.exp(more - both).unsqueeze(-1)
            if is_all:
                y, sums = found, both
            else:
                y, sums = y.index_copy(0, part.readers, found), sums.index_copy(0, part.readers, both)
        return y.reshape(q.size(0), -1).to(self.dtype)


if __name__ == "__main__":
    write(Decoder(), sys.argv[1])
