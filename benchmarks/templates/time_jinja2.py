"""Times Jinja2: for every line on the standard input, the name of a workload and a number of milliseconds, a line with the milliseconds of one rendering."""

import json
import sys
import time

import jinja2

with open(sys.argv[1], encoding="utf-8") as file:
    workloads = {workload["id"]: workload for workload in json.load(file)}


def prepare(workload):
    options = workload["options"]
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(workload["templates"]),
        autoescape=True,
        trim_blocks=options["trimBlocks"],
        lstrip_blocks=options["lstripBlocks"],
    )
    owner = workloads[workload.get("contextOf", workload["id"])]
    return environment.get_template(workload["main"]), owner["context"]


templates = {id: prepare(workload) for id, workload in workloads.items()}
print(jinja2.__version__, flush=True)
for line in sys.stdin:
    id, milliseconds = line.split()
    template, context = templates[id]
    start = time.perf_counter()
    end = start + int(milliseconds) / 1000
    count = 0
    while True:
        template.render(context)
        count += 1
        now = time.perf_counter()
        if now >= end:
            break
    print((now - start) / count * 1000, flush=True)
