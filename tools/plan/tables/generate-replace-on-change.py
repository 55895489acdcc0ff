#!/usr/bin/env python3
"""Writes replace-on-change.json: inputs of which the typings of @pulumi/aws say that a change replaces the resource.

The typings say so of few inputs, often under a condition, so the sentence is kept beside each. What they leave out is
written by hand in replace-on-change.ts. Run in the project after `npm ci`: ./tools/plan/tables/generate-replace-on-change.py
"""

import json
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
PACKAGE = HERE.parents[2] / "node_modules" / "@pulumi" / "aws"
TYPE = re.compile(r"__pulumiType = '([^']+)'")
ARGS = re.compile(r"^export interface (\w+)Args \{\n(.*?)^\}", re.M | re.S)
INPUT = re.compile(r"/\*\*(.*?)\*/\s*(\w+)\??:", re.S)
REPLACES = re.compile(
    r"[^.]*\b(?:forces?|trigger)\b[^.]*\b(?:new (?:resource|cluster)|recreation|re-creation|replacement|recreate)\b[^.]*", re.I
)

types = {}
for script in sorted(PACKAGE.glob("*/*.js")):
    token = TYPE.search(script.read_text())
    if token is None:
        continue
    for name, body in ARGS.findall(script.with_suffix(".d.ts").read_text()):
        if token[1].rsplit(":", 1)[1] != name:
            continue
        for comment, prop in INPUT.findall(body):
            text = " ".join(line.strip().lstrip("*").strip() for line in comment.splitlines()).strip()
            found = REPLACES.search(text)
            if found:
                types.setdefault(token[1], {})[prop] = found[0].strip()

version = json.loads((PACKAGE / "package.json").read_text())["version"]
document = {"source": "comments in the typings of @pulumi/aws " + version, "types": types}
(HERE / "replace-on-change.json").write_text(json.dumps(document, indent=4, ensure_ascii=False) + "\n")
print(sum(map(len, types.values())), "inputs of", len(types), "types")
