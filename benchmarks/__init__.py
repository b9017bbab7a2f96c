"""Benchmarks of the site beside a constant response: python3 -m
benchmarks (docs/performance.md).
"""
