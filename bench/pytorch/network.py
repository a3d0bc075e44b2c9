"""A network of src/network/layers.ts in PyTorch: what is timed, written as one would who wants it fast.

Convolutions and batch norm run once over all time steps together, and once over a static image.
"""

import torch
import torch.nn.functional as F

import neurons

LIF = {
    "eager": neurons.eager,
    "fused": neurons.fused,
    "compiled": neurons.functional,
    "spikingjelly": neurons.spikingjelly,
}


def check_neuron(neuron):
    """Refuses settings that the neurons here have no form for."""
    supported = {"reset": "hard", "detachReset": False, "scaleFloor": None}
    for name, value in supported.items():
        if neuron[name] != value:
            raise ValueError(f"neuron.{name} must be {value}, got {neuron[name]}")
    if neuron["surrogate"]["name"] != "rectangle" or neuron["surrogate"].get("parameter", 1) != 1:
        raise ValueError(f"the surrogate must be the rectangle of width 1, got {neuron['surrogate']}")


class SpikingNetwork(torch.nn.Module):
    """The network with weights; `settings` is `ModelSettings` of src/engines/engine.ts."""

    def __init__(self, network, settings, weights, lif, dtype, memory_format):
        super().__init__()
        check_neuron(settings["neuron"])
        if settings["batchNorm"]["kind"] != "standard" or settings["loss"]["kind"] != "mean":
            raise ValueError("batch norm must be standard and the loss the cross entropy of the time mean")
        if settings["lipschitz"]["beta"] != 0:
            raise ValueError("the Lipschitz penalty must be off")
        self.layers, self.settings, self.lif = network["layers"], settings, LIF[lif]
        self.names = list(weights)
        for name, value in weights.items():
            value = value.to(dtype).clone()
            if value.dim() == 4:
                value = value.contiguous(memory_format=memory_format)
            if name.endswith(("runningMean", "runningVariance")):
                self.register_buffer(attribute(name), value)
            else:
                self.register_parameter(attribute(name), torch.nn.Parameter(value))

    def value(self, name):
        return getattr(self, attribute(name), None)

    def forward(self, x, training, rates=None):
        """Logits of the time mean, `[B, classes]`; `x` is `[B, C, H, W]`. `rates` receives the spike rate by layer."""
        logits, static = self._run(self.layers, x, True, training, rates)
        steps = 1 if static else self.settings["steps"]
        return logits.view(steps, -1, logits.shape[1]).mean(0)

    def _run(self, layers, x, static, training, rates):
        for layer in layers:
            if layer["type"] == "residual":
                body, body_static = self._run(layer["body"], x, static, training, rates)
                short, short_static = self._run(layer["shortcut"], x, static, training, rates)
                if body_static != short_static:
                    raise ValueError(f"{layer['name']}: both branches must change over time, or neither")
                x, static = body + short, body_static
            elif layer["type"] == "lif":
                x, static = self.lif(x, self.settings["steps"], static, self.settings["neuron"]), False
                if rates is not None:
                    rates[layer["name"]] = x.mean().item()
            else:
                x = self._timeless(layer, x, training)
        return x, static

    def _timeless(self, layer, x, training):
        name, kind = layer["name"], layer["type"]
        weight, bias = self.value(f"{name}.weight"), self.value(f"{name}.bias")
        if kind == "conv2d":
            return F.conv2d(x, weight, bias, layer["stride"], layer["padding"])
        if kind == "batchNorm":
            settings = self.settings["batchNorm"]
            mean, variance = self.value(f"{name}.runningMean"), self.value(f"{name}.runningVariance")
            momentum, epsilon = settings["momentum"], settings["epsilon"]
            return F.batch_norm(x, mean, variance, weight, bias, training, momentum, epsilon)
        if kind == "linear":
            return F.linear(x, weight, bias)
        if kind == "avgPool2d":
            return F.avg_pool2d(x, layer["size"])
        if kind == "globalAvgPool2d":
            return x.mean((2, 3), keepdim=True)
        if kind == "flatten":
            return x.permute(0, 2, 3, 1).flatten(1)  # in the order H, W, C
        raise ValueError(f"no form for layer type {kind}")


def attribute(name):
    """A parameter's name as an attribute's, which must not have dots."""
    return name.replace(".", "__")
