"""Reads a robomimic HDF5 file with h5py and a folder of arrays with numpy, as training code does, and prints what it sees as JSON.

    read.py FILE.hdf5 FOLDER
"""
import json
import pathlib
import sys

import h5py
import numpy


def of_file(path):
    with h5py.File(path, "r") as file:
        data = file["data"]
        demos = {}
        for name, demo in data.items():
            demos[name] = {
                "attributes": {k: (v.item() if hasattr(v, "item") else v) for k, v in demo.attrs.items()},
                "datasets": {},
            }
            demo.visititems(lambda key, item, into=demos[name]["datasets"]: into.update({key: [str(item.dtype), list(item.shape)]}) if isinstance(item, h5py.Dataset) else None)
            demos[name]["actions"] = numpy.asarray(demo["actions"], dtype=float).ravel().tolist()
            demos[name]["next_is_later"] = all(
                bool(numpy.array_equal(demo["obs"][k][1:], demo["next_obs"][k][:-1]) and numpy.array_equal(demo["obs"][k][-1], demo["next_obs"][k][-1])) for k in demo["obs"])
        return {"total": int(data.attrs["total"]), "env": json.loads(data.attrs["env_args"])["env_name"], "demos": demos}


def of_folder(path):
    index = json.loads((path / "index.json").read_text())
    episodes = []
    for episode in index["episodes"]:
        folder = path / f"episode_{episode['episode_index']:06d}"
        arrays = {file.stem: numpy.load(file) for file in sorted(folder.glob("*.npy"))}
        episodes.append({
            "arrays": {key: [str(a.dtype), list(a.shape)] for key, a in arrays.items()},
            "action": arrays["action"].astype(float).ravel().tolist(),
            "picture_sums": [int(p.astype(numpy.int64).sum()) for p in arrays["observation.images.front"]],
        })
    return episodes


json.dump({"hdf5": of_file(sys.argv[1]), "npy": of_folder(pathlib.Path(sys.argv[2]))}, sys.stdout)
