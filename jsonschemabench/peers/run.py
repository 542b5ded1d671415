#!/usr/bin/env python3
"""Runs another constrained decoding engine through MaskBench's protocol; see README.md beside this file."""

import sys

from peerbench.cli import main

if __name__ == "__main__":
    sys.exit(main())
