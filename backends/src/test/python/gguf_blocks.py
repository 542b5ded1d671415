"""Blocks of each type of GGUF tensors, and small GGUF files, with the values that the package gguf computes for them.

    pip install gguf==0.19.0 numpy==2.4.6
    python gguf_blocks.py ../resources/gguf
    python gguf_blocks.py MODEL.gguf > MODEL.gguf.crc32

TYPE.gz has blocks of a type: all blocks first, then the values of the first eight as 32-bit floats, then the CRC-32 of the values of each block.
Half the blocks are made by the quantiser of the type where the package has one; the others are random bytes with finite scales. small.gguf.gz
has metadata and a tensor of each type, split-*.gguf.gz are three parts of one model, and *.rows.gz has the CRC-32 of the values of each row of
all their tensors. The seed is fixed; running it again gives the same files.

The second command prints the CRC-32 of the values of each tensor of a model, for PublishedGgufTest.
"""

import gzip
import pathlib
import sys
import tempfile
import zlib

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, GGUFReader, GGUFValueType, GGUFWriter
from gguf.quants import dequantize, quantize

SEED = 20261123
SHOWN = 8

# each type with the places of its half-precision scales in a block
TYPES = {
    "F32": [],
    "F16": [0],
    "BF16": [],
    "Q4_0": [0],
    "Q4_1": [0, 2],
    "Q5_0": [0],
    "Q5_1": [0, 2],
    "Q8_0": [0],
    "Q2_K": [80, 82],
    "Q3_K": [108],
    "Q4_K": [0, 2],
    "Q5_K": [0, 2],
    "Q6_K": [208],
}
QUANTISERS = ["F32", "F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0"]


def finite_halves(generator, count):
    """Half-precision floats of any bits but those of infinities and of what is not a number."""
    bits = generator.integers(0, 1 << 16, count, dtype=np.uint16)
    return np.where((bits & 0x7C00) == 0x7C00, bits & 0x83FF, bits)


def random_blocks(generator, name, count):
    size = GGML_QUANT_SIZES[GGMLQuantizationType[name]][1]
    blocks = generator.integers(0, 256, (count, size), dtype=np.uint8)
    for place in TYPES[name]:
        blocks[:, place : place + 2] = finite_halves(generator, count).view(np.uint8).reshape(-1, 2)
    return blocks


