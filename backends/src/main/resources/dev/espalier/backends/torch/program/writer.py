"""Writes a TorchScript module so that the same source gives the same few kilobytes on every machine."""

import io
import sys
import zipfile

import torch


def write(module: torch.nn.Module, path: str) -> None:
    if not torch.__version__.startswith("2.7.1"):
        sys.exit("PyTorch 2.7.1 is needed to write a program that 2.7.1 reads; this is " + torch.__version__)
    buffer = io.BytesIO()
    torch.jit.save(torch.jit.script(module.eval()), buffer)
    # without the debug records, which hold paths of the machine, and with fixed dates
    with zipfile.ZipFile(buffer) as full, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as program:
        for name in full.namelist():
            if not name.endswith(".debug_pkl"):
                program.writestr(zipfile.ZipInfo(name), full.read(name), zipfile.ZIP_DEFLATED)
