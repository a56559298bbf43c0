"""Golden files: what PyTorch computes, for tests that run without it.

    /usr/bin/python3 tools/golden/make.py            writes the files anew
    /usr/bin/python3 tools/golden/make.py --check    compares them with what this torch computes, and exits with 1 where they differ
"""

import argparse
import os
import sys

import torch

import activations
import check
import conv
import dropout
import initializers
import linear
import losses
import networks
import norm
import optimizers
import pooling
import safetensors
import schedules

TOPICS = [conv, linear, pooling, norm, activations, losses, dropout, initializers, schedules, optimizers, networks]
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tests", "FastConv.Tests", "Golden", "Files")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    parser.add_argument("--folder", default=os.path.normpath(FOLDER), help="where the files are")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    os.makedirs(arguments.folder, exist_ok=True)
    differences = 0
    for module in TOPICS:
        topic = module.make()
        path = os.path.join(arguments.folder, f"{topic.name}.safetensors")
        if arguments.check:
            differences += check.compare(path, topic)
        else:
            safetensors.write(path, topic.tensors, topic.metadata)
            print(f"{path}: {len(topic.tensors)} tensors, {os.path.getsize(path)} bytes")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