def quantised_blocks(generator, name, count):
    kind = GGMLQuantizationType[name]
    values = generator.standard_normal((count, GGML_QUANT_SIZES[kind][0]), dtype=np.float32) * np.float32(0.05)
    values[: count // 8] = 0
    return quantize(values, kind).view(np.uint8).reshape(count, -1)


def values_of(blocks, name):
    """The values of rows of blocks, which are bytes."""
    values = dequantize(blocks, GGMLQuantizationType[name])
    assert values.dtype == np.float32
    return values


def checksums(values):
    """The CRC-32 of each row of values."""
    rows = values.reshape(-1, values.shape[-1])
    return np.array([zlib.crc32(row.tobytes()) for row in rows], np.uint32)


def write(path, *arrays):
    with gzip.GzipFile(path, "wb", compresslevel=9, mtime=0) as file:
        for array in arrays:
            file.write(array.tobytes())


def write_blocks(generator, folder, name):
    weights = GGML_QUANT_SIZES[GGMLQuantizationType[name]][0]
    count = {1: 1024, 32: 300, 256: 120}[weights]
    blocks = random_blocks(generator, name, count)
    if name in QUANTISERS:
        blocks[::2] = quantised_blocks(generator, name, count // 2)
    values = values_of(blocks, name)
    write(folder / f"{name}.gz", blocks, values[:SHOWN], checksums(values))


def add_metadata(writer):
    writer.add_uint8("a.uint8", 250)
    writer.add_int8("a.int8", -5)
    writer.add_uint16("a.uint16", 65000)
    writer.add_int16("a.int16", -500)
    writer.add_uint32("a.uint32", 4000000000)
    writer.add_int32("a.int32", -70000)
    writer.add_uint64("a.uint64", 1 << 40)
    writer.add_uint64("a.uint64.large", (1 << 64) - 1)
    writer.add_int64("a.int64", -(1 << 40))
    writer.add_float32("a.float32", 0.1)
    writer.add_float64("a.float64", 0.1)
    writer.add_bool("a.bool", True)
    writer.add_string("a.string", "Zürich 🙂")
    writer.add_array("b.strings", ["", "a", "ﬁ", "🙂"])
    writer.add_array("b.bools", [True, False, True])
    writer.add_array("b.nested", [[1, 2], [3]])
    for name, kind, items in [
        ("uint8", GGUFValueType.UINT8, [0, 255]),
        ("int8", GGUFValueType.INT8, [-128, 127]),
        ("uint16", GGUFValueType.UINT16, [0, 65535]),
        ("int16", GGUFValueType.INT16, [-32768, 32767]),
        ("uint32", GGUFValueType.UINT32, [0, 4294967295]),
        ("int32", GGUFValueType.INT32, [-2147483648, 2147483647]),
        ("uint64", GGUFValueType.UINT64, [0, (1 << 63) - 1]),
        ("int64", GGUFValueType.INT64, [-(1 << 63), (1 << 63) - 1]),
        ("float32", GGUFValueType.FLOAT32, [0.5, -1.25]),
        ("float64", GGUFValueType.FLOAT64, [0.1, 1e300]),
    ]:
        writer.add_key_value(f"b.{name}", items, GGUFValueType.ARRAY, sub_type=kind)


def add_tensor(generator, writer, name, kind, shape):
    """Adds a tensor of random blocks and returns its values."""
    weights, size = GGML_QUANT_SIZES[GGMLQuantizationType[kind]]
    blocks = random_blocks(generator, kind, int(np.prod(shape)) // weights)
    rows = blocks.reshape(*shape[:-1], shape[-1] // weights * size)
    if kind == "F32":
        rows = generator.standard_normal(shape, dtype=np.float32)
    if kind == "F16":
        rows = rows.view(np.float16)
    writer.add_tensor(name, rows, raw_dtype=GGMLQuantizationType[kind])
    return values_of(rows, kind)


def finish(writer):
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def check(path, values):
    """Compares what the package's own reader gives."""
    for tensor, expected in zip(GGUFReader(path).tensors, values, strict=True):
        found = dequantize(tensor.data, tensor.tensor_type)
        assert found.tobytes() == expected.tobytes()


def write_small(generator, folder, scratch):
    writer = GGUFWriter(scratch / "small.gguf", "llama")
    writer.add_custom_alignment(64)
    add_metadata(writer)
    values = [
        add_tensor(generator, writer, f"blk.{i}.{kind}", kind, (2, 3, 256) if i == 3 else (3, 256))
        for i, kind in enumerate(TYPES)
    ]
    values.append(add_tensor(generator, writer, "vector", "F32", (5,)))
    finish(writer)
    check(scratch / "small.gguf", values)
    write(folder / "small.gguf.gz", np.fromfile(scratch / "small.gguf", np.uint8))
    write(folder / "small.rows.gz", *map(checksums, values))


def write_split(generator, folder, scratch):
    writer = GGUFWriter(scratch / "split.gguf", "llama", split_max_tensors=2)
    writer.add_string("general.name", "split")
    kinds = ["F32", "Q4_0", "Q8_0", "Q6_K", "F16"]
    values = [add_tensor(generator, writer, f"blk.{i}.weight", kind, (2, 256)) for i, kind in enumerate(kinds)]
    finish(writer)
    for path in sorted(scratch.glob("split-*.gguf")):
        write(folder / f"{path.name}.gz", np.fromfile(path, np.uint8))
    write(folder / "split.rows.gz", *map(checksums, values))


def print_checksums(path):
    for tensor in GGUFReader(path).tensors:
        values = dequantize(tensor.data, tensor.tensor_type)
        print(f"{tensor.name} {zlib.crc32(values.tobytes()):08x}")


def main():
    folder = pathlib.Path(sys.argv[1])
    if folder.is_file():
        print_checksums(folder)
        return
    folder.mkdir(parents=True, exist_ok=True)
    generator = np.random.default_rng(SEED)
    for name in TYPES:
        write_blocks(generator, folder, name)
    with tempfile.TemporaryDirectory() as scratch:
        write_small(generator, folder, pathlib.Path(scratch))
        write_split(generator, folder, pathlib.Path(scratch))


if __name__ == "__main__":
    main()
