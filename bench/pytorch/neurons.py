"""A layer of LIF neurons with SGS in four ways; the equations stand in src/neurons/lif.ts.

Each takes the current `x`, `[T * B, ...]` time-major or `[B, ...]` for every step alike (`static`), and gives spikes
`[T * B, ...]`. Hard reset, the gradient goes through it; rectangle of width 1; no floor of the scale.
"""

import functools

import torch


def by_step(x, steps, static):
    """The current of each step; `x[t]` as SpikingJelly and TET index it."""
    return [x] * steps if static else x.view(steps, -1, *x.shape[1:])


class Fire(torch.autograd.Function):
    """o = 1{v > theta}; backward g_o h(v - theta) (1 + delta sign(g_o) (v - o)), in fewer passes."""

    @staticmethod
    def forward(ctx, v, theta, delta):
        o = (v > theta).to(v.dtype)
        ctx.save_for_backward(v, o)
        ctx.theta, ctx.delta = theta, delta
        return o

    @staticmethod
    def backward(ctx, g):
        v, o = ctx.saved_tensors
        scaled = g + ctx.delta * g.abs() * (v - o)
        return scaled * ((v - ctx.theta).abs() < 0.5), None, None


def eager(x, steps, static, neuron):
    """The loop over time that PyTorch's spiking libraries run, differentiated by autograd."""
    current, spikes, u = by_step(x, steps, static), [], None
    for t in range(steps):
        v = current[t] if u is None else neuron["tau"] * u + current[t]
        o = Fire.apply(v, neuron["theta"], neuron["delta"])
        u = (1 - o) * v
        spikes.append(o)
    return torch.cat(spikes)  # of [B, ...]: keeps channels last


class Fused(torch.autograd.Function):
    """All steps in one function: potentials are kept, the backward pass is written out, no tensor is made in a loop."""

    @staticmethod
    def forward(ctx, x, steps, static, tau, theta, delta):
        spikes = over_time(x, steps, static)
        current, o = by_step(x, steps, static), by_step(spikes, steps, False)
        u = torch.empty_like(current[0])
        if ctx.needs_input_grad[0]:
            v = by_step(over_time(x, steps, static), steps, False)
            ctx.save_for_backward(v, spikes)
        else:
            v = [torch.empty_like(u)] * steps  # inference needs one potential at a time
        for t in range(steps):
            if t == 0:
                v[0].copy_(current[0])
            else:
                torch.addcmul(v[t - 1], v[t - 1], o[t - 1], value=-1, out=u)
                torch.add(current[t], u, alpha=tau, out=v[t])
            torch.gt(v[t], theta, out=o[t])
        ctx.settings = (steps, static, tau, theta, delta)
        return spikes

    @staticmethod
    def backward(ctx, g):
        v, spikes = ctx.saved_tensors
        steps, static, tau, theta, delta = ctx.settings
        o, g = by_step(spikes, steps, False), by_step(g, steps, False)
        gradient = torch.empty_like(spikes)
        g_x = by_step(gradient, steps, False)
        a, b = torch.empty_like(v[0]), torch.empty_like(v[0])
        for t in reversed(range(steps)):
            last = t == steps - 1
            g_o = g[t] if last else torch.addcmul(g[t], v[t], g_x[t + 1], value=-tau, out=a)
            torch.sub(v[t], o[t], out=b)
            torch.abs(g_o, out=g_x[t])
            torch.addcmul(g_o, b, g_x[t], value=delta, out=g_x[t])
            g_x[t].mul_(torch.sub(v[t], theta, out=b).abs_().lt_(0.5))
            if not last:
                torch.addcmul(g_x[t + 1], g_x[t + 1], o[t], value=-1, out=b)
                g_x[t].add_(b, alpha=tau)
        if static:
            gradient = g_x.sum(0)
        return gradient, None, None, None, None, None


def over_time(x, steps, static):
    """Room for `[T * B, ...]` in the memory format of x."""
    if not static:
        return torch.empty_like(x)
    channels_last = x.dim() == 4 and not x.is_contiguous()
    memory_format = torch.channels_last if channels_last else torch.contiguous_format
    return torch.empty((steps * x.shape[0], *x.shape[1:]), dtype=x.dtype, memory_format=memory_format)


def fused(x, steps, static, neuron):
    return Fused.apply(x, steps, static, neuron["tau"], neuron["theta"], neuron["delta"])


class Functional(torch.autograd.Function):
    """`Fused` without writing in place: the form that `torch.compile` makes into its own loops."""

    @staticmethod
    def forward(ctx, x, steps, static, tau, theta, delta):
        current = [x] * steps if static else x.chunk(steps)
        v = [current[0]]
        for t in range(1, steps):
            v.append(current[t] + tau * torch.where(v[-1] > theta, 0.0, v[-1]))
        v = torch.cat(v)
        ctx.save_for_backward(v)
        ctx.settings = (steps, static, tau, theta, delta)
        return (v > theta).to(x.dtype)

    @staticmethod
    def backward(ctx, g):
        (saved,) = ctx.saved_tensors
        steps, static, tau, theta, delta = ctx.settings
        v, g, g_x = saved.chunk(steps), g.chunk(steps), [None] * steps
        for t in reversed(range(steps)):
            fires = v[t] > theta
            g_u = None if t == steps - 1 else tau * g_x[t + 1]
            g_o = g[t] if g_u is None else g[t] - v[t] * g_u
            scaled = g_o + delta * g_o.abs() * (v[t] - fires.to(v[t].dtype))
            g_x[t] = torch.where((v[t] - theta).abs() < 0.5, scaled, 0.0)
            if g_u is not None:
                g_x[t] = g_x[t] + torch.where(fires, 0.0, g_u)
        gradient = sum(g_x[1:], g_x[0]) if static else torch.cat(g_x)
        return gradient, None, None, None, None, None


def functional(x, steps, static, neuron):
    return Functional.apply(x, steps, static, neuron["tau"], neuron["theta"], neuron["delta"])


class FireOf(torch.autograd.Function):
    """`Fire` of u = v - theta, which is what SpikingJelly gives a surrogate function."""

    @staticmethod
    def forward(ctx, u, theta, delta):
        o = (u > 0).to(u.dtype)
        ctx.save_for_backward(u, o)
        ctx.theta, ctx.delta = theta, delta
        return o

    @staticmethod
    def backward(ctx, g):
        u, o = ctx.saved_tensors
        scaled = g + ctx.delta * g.abs() * (u - o + ctx.theta)
        return scaled * (u.abs() < 0.5), None, None


@functools.lru_cache
def node_of(tau, theta, delta):
    """SpikingJelly's node with these numbers, all steps in one call; its decay is 1 - 1/tau."""
    from spikingjelly.activation_based.neuron import LIFNode  # only this peer needs it

    return LIFNode(
        tau=1 / (1 - tau),
        decay_input=False,
        v_threshold=theta,
        v_reset=0.0,
        surrogate_function=lambda u: FireOf.apply(u, theta, delta),
        detach_reset=False,
        step_mode="m",
    )


def spikingjelly(x, steps, static, neuron):
    """SpikingJelly's own loop over time, in inference its compiled one. Its CUDA kernels have no form for SGS."""
    node = node_of(neuron["tau"], neuron["theta"], neuron["delta"])
    node.train(torch.is_grad_enabled())
    node.reset()
    currents = x.expand(steps, *x.shape) if static else x.view(steps, -1, *x.shape[1:])
    return node(currents).flatten(0, 1)
