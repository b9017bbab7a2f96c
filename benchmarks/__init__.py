"""How fast the site is, beside what the same server does at
best: python3 -m benchmarks (docs/performance.md).
"""
