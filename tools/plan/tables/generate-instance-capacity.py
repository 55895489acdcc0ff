#!/usr/bin/env python3
"""Writes instance-capacity.json: network interfaces, addresses and vCPUs of every EC2 instance type.

Source: the DescribeInstanceTypes snapshot in the Python package moto (Apache-2.0).
Run: pip install moto && ./generate-instance-capacity.py
"""

import gzip
import importlib.metadata
import json
import pathlib

import moto

packed = pathlib.Path(moto.__file__).parent / "ec2" / "resources" / "instance_types.json.gz"
snapshot = json.loads(gzip.decompress(packed.read_bytes()))


def row(entry):
    """Interfaces of the default network card, IPv4 addresses of each, vCPUs, and what runs the instance."""
    network = entry["NetworkInfo"]
    card = network["NetworkCards"][network["DefaultNetworkCardIndex"]]
    assert card["NetworkCardIndex"] == network["DefaultNetworkCardIndex"], entry["InstanceType"]
    platform = "metal" if entry["BareMetal"] else entry.get("Hypervisor", "unknown")
    return [card["MaximumNetworkInterfaces"], network["Ipv4AddressesPerInterface"], entry["VCpuInfo"]["DefaultVCpus"], platform]


rows = {name: row(entry) for name, entry in sorted(snapshot.items()) if not name.startswith("mac")}
lines = [
    "{",
    '    "source": %s,' % json.dumps("DescribeInstanceTypes snapshot of moto " + importlib.metadata.version("moto")),
    '    "columns": ["interfaces of the default network card", "IPv4 addresses per interface", "vCPUs", "platform"],',
    '    "types": {',
    ",\n".join("        %s: %s" % (json.dumps(name), json.dumps(values)) for name, values in rows.items()),
    "    }",
    "}",
    "",
]
pathlib.Path(__file__).with_name("instance-capacity.json").write_text("\n".join(lines))
print(len(rows), "types")
