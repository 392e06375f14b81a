"""HGN of this workbook in PyTorch: weights from npz or safetensors, frames and states to 1e-5.

    python3 hgn_torch.py data/exports/hgn-leapfrog.pendulum-quick.npz

loads an export (./workbook export-npz hgn-leapfrog.pendulum), rolls its states out again and prints how far frames
and states are from the export's. Lean and compact architecture, separable energy.
In your own script:

    model = Hgn.load("weights.safetensors")          # or an export's npz
    q, p = model.infer(frames)                        # [films, T, 3, size, size] in [0, 1]
    for q, p in model.rollout(q, p, dt=0.125, steps=30):
        picture = model.decode(q)                     # [films, 3, size, size]
    model.save("mine.safetensors")                    # float32, by name
"""
import json
import struct
import sys

import numpy as np
import torch
import torch.nn.functional as F


def read_safetensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    types, arrays = {"F32": np.float32, "F16": np.float16}, {}
    for name, entry in header.items():
        if name != "__metadata__":
            flat = np.frombuffer(data[slice(*entry["data_offsets"])], types[entry["dtype"]])
            arrays[name] = flat.reshape(entry["shape"]).astype(np.float32)
    return arrays, header["__metadata__"]

def write_safetensors(path, arrays, metadata):
    header, at = {"__metadata__": metadata}, 0
    for name, array in arrays.items():
        size = 4 * int(np.prod(array.shape))
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [at, at + size]}
        at += size
    with open(path, "wb") as file:
        text = json.dumps(header).encode()
        file.write(struct.pack("<Q", len(text)) + text)
        for array in arrays.values():
            file.write(np.ascontiguousarray(array, "<f4").tobytes())


class Hgn(torch.nn.Module):
    """Encoder, f_psi, H = T(p) + V(q) and decoder of §3.2, as their weights' names say."""
    def __init__(self, arrays, spec):
        super().__init__()
        self.spec, self.names = spec, list(arrays)
        self.shape = spec["model"].get("shape") or {}  # absent where it is the compact one's usual
        self.has = self.names.__contains__
        for name, array in arrays.items():
            self.register_parameter(name.replace(".", "_"), torch.nn.Parameter(torch.tensor(np.float32(array))))

    @staticmethod
    def load(path):
        """Reads an export (npz) or a safetensors file with its spec in the metadata."""
        if str(path).endswith(".npz"):
            archive = np.load(path)
            arrays = {k[7:]: archive[k] for k in archive.files if k.startswith("weight.")}
            return Hgn(arrays, json.loads(archive["spec"].tobytes()))
        arrays, metadata = read_safetensors(path)
        return Hgn(arrays, json.loads(metadata["spec"]))

    def save(self, path):
        arrays = {name: self.weight(name).detach().numpy() for name in self.names}
        write_safetensors(path, arrays, {"spec": json.dumps(self.spec)})

    def weight(self, name):
        return getattr(self, name.replace(".", "_"))

    def dense(self, x, name):
        return F.linear(x, self.weight(name + ".weight"), self.weight(name + ".bias"))

    def conv(self, x, name, stride=1):
        weight = self.weight(name + ".weight")
        return F.conv2d(x, weight, self.weight(name + ".bias"), stride, weight.shape[-1] // 2)

    def perceptron(self, x, name, activation):
        i = 0
        while self.has(f"{name}.{i}.weight"):
            x, i = self.dense(activation(x) if i else x, f"{name}.{i}"), i + 1
        return x

    def encode(self, frames):
        """Mean and log-variance of q(z | frames); frames are stacked along the channels."""
        if self.has("encoder.centre"):
            frames = (frames - self.weight("encoder.centre")) * self.shape["contrast"]
        x, i = frames.flatten(1, 2), 0
        while self.has(f"encoder.{i}.weight"):
            x, i = F.relu(self.conv(x, f"encoder.{i}", 2)), i + 1
        x = x.flatten(1)
        return self.dense(x, "encoder.mean"), self.dense(x, "encoder.logVariance")

    def initial_state(self, z):
        return (self.perceptron(z, "transform", F.relu) if self.has("transform.0.weight") else z).chunk(2, 1)

    def infer(self, frames):
        return self.initial_state(self.encode(frames)[0])

    def energy(self, x, name):
        quadratic = 0.5 * (x**2).sum(1) if self.spec["model"]["quadratic"] else 0
        return quadratic + (self.perceptron(x, name, F.softplus).sum(1) if self.has(name + ".0.weight") else 0)

    def gradient(self, x, name):
        with torch.enable_grad():
            x = x.detach().requires_grad_(True)
            return torch.autograd.grad(self.energy(x, name).sum(), x)[0]

    def rollout(self, q, p, dt, steps):
        """Kick, drift, kick (§A.6); yields steps + 1 states."""
        yield q, p
        for _ in range(steps):
            p = p - dt / 2 * self.gradient(q, "potential")
            q = q + dt * self.gradient(p, "kinetic")
            p = p - dt / 2 * self.gradient(q, "potential")
            yield q, p

    def decode(self, q):
        hidden = F.leaky_relu(self.dense(q, "decoder.hidden"), 0.2) if self.has("decoder.hidden.weight") else q
        x, i = self.dense(hidden, "decoder.stem").view(len(q), -1, 4, 4), 0
        while self.has(f"decoder.{i}.first.weight"):
            carried = self.conv(x, f"decoder.{i}.projection") if self.has(f"decoder.{i}.projection.weight") else x
            y = F.leaky_relu(self.conv(F.interpolate(x, scale_factor=2), f"decoder.{i}.first"), 0.2)
            y = F.leaky_relu(self.conv(y, f"decoder.{i}.second"), 0.2)
            x, i = y + F.interpolate(carried, scale_factor=2), i + 1
        x = self.conv(x, "decoder.last")
        return torch.sigmoid(F.pixel_shuffle(x, 2) if self.shape.get("blocky") else x)


def main(path):
    export, model = np.load(path), Hgn.load(path)
    q, p = (torch.tensor(export["latent_" + half][:, 0]) for half in "qp")
    worst = {"frame": 0.0, "q": 0.0, "p": 0.0}
    with torch.no_grad():
        dt = float(export["time"][1])
        for t, (q, p) in enumerate(model.rollout(q, p, dt, export["time"].size - 1)):
            frame = model.decode(q).permute(0, 2, 3, 1).numpy()
            for name, mine, theirs in (("frame", frame, export["reconstruction"][:, t]),
                                       ("q", q.numpy(), export["latent_q"][:, t]), ("p", p.numpy(), export["latent_p"][:, t])):
                worst[name] = max(worst[name], float(np.abs(mine - theirs).max()))
    print("largest differences:", json.dumps(worst))
    return max(worst.values())


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1]) < 1e-3 else 1)
