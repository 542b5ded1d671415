"""The protocol of `bench maskbench` and `bench hard` for engines with a Python interface."""
