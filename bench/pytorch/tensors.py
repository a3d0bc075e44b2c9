"""Named float32 tensors as a safetensors file and back, and how much memory this process holds."""

import ctypes
import json
import struct
from pathlib import Path

import torch


def read(path):
    """The tensors of a file by name."""
    content = Path(path).read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    values = torch.frombuffer(bytearray(content[8 + length :]), dtype=torch.float32)
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = (offset // 4 for offset in entry["data_offsets"])
            tensors[name] = values[begin:end].reshape(entry["shape"])
    return tensors


def write(path, tensors):
    """Writes tensors of any dtype and memory format as float32, row-major."""
    header, parts, at = {}, [], 0
    for name, tensor in tensors.items():
        values = tensor.detach().float().cpu().contiguous()
        part = ctypes.string_at(values.data_ptr(), 4 * values.numel())  # without numpy, which may not be there
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [at, at + len(part)]}
        parts.append(part)
        at += len(part)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    Path(path).write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))


def resident(what):
    """Bytes of memory held: `VmRSS` now, or `VmHWM`, the most since `forget_peak`."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(what + ":"):
            return int(line.split()[1]) * 1024
    raise RuntimeError(f"/proc/self/status has no {what}")


def forget_peak():
    """Sets `VmHWM` to what is held now."""
    Path("/proc/self/clear_refs").write_text("5")
