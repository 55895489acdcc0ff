#!/usr/bin/env python3
"""Writes known-instance-types.json: every EC2 instance type by family, with its architecture.

Source: the DescribeInstanceTypes snapshot in the Python package moto (Apache-2.0), with the type names that
botocore's EC2 model (Apache-2.0) knows beyond it. Run: pip install moto botocore && ./generate-instance-types.py
"""

import collections
import gzip
import importlib.metadata
import json
import pathlib

import botocore.session
import moto

# Architecture of families that only botocore knows: all x86_64 but these.
ARM_FAMILIES_WITHOUT_SNAPSHOT = {"p6e-gb200"}

packed = pathlib.Path(moto.__file__).parent / "ec2" / "resources" / "instance_types.json.gz"
snapshot = json.loads(gzip.decompress(packed.read_bytes()))
model = botocore.session.get_session().get_service_model("ec2")
names = set(snapshot) | set(model.shape_for("InstanceType").enum)

families = collections.defaultdict(lambda: {"architecture": set(), "sizes": set()})
for name in names:
    family, size = name.split(".", 1)
    families[family]["sizes"].add(size)
    if name in snapshot:
        supported = snapshot[name]["ProcessorInfo"]["SupportedArchitectures"]
        families[family]["architecture"].add(
            "mac" if any("mac" in item for item in supported) else "arm64" if "arm64" in supported else "x86_64"
        )
for family, entry in families.items():
    if not entry["architecture"]:
        entry["architecture"].add("arm64" if family in ARM_FAMILIES_WITHOUT_SNAPSHOT else "x86_64")
    assert len(entry["architecture"]) == 1, (family, entry)

document = {
    "source": "DescribeInstanceTypes snapshot of moto %s and EC2 model of botocore %s"
    % (importlib.metadata.version("moto"), importlib.metadata.version("botocore")),
    "families": {
        family: {"architecture": next(iter(entry["architecture"])), "sizes": sorted(entry["sizes"])}
        for family, entry in sorted(families.items())
    },
}
lines = ["{", '    "source": %s,' % json.dumps(document["source"]), '    "families": {']
rows = ["        %s: %s" % (json.dumps(family), json.dumps(entry)) for family, entry in document["families"].items()]
lines += [",\n".join(rows), "    }", "}", ""]
pathlib.Path(__file__).with_name("known-instance-types.json").write_text("\n".join(lines))
print(len(names), "types in", len(families), "families")
