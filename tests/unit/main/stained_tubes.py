"""Simulated single stains and a sample, mixed by one known matrix."""

from residua.main.simulate_flow import simulate_flow

DYES = {"FITC-A": "CD20", "PE-A": "CD22", "PE-Cy7-A": "CD19"}
SPILLOVER = {("FITC-A", "PE-A"): 0.2, ("PE-A", "PE-Cy7-A"): 0.04, ("PE-Cy7-A", "PE-A"): 0.03}
HEAD = """
kind = "residua.simulate.flow"
version = "1.0"
events = {events}
seed = {seed}
debris = 0.1
[[channel]]
name = "FSC-A"
kind = "scatter"
[[channel]]
name = "SSC-A"
kind = "scatter"
"""
CELLS = """
"FSC-A" = { median = 60000, spread = 0.06 }
"SSC-A" = { median = 20000, spread = 0.08 }
"""


def write_tube(folder, name, levels, *, events=6000, seed=1, marked=True, spillover=SPILLOVER):
    """One simulated file in `folder`; `levels` are (channel, median, share of cells)."""
    text = HEAD.format(events=events, seed=seed)
    for channel, marker in DYES.items():
        text += f'[[channel]]\nname = "{channel}"\n' + (f'marker = "{marker}"\n' * marked)
    text += '[[population]]\nname = "cells"\nfraction = 1.0\n[population.levels]\n'
    text += CELLS
    for channel, median, share in levels:
        called = DYES[channel] if marked else channel
        text += f'"{called}" = {{ median = {median}, spread = 0.2, positive = {share} }}\n'
    text += "[spillover]\n"
    for dye in DYES:
        row = [f'"{to}" = {share}' for (one, to), share in spillover.items() if one == dye]
        text += f'"{dye}" = {{ {", ".join(row)} }}\n' * bool(row)
    spec = folder / f"{name}.spec.toml"
    spec.write_text(text)
    file = simulate_flow(spec, out=folder / f"{name}.fcs")[0]
    spec.unlink()
    (folder / f"{name}.truth.json").unlink()
    return file


def write_controls(folder, *, dyes=tuple(DYES), median=20_000, share=0.5):
    """One single stain per dye, named after it."""
    for seed, dye in enumerate(dyes):
        write_tube(folder, dye, [(dye, median, share)], seed=seed + 10, marked=False)


def entries(dyes=tuple(DYES), stated=True, **keys):
    """The [[file]] tables of the controls, with further keys."""
    text = ""
    for dye in dyes:
        text += f'[[file]]\npath = "{dye}.fcs"\nrole = "single stain"\n'
        text += f'stain = "{dye}"\n' * stated
        text += "".join(f'{key} = "{value}"\n' for key, value in keys.items())
    return text
