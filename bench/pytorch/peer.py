"""A PyTorch process that the bench talks to: one JSON object a line in, one out.

A request is `{"command": ..., ...}`, a method of `Peer` and its arguments; the answer is what the method returns, or
`{"error": text}`. Tensors travel as safetensors files. The process ends with its input.
"""

import ctypes
import json
import os
import platform
import sys
import time

import torch
import torch.nn.functional as F

import tensors
from network import SpikingNetwork


class Peer:
    def about(self):
        """Versions, and what the CPU kernels were chosen for."""
        return {
            "version": torch.__version__,
            "python": platform.python_version(),
            "capability": torch.backends.cpu.get_cpu_capability(),
            "oneDNN": torch.backends.mkldnn.is_available(),
        }

    def build(self, network, settings, weights, batch, lif, layout, dtype="float32", threads=1, device="cpu"):
        """Takes a network with weights and a batch (files), and compiles it where `lif` is `compiled`."""
        torch.set_num_threads(threads)
        if device == "cuda" and not torch.cuda.is_available():
            raise ValueError("there is no CUDA here: this PyTorch was built without, or finds no card")
        torch.backends.cudnn.allow_tf32 = False  # float32 on both sides
        self.device = device
        kind = getattr(torch, dtype)
        memory_format = torch.channels_last if layout == "nhwc" else torch.contiguous_format
        self.network = SpikingNetwork(network, settings, tensors.read(weights), lif, kind, memory_format)
        self.network.to(device)
        self.kind, self.memory_format = kind, memory_format
        self.x, self.labels = self._load(batch)
        rule = settings["optimizer"]
        if rule["kind"] != "adam":
            raise ValueError(f"the optimizer must be adam, got {rule['kind']}")
        betas = (rule["beta1"], rule["beta2"])
        self.optimizer = torch.optim.Adam(
            self.network.parameters(), rule["learningRate"], betas, rule["epsilon"], rule["weightDecay"], fused=True
        )
        self.run = torch.compile(self.network) if lif == "compiled" else self.network
        return {"threads": torch.get_num_threads()}

    def _load(self, batch):
        given = tensors.read(batch)
        x = given["x"].permute(0, 3, 1, 2).to(self.kind).contiguous(memory_format=self.memory_format)
        return x.to(self.device), given["labels"].long().to(self.device)

    def outputs(self, file, batch=None):
        """What must be equal on both sides, of its own batch or another; running statistics are left as they were.

        Loss, spike rates and gradients in training mode, logits in inference; logits and gradients go to `file`.
        """
        x, labels = (self.x, self.labels) if batch is None else self._load(batch)
        buffers = {name: value.clone() for name, value in self.network.named_buffers()}
        rates = {}
        with torch.no_grad():
            found = {"logits": self.run(x, False)}
            self.network(x, True, rates)
        self.optimizer.zero_grad()
        loss = F.cross_entropy(self.run(x, True), labels)
        loss.backward()
        for name in self.network.names:
            if (gradient := getattr(self.network.value(name), "grad", None)) is not None:
                found[name] = gradient
        tensors.write(file, found)
        self.optimizer.zero_grad()
        for name, value in self.network.named_buffers():
            value.copy_(buffers[name])
        return {"loss": loss.item(), "rates": rates}

    def train(self, rate):
        """One training step: forward, loss, backward, Adam. Seconds by the clock."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        started = time.perf_counter()
        self.optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(self.run(self.x, True), self.labels)
        loss.backward()
        self.optimizer.step()
        value = loss.item()
        return {"seconds": time.perf_counter() - started, "loss": value}

    def infer(self):
        """One inference. Seconds by the clock."""
        with torch.no_grad():
            started = time.perf_counter()
            loss = F.cross_entropy(self.run(self.x, False), self.labels).item()
            return {"seconds": time.perf_counter() - started, "loss": loss}

    def memory(self):
        """The most memory that a warm training step holds: what it adds to the process, and what lives between steps.

        What the steps before have freed is given back first: the allocator would hand it out again, and a step that
        needs it would seem to add less than it holds.
        """
        for _ in range(2):
            self.train(0.0)
        ctypes.CDLL(None).malloc_trim(0)
        before = tensors.resident("VmRSS")
        tensors.forget_peak()
        self.train(0.0)
        growth = tensors.resident("VmHWM") - before
        kept = [self.x, *self.network.parameters(), *self.network.buffers()]
        kept += [parameter.grad for parameter in self.network.parameters()]
        for slots in self.optimizer.state.values():
            kept += [value for value in slots.values() if torch.is_tensor(value)]
        return {"growth": growth, "kept": sum(value.numel() * value.element_size() for value in kept)}


def main():
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what libraries print must not get between the answers
    peer = Peer()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = getattr(peer, request.pop("command"))(**request)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")


main()
